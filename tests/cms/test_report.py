"""Reporting an error: it reaches the editors, and nothing that was typed is lost."""

import pytest
from django.test import Client

from articles.models import ErrorReport
from cms.forms import LONGEST_TEXT

pytestmark = pytest.mark.django_db

SENT = {"path": "/articles/ships/", "text": "It was Monday.", "email": "reader@example.org"}


def test_a_report_reaches_the_editors(client: Client) -> None:
    response = client.post("/report/", SENT, follow=True)
    assert "Thank you" in response.content.decode()
    report = ErrorReport.objects.get()
    assert (report.path, report.text, report.email) == tuple(SENT.values())


def test_the_address_of_the_page_is_filled_in(client: Client) -> None:
    assert 'value="/articles/ships/"' in client.get("/report/?path=/articles/ships/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "   "},
        {"path": ""},
        {"email": "nobody"},
        {"text": "x" * (LONGEST_TEXT + 1)},
        {"path": "/" * 501},
        {"text": "a\x00b"},
    ],
)
def test_what_was_typed_is_kept_when_something_is_wrong(client: Client, wrong: dict[str, str]) -> None:
    response = client.post("/report/", SENT | wrong)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == wrong.keys()
    assert not ErrorReport.objects.exists()
    text = response.content.decode()
    for value in (SENT | wrong).values():
        assert value.strip()[:200].replace("\x00", "\x00") in text


def test_a_programme_that_fills_in_the_trap_is_thanked_and_ignored(client: Client) -> None:
    response = client.post("/report/", SENT | {"website": "https://spam.example/"}, follow=True)
    assert "Thank you" in response.content.decode()
    assert not ErrorReport.objects.exists()


def test_a_report_needs_the_token_of_its_form() -> None:
    assert Client(enforce_csrf_checks=True).post("/report/", SENT).status_code == 403


def test_markup_in_a_report_stays_words(client: Client) -> None:
    text = client.get("/report/", {"path": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in text
