"""What is shown in trouble under the admin's addresses: the admin's dress for staff, the public one for others."""

from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

QUEUE = "/admin/desk/queue/"


def told(response: Any, status: int) -> str:
    """Return the words of a page in the admin's dress."""
    assert response.status_code == status
    text = " ".join(response.content.decode().split())
    assert 'id="user-tools"' in text and 'aria-label="Newsroom"' in text
    return text


def test_a_page_of_a_list_that_does_not_exist_leads_to_its_first_with_the_filters_kept() -> None:
    text = told(signed_in(make_staff("reviewer")).get(QUEUE, {"act": "denies", "after": "nonsense"}), 404)
    assert f'href="{QUEUE}?act=denies"' in text and "The first page of this list" in text


@pytest.mark.parametrize(
    "address",
    [
        "/admin/desk/assertions/none/",
        "/admin/desk/questions/none/",
        "/admin/nothing/",
        "/admin/desk/reprints/99/",
    ],
)
def test_what_is_not_there_is_told_in_the_dress_of_the_admin(address: str) -> None:
    assert "There is nothing at this address" in told(signed_in(make_staff("admin")).get(address), 404)


def test_what_is_not_for_an_account_is_told_in_the_dress_of_the_admin() -> None:
    assert "This is not for your account" in told(signed_in(make_staff("reporter")).get(QUEUE), 403)


def test_a_form_of_another_session_is_told_to_be_out_of_date() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_staff("reviewer"))
    text = told(client.post("/admin/desk/undo/", {"reason": "Too early."}), 403)
    assert "This form is out of date" in text and "Your browser still has what you typed" in text


def test_too_much_at_once_is_told_in_the_dress_of_the_admin() -> None:
    client = signed_in(make_staff("reviewer"))
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=3):
        answer = client.post("/admin/desk/queue/decide/", {f"row-{number}": "1" for number in range(9)})
    assert "The form holds more than" in told(answer, 413)


def test_readers_and_strangers_get_the_public_pages(client: Client) -> None:
    staff = signed_in(make_staff("reviewer"))
    assert "user-tools" not in staff.get("/articles/nothing/").content.decode()
    assert client.get("/admin/nothing/").status_code == 302


def test_a_host_that_is_not_ours_is_refused_before_anybody_is_known() -> None:
    answer = signed_in(make_staff("reviewer")).get(
        reverse("admin:desk"), headers={"host": "elsewhere.example"}
    )
    assert answer.status_code == 400
    assert "user-tools" not in answer.content.decode()
