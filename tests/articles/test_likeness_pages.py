"""The desk's pages on reprints and on names that nobody bears."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actors.models import Actor, ActorName
from articles.actions import find_reprints, note_unknown_names, pass_name, settle_reprint
from articles.models import Article, Mention, PassedName, Reprint, UnknownName
from articles.name_list import ORDER, similar_to, unknown
from tests.articles.test_reprints import ITEM
from tests.factories import days_ago, make_actor, make_article
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db
REPRINTS, NAMES = "admin:desk_reprints", "admin:desk_names"


@pytest.fixture
def editor() -> Any:
    return make_staff("editor")


@pytest.fixture
def desk(editor: Any) -> Client:
    return signed_in(editor)


def shown(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# Reprints


@pytest.fixture
def pair() -> Reprint:
    for name, days in (("Item", 2), ("Copy", 1)):
        find_reprints(make_article(name, *ITEM[: 4 + days], published=days_ago(days)))
    return Reprint.objects.get()


def settle(desk: Client, pair: Reprint, **sent: str) -> Any:
    return desk.post(
        reverse("admin:desk_reprint_settle", args=[pair.pk]), {"seen": "proposed"} | sent, follow=True
    )


def test_pairs_wait_on_the_desk(desk: Client, pair: Reprint) -> None:
    assert "1 pair proposed." in shown(desk.get(reverse(REPRINTS)))
    works = {work.title: work.count for work in desk.get(reverse("admin:desk")).context["lists"]}
    assert works["Reprints"] == 1


def test_a_pair_stands_side_by_side_with_what_differs(desk: Client, pair: Reprint) -> None:
    page = shown(desk.get(reverse("admin:desk_reprint", args=[pair.pk])))
    assert "5 paragraphs the same" in page
    assert f'<del><span class="visually-hidden" lang="en">[removed: </span>{ITEM[5]}' in page


def test_the_same_words_are_shown_once(desk: Client) -> None:
    for name in ("Item", "Copy"):
        find_reprints(make_article(name, *ITEM))
    page = shown(desk.get(reverse("admin:desk_reprint", args=[Reprint.objects.get().pk])))
    assert "The two texts are the same, word by word" in page


def test_confirming_leads_to_the_next_pair(desk: Client, pair: Reprint) -> None:
    find_reprints(make_article("Another copy", *ITEM))
    other = Reprint.objects.exclude(pk=pair.pk).get()
    answer = settle(desk, pair, state="confirmed")
    assert answer.redirect_chain == [(reverse("admin:desk_reprint", args=[other.pk]), 302)]
    assert "“Copy” is a reprint." in shown(answer)
    assert "Nothing" not in shown(settle(desk, other, state="refused"))
    assert [row.state for row in Reprint.objects.order_by("pk")] == ["confirmed", "refused"]


def test_the_two_change_places(desk: Client, pair: Reprint) -> None:
    assert "The two changed places." in shown(settle(desk, pair, swap="1"))
    pair.refresh_from_db()
    assert pair.article.slug == "item"


def test_who_comes_second_is_told(desk: Client, pair: Reprint, editor: Any) -> None:
    settle_reprint(pair, editor, "refused")
    answer = settle(desk, pair, state="confirmed")
    assert [str(each) for each in answer.context["messages"]] == [
        "editor settled this pair meanwhile: it is refused."
    ]
    assert "Say whether it is a reprint" in shown(settle(desk, pair, state="perhaps", seen="refused"))


def test_settled_pairs_stay_to_be_seen(desk: Client, pair: Reprint) -> None:
    settle_reprint(pair, None, "confirmed")
    assert "confirmed by the operator" in shown(desk.get(reverse(REPRINTS), {"state": "confirmed"}))
    assert "No text seems" in shown(desk.get(reverse(REPRINTS), {"state": "nonsense"}))


def test_the_desk_is_not_for_reporters(pair: Reprint) -> None:
    reporter = signed_in(make_staff("reporter"))
    for address in (reverse(REPRINTS), reverse(NAMES), reverse("admin:desk_reprint", args=[pair.pk])):
        assert reporter.get(address).status_code == 403
    assert settle(reporter, pair, state="confirmed").status_code == 403
    pair.refresh_from_db()
    assert pair.state == "proposed"


# Names


def write(headline: str, *paragraphs: str, **content: Any) -> Article:
    article = make_article(headline, *paragraphs, **content)
    note_unknown_names(article)
    return article


@pytest.fixture
def texts() -> list[Article]:
    return [
        write(
            "One",
            "It was said by Clara Moor in the harbour.",
            "Then Clara Moor left for Nordland with Max Stern.",
        ),
        write("Two", "The envoy Clara Moor was there."),
    ]


def settle_name(desk: Client, text: str, **sent: str) -> Any:
    return desk.post(reverse("admin:desk_name_settle"), {"text": text} | sent, follow=True)


def names() -> list[tuple[str, int]]:
    found: Any = unknown()
    return [(row.text, row.articles) for row in found.order_by(*ORDER)]


def test_names_are_counted_over_articles(desk: Client, texts: list[Article]) -> None:
    assert names() == [("Clara Moor", 2), ("Max Stern", 1), ("Nordland", 1)]
    page = shown(desk.get(reverse(NAMES)))
    assert "3 names in the newest texts" in page
    assert "It was said by <mark>Clara Moor</mark> in the harbour." in page
    assert "1 name with “stern”" in shown(desk.get(reverse(NAMES), {"q": "stern"}))


def test_what_reads_as_a_place_stands_apart_with_its_count(desk: Client, texts: list[Article]) -> None:
    write(
        "Three", "The ships lay in Nordland.", "Of all who were in Nordland that day, nobody saw Max Stern."
    )
    page = desk.get(reverse(NAMES))
    assert [row["name"].text for row in page.context["rows"]] == ["Clara Moor", "Max Stern"]
    assert 'Read as places <span class="count">1</span>' in shown(page)
    places = desk.get(reverse(NAMES), {"kind": "places"})
    assert [row["name"].text for row in places.context["rows"]] == ["Nordland"]
    assert "in 2 articles, 3 times" in shown(places)
    answer = settle_name(desk, "Nordland", **{"pass": "1", "here": "kind=places"})
    assert answer.redirect_chain == [(f"{reverse(NAMES)}?kind=places", 302)]


def test_of_names_in_as_many_articles_the_one_that_is_named_most_often_comes_first(
    desk: Client, texts: list[Article]
) -> None:
    write("Three", "They met Boris Klint. Then Boris Klint left with Boris Klint’s ship.")
    assert [text for text, _ in names()] == ["Clara Moor", "Boris Klint", "Max Stern", "Nordland"]


def test_a_name_of_an_actor_links_the_texts(desk: Client, texts: list[Article]) -> None:
    actor = make_actor("Klara Moor")
    assert similar_to(["Clara Moor"])["Clara Moor"][0].actor == actor
    page = shown(settle_name(desk, "Clara Moor", actor="klara-moor", here="q=a&after=", next="7"))
    assert "“Clara Moor” is a name of Klara Moor. Names were looked for again in 2 texts." in page
    assert ActorName.objects.get(text="Clara Moor").kind == "spelling"
    assert Mention.objects.filter(actor=actor).count() == 3
    assert names() == [("Max Stern", 1), ("Nordland", 1)]


def test_the_list_comes_back_where_it_was(desk: Client, texts: list[Article]) -> None:
    answer = settle_name(desk, "Nordland", **{"pass": "1", "here": "q=o&evil=1", "next": "12"})
    assert answer.redirect_chain == [(f"{reverse(NAMES)}?q=o#name-12", 302)]


def test_a_name_for_any_actor_is_asked_for(desk: Client, texts: list[Article]) -> None:
    actor = make_actor("Miss C.", public=False)
    address = f"{reverse('admin:desk_name_give')}?text=Clara+Moor"
    assert "Whose name is “Clara Moor”?" in shown(desk.get(address))
    sent = {"actor": actor.pk, "kind": "former", "language": "en"}
    assert "is a name of Miss C." in shown(desk.post(address, sent, follow=True))
    assert actor.names.get(text="Clara Moor").kind == "former"
    assert "No text has this name any more" in shown(
        desk.get(f"{reverse('admin:desk_name_give')}?text=X", follow=True)
    )


def test_a_new_actor_is_filled_in_and_takes_the_name_off_the_list(desk: Client, texts: list[Article]) -> None:
    form = desk.get(f"{reverse('admin:actors_actor_add')}?name=Clara+Moor&slug=clara-moor&kind=person")
    assert form.context["adminform"].form["name"].value() == "Clara Moor"
    assert "?name=Clara+Moor&amp;slug=clara-moor&amp;kind=person" in desk.get(reverse(NAMES)).content.decode()
    make_actor("clara moor")
    assert ("Clara Moor", 2) not in names(), "a name that became known is gone at once, whatever its case"


def test_a_name_that_was_passed_over_is_gone_from_all_texts(desk: Client, texts: list[Article]) -> None:
    assert "“Nordland” is passed over." in shown(
        settle_name(desk, "Nordland", **{"pass": "1", "reason": " a place "})
    )
    write("Three", "They went to Nordland.")
    assert "Nordland" not in dict(names())
    assert PassedName.objects.get().reason == "a place"
    assert "Nordland</strong>: a place" in shown(desk.get(reverse("admin:desk_passed_names")))
    answer = desk.post(reverse("admin:desk_name_take_up"), {"text": "Nordland"}, follow=True)
    assert "waits again" in shown(answer)
    assert dict(names())["Nordland"] == 2


def test_what_makes_no_sense_is_told(desk: Client, texts: list[Article]) -> None:
    assert "Choose whose name it is" in shown(settle_name(desk, "Nordland"))
    assert "deleted or merged meanwhile" in shown(settle_name(desk, "Nordland", actor="nobody"))
    assert "This field cannot be blank" in shown(settle_name(desk, "", **{"pass": "1"}))
    assert PassedName.objects.count() == 0


def test_reviewers_pass_over_and_name_nobody(texts: list[Article]) -> None:
    actor, reviewer = make_actor("Klara Moor"), signed_in(make_staff("reviewer"))
    page = reviewer.get(reverse(NAMES)).content.decode()
    assert "Pass over" in page
    assert "Another actor" not in page
    assert settle_name(reviewer, "Clara Moor", actor=actor.slug).status_code == 403
    assert not actor.names.filter(text="Clara Moor").exists()


def test_a_new_text_takes_the_place_of_the_old(texts: list[Article]) -> None:
    from articles.actions import Content, save_revision

    save_revision(texts[1], Content(headline="Two", body="<p>The envoy Boris Klint was there.</p>"), None)
    note_unknown_names(texts[1])
    assert dict(names()) == {"Clara Moor": 1, "Boris Klint": 1, "Max Stern": 1, "Nordland": 1}


def test_an_actor_who_was_merged_is_not_offered(texts: list[Article]) -> None:
    kept, gone = make_actor("Clara Moore"), make_actor("Klara Moor")
    Actor.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert [each.actor for each in similar_to(["Clara Moor"])["Clara Moor"]] == [kept]


def test_thousands_of_names_are_listed_in_pages(desk: Client, django_assert_max_num_queries: Any) -> None:
    article = make_article("Long")
    UnknownName.objects.bulk_create(
        UnknownName(article=article, text=f"Name {number}", start=0, sentence=f"Name {number}.")
        for number in range(5000)
    )
    with django_assert_max_num_queries(25):
        page = desk.get(reverse(NAMES))
    assert (len(page.context["rows"]), page.context["count"]) == (20, 5000)
    following = desk.get(reverse(NAMES), {"after": page.context["page"].after})
    shown_names = {row["name"].text for answer in (page, following) for row in answer.context["rows"]}
    assert len(shown_names) == 40
    assert pass_name("Name 0", None).text == "Name 0"
    assert desk.get(reverse(NAMES)).context["count"] == 4999
