"""Beside an article's form: what the rules found in it, as it comes, and whether the text is still to be read."""

from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article
from assertions import actions
from assertions.models import Assertion
from tests.assertions.worker import work
from tests.factories import accept, make_actor, make_article
from tests.staff import make_staff, signed_in


def beside(article: Article, group: str = "editor") -> Any:
    """Return what the script beside the form is told."""
    client = signed_in(make_staff(group))
    return client.get(reverse("admin:articles_article_suggestions", args=[article.pk]))


@pytest.mark.django_db(transaction=True)
def test_it_is_told_while_the_text_is_read_and_what_was_found_then() -> None:
    make_actor("Ada Vale")
    article = make_article("Ships", "Ada Vale said that ships had left.")
    editor = signed_in(make_staff("reviewer"))
    address = reverse("admin:articles_article_suggestions", args=[article.pk])
    before = editor.get(address).json()
    assert (before["reading"], before["told"], before["suggestions"]) == (True, "Reading the text …", [])
    work()
    after = editor.get(address).json()
    (found,) = after["suggestions"]
    assert (after["reading"], after["told"], after["more"]) == (False, "1 suggestion to decide.", 0)
    assert (found["claim"], found["who"], found["act"]) == ("Ships had left.", "Ada Vale", "states")
    assert found["address"] == f"/admin/desk/assertions/{Assertion.objects.get().identifier}/"


@pytest.mark.django_db
def test_the_page_shows_them_without_a_script_apart_from_what_is_decided() -> None:
    make_actor("Ada Vale")
    article = make_article(
        "Ships", "Ada Vale said that ships had left. Ada Vale denied that the ships were empty."
    )
    actions.store_suggestions(article.pk)
    decided = Assertion.objects.get(act="denies")
    accept(decided)
    page = signed_in(make_staff("editor")).get(reverse("admin:articles_article_change", args=[article.pk]))
    suggestions, _, asserted = page.content.decode().partition("Assertions on it")
    assert "Ships had left." in suggestions
    assert "Ships had left." not in asserted
    assert decided.claim in asserted


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["reporter", "editor"])
def test_who_does_not_decide_is_led_to_the_assertion(group: str) -> None:
    make_actor("Ada Vale")
    article = make_article("Ships", "Ada Vale said that ships had left.")
    actions.store_suggestions(article.pk)
    (found,) = beside(article, group).json()["suggestions"]
    assert found["address"] == reverse("admin:assertions_assertion_change", args=[Assertion.objects.get().pk])


@pytest.mark.django_db
def test_a_draft_of_somebody_else_tells_a_writer_nothing() -> None:
    assert beside(make_article("Ships", "Words.", public=False), "reporter").status_code == 404


@pytest.mark.django_db
def test_it_is_only_asked() -> None:
    client = signed_in(make_staff("editor"))
    address = reverse("admin:articles_article_suggestions", args=[make_article("Ships").pk])
    assert client.post(address).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_it_is_told_that_a_text_has_more_statements_than_are_suggested(settings: Any) -> None:
    settings.SUGGESTIONS_PER_ARTICLE = 1
    make_actor("Ada Vale")
    article = make_article(
        "Ships", "Ada Vale said that ships had left. Ada Vale denied that the ships were empty."
    )
    work()
    told = "The first 1 of 2 statements in this text are suggested."
    assert beside(article).json()["told"] == f"1 suggestion to decide. {told}"
    accept(Assertion.objects.get())
    assert beside(article, "admin").json()["told"] == f"Nothing waits to be decided. {told}"
