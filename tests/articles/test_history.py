"""The history of an article in the admin: what was done, what changed, going back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.actions import Content, StaleRevision, restore, save_revision
from articles.history import compared, history
from articles.models import Article, Image
from cms.models import User
from tests.factories import make_actor, make_article, make_topic
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


def page(name: str, article: Article, query: str = "") -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk]) + query


def write(article: Article, headline: str, by: User | None = None, **content: Any) -> None:
    save_revision(article, Content(headline=headline, **({"body": "<p>Words.</p>"} | content)), by)


def told(article: Article) -> list[str]:
    """Return the entries of the history, the latest first, each as one line."""
    found = []
    for entry in history(article).entries:
        words = [f"Revision {entry.revision.number}"] if entry.revision else entry.lines
        found.append(" / ".join(words))
    return found


# What was done


@pytest.mark.django_db(transaction=True)
def test_the_history_tells_revisions_steps_periods_corrections_and_addresses_in_one_line_of_time(
    editor: User,
) -> None:
    article = make_article("First", public=False)
    write(article, "Second", editor)
    actions.submit(article, editor, "Please look.", revision=2)
    actions.publish(article, editor)
    actions.correct(article, editor, kind="correction", text="It was forty.")
    actions.change_slug(article, editor, "another-address")
    actions.withdraw(article, editor, reason="It was wrong.")
    lines = "\n".join(told(article))
    for words in (
        "Revision 1",
        "Revision 2 submitted for review",
        "Revision 2 public from",
        "Correction added",
        "Address changed from first to another-address",
        "Withdrawn; its versions are closed to readers",
        "Revision 2 no longer public from",
        "Revision 2 closed to readers from",
    ):
        assert words in lines, words


@pytest.mark.django_db(transaction=True)
def test_the_history_says_who_did_it_and_what_they_wrote(editor: User) -> None:
    article = make_article("First", public=False)
    signed_in(editor).post(
        page("step", article), {"step": "submit", "revision": 1, "note": "Please look at the second line."}
    )
    signed_in(editor).post(page("publish", article), {"number": 1})
    found = history(article).entries
    step = next(entry for entry in found if entry.note == "Please look at the second line.")
    assert step.by == "editor"
    period = next(entry for entry in found if "public from" in " ".join(entry.lines))
    assert period.by == "editor"


@pytest.mark.django_db(transaction=True)
def test_a_schedule_that_is_moved_and_taken_back_is_told_each_time(editor: User) -> None:
    article = make_article("First", public=False)
    soon = timezone.now() + timedelta(days=1)
    actions.publish(article, editor, at=soon)
    actions.publish(article, editor, at=soon + timedelta(days=1))
    actions.unschedule(article, editor, article.revisions.get())
    lines = "\n".join(told(article))
    assert "Revision 1 scheduled for" in lines
    assert "instead of" in lines
    assert "Revision 1 no longer scheduled" in lines


def test_what_is_not_saved_is_not_in_the_history(editor: User) -> None:
    article = make_article("First", public=False)
    before = told(article)
    actions.keep_copy(editor, article, tab=actions.new_tab(), base=1, content={"headline": ["Unsaved"]})
    assert told(article) == before


def test_a_long_history_is_paged_with_a_number_of_queries_that_does_not_grow(editor: User) -> None:
    article = make_article("First", public=False)
    for number in range(2, 120):
        write(article, f"Headline {number}")
    client = signed_in(editor)
    with CaptureQueriesContext(
        connection,
    ) as first:
        response = client.get(page("history", article))
    assert [entry.revision.number for entry in response.context["entries"] if entry.revision][:2] == [
        119,
        118,
    ]
    small = make_article("Small", public=False)
    with CaptureQueriesContext(connection) as few:
        client.get(page("history", small))
    assert len(first) <= len(few) + 2
    numbers = [
        entry.revision.number
        for part in (1, 2, 3)
        for entry in client.get(page("history", article, f"?p={part}")).context["entries"]
        if entry.revision
    ]
    assert numbers == list(range(119, 0, -1))


@pytest.mark.django_db(transaction=True)
def test_each_event_stands_on_one_page_of_the_history_only(editor: User) -> None:
    article = make_article("First", public=False)
    for number in range(2, 60):
        write(article, f"Headline {number}")
        if number % 10 == 0:
            actions.publish(article, editor)
    lines = [
        line
        for part in (1, 2)
        for entry in history(article, part).entries
        for line in entry.lines
        if "public from" in line
    ]
    begun = [line for line in lines if "no longer" not in line]
    assert len(begun) == len(set(begun)) == 5


def test_a_reporter_does_not_see_the_history_of_somebody_elses_draft(editor: User) -> None:
    article = make_article("Secret", public=False)
    client = signed_in(make_staff("reporter"))
    for name in ("history", "compare", "restore", "preview", "preview_link", "end_previews"):
        assert client.get(page(name, article)).status_code in (403, 404), name


# What changed


def test_a_comparison_tells_every_part_that_differs() -> None:
    make_actor("Ada Vale")
    trade, war = make_topic("Trade"), make_topic("War")
    image = Image.objects.create(file="a.png", width=1, height=1, alt="A harbour", credit="A. Writer")
    article = make_article("First", "Ada Vale spoke.", public=False, topics=[trade], language="en")
    write(
        article, "First of all", body="<p>Nobody spoke <a href='https://example.org/a?b&amp;c'>here</a>.</p>",
        topics=[war], images=[(image, "In May")], language="ko", dated="2024-05", byline="B", standfirst="S",
    )  # fmt: skip
    before, after = article.revisions.order_by("number")
    found = compared(before, after)
    assert [name for name, _ in found.parts] == [
        "headline", "standfirst", "byline", "language", "date of the text",
    ]  # fmt: skip
    lists = {name: [(piece.kind, piece.text) for piece in pieces] for name, pieces in found.lists}
    assert lists == {
        "topics": [("removed", "Trade"), ("added", "War")],
        "images": [("added", "A harbour · In May · A. Writer")],
        "links": [("added", "https://example.org/a?b&c")],
        "names found": [("removed", "Ada Vale")],
    }
    assert "words added" in found.in_short


def test_a_change_of_markup_alone_is_told_as_formatting(editor: User) -> None:
    article = make_article("First", "Some words.", public=False)
    write(article, "First", body="<p>Some <strong>words</strong>.</p>")
    before, after = article.revisions.order_by("number")
    assert compared(before, after).formatting
    assert "Formatting changed" in signed_in(editor).get(page("compare", article)).content.decode()


def test_any_two_revisions_can_be_compared_in_either_order(editor: User) -> None:
    article = make_article("One", public=False)
    write(article, "Two")
    write(article, "Three")
    client = signed_in(editor)
    context = client.get(page("compare", article, "?from=3&to=1")).context
    assert (context["before"].number, context["after"].number) == (1, 3)
    context = client.get(page("compare", article)).context
    assert (context["before"].number, context["after"].number) == (2, 3)
    assert client.get(page("compare", article, "?from=1&to=9")).status_code == 404
    assert client.get(page("compare", article, "?from=x&to=1")).status_code == 404


def test_scripts_in_a_text_are_shown_as_words(editor: User) -> None:
    article = make_article("<script>one()</script>", "&lt;b&gt;bold&lt;/b&gt;", public=False)
    write(article, "<img src=x onerror=two()>", body="<p>&lt;i&gt;</p>")
    for name in ("history", "compare"):
        text = signed_in(editor).get(page(name, article)).content.decode()
        assert "<script>one" not in text
        assert "<img src=x" not in text


# Going back


def test_restoring_writes_the_earlier_content_as_a_new_revision(editor: User) -> None:
    trade = make_topic("Trade")
    article = make_article("First", "One.", public=False, topics=[trade])
    write(article, "Second")
    restored = restore(article, 1, editor, base=2)
    assert (restored.number, restored.headline, restored.text) == (3, "First", "One.")
    assert restored.reason == "Restored from revision 1"
    assert list(restored.topics.all()) == [trade]
    assert restored.live is None
    assert article.revisions.get(number=1).headline == "First"


def test_restoring_what_is_the_latest_content_writes_nothing(editor: User) -> None:
    article = make_article("First", public=False)
    assert restore(article, 1, editor, base=1).number == 1


def test_restoring_over_a_newer_revision_is_refused_until_it_was_read(editor: User) -> None:
    article = make_article("First", public=False)
    write(article, "Second")
    with pytest.raises(StaleRevision):
        restore(article, 1, editor, base=1)
    client = signed_in(editor)
    response = client.post(page("restore", article), {"number": 1, "base": 1})
    assert response.status_code == 409
    assert "saved revision 2 meanwhile" in response.content.decode()
    assert article.revisions.count() == 2
    again = response.context["form"]
    sent = {field.html_name: field.value() for field in again}
    assert client.post(page("restore", article), sent).status_code == 302
    assert article.revisions.latest("number").headline == "First"


def test_restoring_is_asked_first_and_changes_nothing_for_readers(editor: User) -> None:
    article = make_article("First")
    write(article, "Second")
    client = signed_in(editor)
    assert "Restore revision 1?" in client.get(page("restore", article, "?revision=1")).content.decode()
    assert article.revisions.count() == 2
    client.post(page("restore", article), {"number": 1, "base": 2})
    assert article.revisions.count() == 3
    assert article.revisions.public().get().number == 1


def test_only_who_may_write_may_restore_and_what_was_removed_stays_away(editor: User) -> None:
    article = make_article("First")
    write(article, "Second")
    with pytest.raises(PermissionDenied):
        restore(article, 1, make_staff("reviewer"), base=2)
    with pytest.raises(ValidationError, match="no revision 7"):
        restore(article, 7, editor)
    actions.remove_version(article.revisions.get(number=1), make_staff("admin"), "A court asked for it.")
    with pytest.raises(ValidationError, match="removed"):
        restore(article, 1, editor, base=2)


# The history of other kinds


def test_the_history_of_an_actor_tells_its_fields_and_names_before_and_after(editor: User) -> None:
    admin = make_staff("admin")
    actor = make_actor("Ada Vale", description="An envoy.")
    client = signed_in(admin)
    actor.description = "A former envoy."
    actor.save()
    actor.names.create(text="A. Vale", language="en")
    text = client.get(reverse("admin:actors_actor_history", args=[actor.pk])).content.decode()
    for words in (
        "Created",
        "Changed",
        "Description",
        "An envoy.",
        "A former envoy.",
        "A. Vale",
        "name added",
    ):
        assert words in text, words


def test_the_history_of_every_kind_answers(editor: User) -> None:
    from tests.factories import make_assertion, make_measure, make_question

    actor = make_actor("Ada Vale")
    rows = [
        actor, make_topic("Trade"), make_question("Did it happen?"), make_measure("Ships"),
        make_assertion("It happened.", actor, about=[actor]),
        Image.objects.create(file="a.png", width=1, height=1, alt="A harbour", credit="A. Writer"),
    ]  # fmt: skip
    client = signed_in(make_staff("admin"))
    for row in rows:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_history"
        response = client.get(reverse(name, args=[row.pk]))
        assert response.status_code == 200, name
        assert response.context["history"].entries, name
