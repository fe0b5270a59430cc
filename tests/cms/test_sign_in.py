"""Guessing of passwords is slowed down."""

from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client

from cms.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _throttled(settings: Any) -> None:
    settings.AXES_ENABLED = True


def sign_in(client: Client, password: str, address: str = "192.0.2.1") -> int:
    """The status of the answer: 302 for a success, 200 for a refusal, 429 for a closed account."""
    form = {"username": "ann", "password": password, "next": "/admin/"}
    return client.post("/admin/login/", form, REMOTE_ADDR=address).status_code


def test_after_ten_wrong_passwords_an_address_waits_even_with_the_right_one(client: Client) -> None:
    User.objects.create_user("ann", password="right", is_staff=True)
    answers = [sign_in(client, "wrong") for _ in range(site.AXES_FAILURE_LIMIT)]
    assert set(answers[:-1]) == {200}
    assert sign_in(client, "right") == 429
    assert sign_in(client, "right", address="192.0.2.2") == 302


def test_a_success_forgives_the_errors_before_it(client: Client) -> None:
    User.objects.create_user("ann", password="right", is_staff=True)
    for _ in range(2):
        for _ in range(site.AXES_FAILURE_LIMIT - 1):
            assert sign_in(client, "wrong") == 200
        assert sign_in(client, "right") == 302
