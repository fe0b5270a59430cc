"""A number that comes from an address or a form is bounded: none of them breaks a page."""

import pytest
from django.db import transaction
from django.forms import formsets
from django.urls import reverse

from cms.numbers import number_of
from tests.factories import make_actor, make_article
from tests.staff import make_staff, sent, signed_in

NUMBERS = ["9" * 5000, "99999999999", "²", "٣", "-1", "1e3", ""]


@pytest.fixture
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Django make and show at most forty of the rows that a form names, not two thousand."""
    monkeypatch.setattr(formsets, "DEFAULT_MAX_NUM", 20)


@pytest.mark.parametrize("words", [*NUMBERS, None, " 7", "7\n"])
def test_what_is_no_number_of_at_most_nine_digits_is_none(words: str | None) -> None:
    assert number_of(words) == 0


def test_a_number_is_read() -> None:
    assert [number_of(words) for words in ("0", "7", "007", "999999999")] == [0, 7, 7, 999_999_999]


@pytest.mark.django_db
@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_in_an_address_breaks_a_page(number: str, few_rows: None) -> None:
    article = make_article("The bridge is closed")
    client = signed_in(make_staff("admin"))
    change = reverse("admin:articles_article_change", args=[article.pk])
    pages = {
        reverse("admin:articles_article_compare", args=[article.pk]): ("from", "to"),
        reverse("admin:articles_article_publish", args=[article.pk]): ("revision",),
        reverse("admin:articles_article_restore", args=[article.pk]): ("revision",),
        reverse("admin:articles_topic_merge"): ("ids",),
        reverse("admin:actors_actor_withdraw"): ("ids",),
        reverse("admin:desk_anchors"): ("anchor",),
        reverse("admin:assertions_assertion_add"): ("revision", "article"),
        reverse("admin:articles_correction_add"): ("article",),
    }
    for address, names in pages.items():
        for name in names:
            assert client.get(address, {name: number}).status_code in (200, 302, 404), (address, name)
    assert client.get("/admin/articles/article/", {"topic": number}).status_code in (200, 302)
    data = sent(client.get(change), headline="Mine")
    for name in ("base", "images-TOTAL_FORMS", "sources-TOTAL_FORMS", "_take", "_drop"):
        with transaction.atomic():
            assert client.post(change, data | {name: number}).status_code in (200, 302, 400, 409), name
            transaction.set_rollback(True)  # so that the form is the newest each time


@pytest.mark.django_db
def test_a_set_that_names_a_billion_rows_is_not_counted_through(few_rows: None) -> None:
    actor = make_actor("Ada Vale", names=[{"text": "A. Vale"}])
    client = signed_in(make_staff("admin"))
    change = reverse("admin:actors_actor_change", args=[actor.pk])
    page = client.get(change)
    actor.names.update(note="Theirs.")
    data = sent(page, opened_after=page.context["opened_after"], note="Mine.")
    assert client.post(change, data | {"names-TOTAL_FORMS": "999999999"}).status_code in (200, 409)
