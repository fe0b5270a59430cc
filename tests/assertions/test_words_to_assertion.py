"""From words of a text to a new assertion: the reading page, and the form that begins with them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actors.models import Actor
from articles.dating import date_of
from articles.models import Article
from assertions.drafting.beginning import nearest_speaker
from assertions.models import Assertion
from tests.factories import make_actor, make_article, make_assertion, make_prepared
from tests.staff import make_staff, sent, signed_in

TEXT = "“No ship has left the harbour,” Ada Vale said. Boris Klint, who was in Ostria, heard it."
ADD = "admin:assertions_assertion_add"


@pytest.fixture
def article(db: None, ada: Actor, boris: Actor) -> Article:
    return make_article("Ships", "Boris Klint came.", TEXT, "It was quiet there.", dated="2024-10-21")


@pytest.fixture
def client(db: None) -> Client:
    return signed_in(make_staff("reviewer"))


def begun(client: Client, article: Article, exact: str, **more: str) -> Any:
    revision = article.revisions.latest("number")
    return client.get(reverse(ADD), {"revision": str(revision.pk), "exact": exact, **more})


def save(client: Client, page: Any, **changes: Any) -> Any:
    address = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
    return client.post(address, sent(page, **changes))


def rows(page: Any, field: str) -> list[dict[str, Any]]:
    sets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    formset = next(each for each in sets if field in each.form.base_fields)
    return [form.initial for form in formset.extra_forms]


def test_the_form_begins_with_the_passage_the_nearest_speaker_and_the_day(
    client: Client, article: Article, ada: Actor
) -> None:
    page = begun(client, article, "No ship has left the harbour")
    (passage,), (speaker,) = rows(page, "exact"), rows(page, "office")
    assert passage["exact"] == "No ship has left the harbour"
    assert speaker["actor"] == ada.pk
    assert page.context["adminform"].form["said"].value() == "2024-10-21"


def test_what_was_proposed_is_saved_as_it_stands(client: Client, article: Article, ada: Actor) -> None:
    page = begun(client, article, "No ship has left the harbour")
    answer = client.post(
        page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], sent(page, claim="A ship left.")
    )
    assert answer.status_code == 302, answer.content
    made = Assertion.objects.get(claim="A ship left.")
    assert made.evidence.get().exact == "No ship has left the harbour"
    assert [speaker.actor for speaker in made.speakers.all()] == [ada]


def test_words_that_recur_keep_what_stands_around_them(client: Client, db: None) -> None:
    twice = make_article("Twice", "She denied it. Later she denied it again.")
    (passage,) = rows(begun(client, twice, "denied it", prefix="Later she ", suffix=" again"), "exact")
    assert (passage["prefix"], passage["suffix"]) == ("Later she ", " again")
    (plain,) = rows(begun(client, twice, "denied it"), "exact")
    assert plain.keys() == {"revision", "exact"}


def test_words_of_two_paragraphs_are_found_as_a_browser_sends_them(client: Client, article: Article) -> None:
    page = begun(client, article, "heard it.\r\n\r\nIt was quiet", prefix="Ostria, ", suffix=" there.")
    (passage,) = rows(page, "exact")
    assert passage["exact"] == "heard it.\n\nIt was quiet"
    assert [row["actor"] for row in rows(page, "office")] == [Actor.objects.get(slug="boris-klint").pk]


def test_words_that_are_not_in_the_text_come_back_with_the_reason(client: Client, article: Article) -> None:
    page = begun(client, article, "No sheep has left")
    answer = client.post(
        page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], sent(page, claim="A sheep left.")
    )
    assert "is not in the text" in answer.content.decode()
    assert "No sheep has left</textarea>" in answer.content.decode()


@pytest.mark.parametrize("revision", ["", "0", "x", "9" * 30])
def test_a_revision_that_is_none_begins_an_empty_form(
    client: Client, article: Article, revision: str
) -> None:
    assert client.get(reverse(ADD), {"revision": revision, "exact": "No ship"}).status_code == 200


def test_the_speaker_is_a_person_of_the_paragraph_before_any_other(
    article: Article, ada: Actor, boris: Actor
) -> None:
    revision = article.revisions.get()
    text = revision.text
    at = text.index("heard it")
    assert nearest_speaker(revision, at, at + 5) == boris
    at = text.index("It was quiet")
    assert nearest_speaker(revision, at, at + 5) == boris
    assert nearest_speaker(revision, 0, len(text)) is None


def test_a_text_without_a_date_was_said_on_its_first_public_day(db: None) -> None:
    article = make_article("Undated")
    assert article.published_at is not None
    revision = article.revisions.select_related("article").get()
    assert date_of(revision) == article.published_at.date().isoformat()


# The page


def test_names_and_assertions_are_marked_in_a_revision(client: Client, article: Article, ada: Actor) -> None:
    claim = make_prepared("A ship left.", ada, act="denies", article=article, exact="No ship has left")
    page = client.get(reverse("admin:desk_article", args=[article.slug]))
    text = page.content.decode()
    assert '<span class="other">No ship has left</span>' in text
    assert '<span class="mention">Ada Vale</span>' in text
    assert reverse("admin:desk_decide", args=[claim.identifier]) in text


def test_a_long_text_is_read_in_parts_that_leave_nothing_out(client: Client, db: None) -> None:
    long = make_article("Long", *(f"Paragraph {number}. " + "Quiet. " * 150 for number in range(120)))
    address, seen = reverse("admin:desk_article", args=[long.slug]), ""
    while address:
        page = client.get(address)
        assert len(page.content) < 200_000
        seen += (
            "\n\n".join("".join(piece.text for piece in each.pieces) for each in page.context["paragraphs"])
            + "\n\n"
        )
        address = page.context["after"]
    assert seen.strip() == long.revisions.get().text


def test_the_page_is_for_those_who_may_see_the_article(client: Client, article: Article) -> None:
    draft = make_article("A draft", public=False)
    address = reverse("admin:desk_article", args=[draft.slug])
    assert client.get(address).status_code == 200
    assert signed_in(make_staff("reporter")).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert client.get(reverse("admin:desk_article", args=["no-such"])).status_code == 404
    assert client.get(address, {"revision": "7"}).status_code == 404
    assert client.get(address, {"revision": "x", "at": "99999999999"}).status_code == 200


def test_the_form_of_the_article_leads_there(article: Article) -> None:
    editor = signed_in(make_staff("editor"))
    page = editor.get(reverse("admin:articles_article_change", args=[article.pk]))
    assert reverse("admin:desk_article", args=[article.slug]) in page.content.decode()


def test_an_actor_that_is_no_person_is_better_than_none(db: None) -> None:
    make_actor("Northern Wire", "media")
    article = make_article("Wire", "No ship has left, the Northern Wire reports.")
    found = nearest_speaker(article.revisions.get(), 0, 16)
    assert found is not None and found.slug == "northern-wire"
    make_assertion("A ship left.", article=article, exact="No ship has left")
