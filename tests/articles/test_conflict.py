"""A save on top of a newer revision: 409, a three-way view, and no word lost."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from articles.actions import Content, StaleRevision, content_of, save_revision
from articles.models import Article, Image, Revision, WorkingCopy
from articles.working_copies import typed_in
from cms.models import User
from tests.factories import make_article, make_topic
from tests.staff import errors, make_staff, sent, signed_in
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def colleague() -> User:
    return make_staff("editor", "boris")


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def latest(article: Article) -> Revision:
    return article.revisions.latest("number")


def parts(response: Any) -> dict[str, Any]:
    return {part.name: part for part in response.context["conflict"]}


def test_the_form_holds_the_merge_where_nothing_overlaps(editor: User, colleague: User) -> None:
    article = make_article("The bridge is closed", "One day.", "Ostria was silent.", public=False)
    client = signed_in(editor)
    data = sent(
        client.get(change(article)),
        headline="The bridge is closed today",
        body="<p>One day.</p><p>Ostria and Vesta were silent.</p>",
    )
    save_revision(
        article, Content(headline="The old bridge is closed", body="<p>Two days.</p><p>Ostria was silent.</p>"),
        colleague, base=1,
    )  # fmt: skip
    response = client.post(change(article), data)
    form = response.context["adminform"].form
    assert response.status_code == 409
    assert form["headline"].value() == "The old bridge is closed today"
    assert form["body"].value() == "<p>Two days.</p><p>Ostria and Vesta were silent.</p>"
    assert form["base"].value() == "2"
    assert not response.context["overlapping"]
    assert client.post(change(article), sent(response)).status_code == 302
    assert latest(article).number == 3
    assert latest(article).text == "Two days.\n\nOstria and Vesta were silent."


def test_where_both_changed_the_same_words_the_form_has_mine_and_says_so(
    editor: User, colleague: User
) -> None:
    article = make_article("Closed", "Ostria was silent.", public=False)
    client = signed_in(editor)
    data = sent(client.get(change(article)), body="<p>Ostria was loud.</p>")
    save_revision(article, Content(headline="Closed", body="<p>Ostria was angry.</p>"), colleague, base=1)
    response = client.post(change(article), data)
    text = response.content.decode()
    assert "boris saved revision 2" in errors(response)
    assert response.context["adminform"].form["body"].value() == "<p>Ostria was loud.</p>"
    assert [(o.base, o.theirs, o.mine) for o in parts(response)["body"].overlaps] == [
        ("silent.", "angry.", "loud.")
    ]
    assert "it has yours" in text
    for came in ("angry", "loud"):  # told in words too, not by the style alone
        assert re.search(rf"<ins><span [^>]*>\[added: </span>{came}<", text)


def test_each_part_is_there_three_times_for_the_buttons(editor: User, colleague: User) -> None:
    trade, talks = make_topic("Trade"), make_topic("Talks")
    article = make_article("Closed", "One.", byline="A. Vale", public=False)
    client = signed_in(editor)
    data = sent(client.get(change(article)), byline="Ada Vale", topics=[trade.pk])
    save_revision(
        article, Content(headline="Closed", body="<p>One.</p>", byline="A. V.", dated="2024", topics=[talks]),
        colleague, base=1,
    )  # fmt: skip
    values = signed_in(editor).post(change(article), data).context["conflict_values"]
    assert values["byline"]["theirs"] == "A. V."
    assert values["byline"]["mine"] == values["byline"]["merge"] == "Ada Vale"
    assert values["dated"] == {"theirs": "2024", "mine": "", "merge": "2024"}
    assert values["topics"]["theirs"] == [[str(talks.pk), "Talks"]]
    assert sorted(label for _, label in values["topics"]["merge"]) == ["Talks", "Trade"]
    assert set(values) == {"byline", "dated", "topics"}


def test_topics_and_images_of_both_are_in_the_merge(editor: User, colleague: User) -> None:
    trade, talks = make_topic("Trade"), make_topic("Talks")
    first, second = (
        Image.objects.create(file=f"{name}.png", width=1, height=1, alt=name, credit="A. Writer")
        for name in ("bridge", "river")
    )
    article = make_article("Closed", "One.", topics=[trade], public=False)
    client = signed_in(editor)
    data = sent(
        client.get(change(article)),
        topics=[trade.pk, talks.pk],
        **{"images-0-image": first.pk, "images-0-caption": "The bridge.", "images-0-ORDER": 1},
    )
    save_revision(
        article,
        Content(headline="Closed", body="<p>One.</p>", images=[(second, "The river.")]),
        colleague,
        base=1,
    )
    response = client.post(change(article), data)
    assert response.status_code == 409
    assert client.post(change(article), sent(response)).status_code == 302
    content = content_of(latest(article))
    assert content.topics == [talks]
    assert sorted(caption for _, caption in content.images) == ["The bridge.", "The river."]


def test_a_second_conflict_while_the_first_is_resolved_is_one_more_merge(
    editor: User, colleague: User
) -> None:
    article = make_article("Closed", "One. Two. Three.", public=False)
    client = signed_in(editor)
    data = sent(client.get(change(article)), body="<p>One. Two. Three. Mine.</p>")
    save_revision(article, Content(headline="Closed", body="<p>1. Two. Three.</p>"), colleague, base=1)
    first = client.post(change(article), data)
    save_revision(
        article, Content(headline="Closed by night", body="<p>1. Two. Three.</p>"), colleague, base=2
    )
    second = client.post(change(article), sent(first))
    assert second.status_code == 409
    assert client.post(change(article), sent(second)).status_code == 302
    revision = latest(article)
    assert (revision.number, revision.headline, revision.text) == (
        4,
        "Closed by night",
        "1. Two. Three. Mine.",
    )


def test_what_was_sent_is_kept_as_it_was_until_the_merge_is_saved(editor: User, colleague: User) -> None:
    article = make_article("Closed", "One.", public=False)
    client = signed_in(editor)
    data = sent(client.get(change(article)), headline="Mine")
    save_revision(article, Content(headline="Theirs", body="<p>One.</p>"), colleague, base=1)
    response = client.post(change(article), data)
    copy = WorkingCopy.objects.get()
    assert (copy.user, copy.article, copy.base) == (editor, article, 1)
    assert typed_in(copy)["headline"] == ["Mine"]
    client.post(change(article), sent(response))
    assert not WorkingCopy.objects.exists()
    assert list(article.revisions.values_list("headline", flat=True)) == ["Mine", "Theirs", "Closed"]


def test_comparing_shows_the_same_before_anything_is_saved(editor: User, colleague: User) -> None:
    article = make_article("Closed", "One.", public=False)
    client = signed_in(editor)
    data = sent(client.get(change(article)), standfirst="For a day.", _compare="1")
    save_revision(article, Content(headline="Theirs", body="<p>One.</p>"), colleague, base=1)
    response = client.post(change(article), data)
    form = response.context["adminform"].form
    assert response.status_code == 409
    assert (form["headline"].value(), form["standfirst"].value()) == ("Theirs", "For a day.")
    assert article.revisions.count() == 2


def test_who_may_not_write_is_shown_nothing_of_a_conflict(editor: User, colleague: User) -> None:
    article = make_article("Closed", "One.", public=False)
    data = sent(signed_in(editor).get(change(article)), headline="X", _compare="1")
    save_revision(article, Content(headline="Theirs", body="<p>One.</p>"), colleague, base=1)
    for name in ("reporter", "reviewer"):
        response = signed_in(make_staff(name)).post(change(article), data)
        assert response.status_code in (302, 403)
        assert b"Theirs" not in response.content


def test_sources_and_the_address_changed_meanwhile_are_not_overwritten(editor: User, colleague: User) -> None:
    article = make_article(
        "Closed",
        "One.",
        public=False,
        sources=[{"publisher": "The Northern Wire"}, {"publisher": "The Gazette"}],
    )
    client, other = signed_in(editor), signed_in(colleague)
    page = client.get(change(article))
    data = sent(
        page, headline="Mine", **{"sources-1-title": "My title"}, opened_after=page.context["opened_after"]
    )
    theirs = other.get(change(article))
    changed = {"sources-0-title": "Their title", "sources-1-title": "Another title", "slug": "their-slug"}
    assert other.post(change(article), sent(theirs, **changed)).status_code == 302
    response = client.post(change(article), data)
    assert response.status_code == 409
    told = errors(response)
    assert "boris changed this" in told
    assert "“Their title”, taken over" in told
    assert "Another title”; you changed it too" in told
    assert list(article.sources.order_by("pk").values_list("title", flat=True)) == [
        "Their title",
        "Another title",
    ]
    again = sent(response, opened_after=response.context["opened_after"])
    assert client.post(change(article), again).status_code == 302
    article.refresh_from_db()
    assert article.slug == "their-slug"
    assert list(article.sources.order_by("pk").values_list("title", flat=True)) == ["Their title", "My title"]
    assert latest(article).headline == "Mine"


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_saves_at_once_each_is_a_revision_or_a_clean_conflict() -> None:
    article = make_article("Closed", "One.", public=False)
    writers = [make_staff("editor", f"editor-{number}") for number in range(8)]
    saved: list[str] = []

    def write(number: int) -> None:
        """Save until it is on top of the latest one; every other writer starts from what is old."""
        words = f"Text {number}."
        base = 1 if number % 2 else latest(article).number
        while True:
            try:
                with transaction.atomic():
                    save_revision(
                        article,
                        Content(headline="Closed", body=f"<p>{words}</p>"),
                        writers[number % 8],
                        base=base,
                    )
            except StaleRevision as stale:
                if number % 2:
                    return  # a stale save is told so, and wrote nothing
                base = stale.latest.number
            else:
                saved.append(words)
                return

    for batch in range(0, 200, 8):
        outcomes = at_once(*(lambda number=number: write(number) for number in range(batch, batch + 8)))
        assert outcomes == [None] * 8
    numbers = list(article.revisions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(saved) + 2))
    assert len(saved) >= 100
    assert set(article.revisions.exclude(number=1).values_list("text", flat=True)) == set(saved)
    assert {f"Text {number}." for number in range(0, 200, 2)} <= set(saved)


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_forms_sent_at_once_none_is_lost_and_none_fails() -> None:
    article = make_article("Closed", "One.", public=False)
    editors = [make_staff("editor", f"editor-{number}") for number in range(8)]
    clients = [signed_in(editor) for editor in editors]
    form = sent(clients[0].get(change(article))) | {"tab": ""}

    def post(number: int, base: int) -> tuple[str, int]:
        words = f"Text {number}."
        data = form | {"body": f"<p>{words}</p>", "base": base}
        return words, clients[number % 8].post(change(article), data).status_code

    answers: list[tuple[str, int]] = []
    for batch in range(0, 200, 8):
        now = latest(article).number
        # Every other form was opened before the latest save.
        bases = (max(1, now - 1), now)
        acts = [
            lambda number=number, base=bases[number % 2]: post(number, base)
            for number in range(batch, batch + 8)
        ]
        outcomes = at_once(*acts)
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
        answers += outcomes  # type: ignore[arg-type]
    assert len(answers) == 200
    assert {status for _, status in answers} == {302, 409}
    saved = {words for words, status in answers if status == 302}
    refused = {words for words, status in answers if status == 409}
    assert set(article.revisions.exclude(number=1).values_list("text", flat=True)) == saved
    assert len(saved) == article.revisions.count() - 1 >= 25
    copies = [copy.content or {} for copy in WorkingCopy.objects.filter(article=article)]
    assert {copy["body"][-1].removeprefix("<p>").removesuffix("</p>") for copy in copies} == refused


@pytest.mark.django_db(transaction=True)
def test_forms_sent_at_once_are_saved_once_and_answered_409_otherwise() -> None:
    editor = make_staff("editor")
    article = make_article("Closed", "One.", public=False)
    data = sent(signed_in(editor).get(change(article)))
    clients = [signed_in(editor) for _ in range(6)]

    def post(number: int) -> int:
        return (
            clients[number]
            .post(change(article), data | {"headline": f"Closed {number}", "tab": ""})
            .status_code
        )

    outcomes = at_once(*(lambda number=number: post(number) for number in range(6)))
    assert sorted(map(str, outcomes)) == ["302", *["409"] * 5]
    assert article.revisions.count() == 2
    # The five that were refused are kept.
    assert WorkingCopy.objects.filter(article=article, user=editor).count() == 5
