"""Writing, publishing and correcting articles: who may, and what is kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles import actions
from articles.actions import (
    Content,
    StaleRevision,
    content_of,
    create_article,
    publish,
    save_revision,
    withdraw,
)
from articles.importers import Item
from articles.models import Article, Mention, Revision, Topic
from cms.models import User
from tests.factories import make_actor, make_article, make_topic
from tests.staff import make_staff
from tests.threads import at_once

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def rosa() -> User:
    """A reporter."""
    return make_staff("reporter", "rosa")


@pytest.fixture
def rolf() -> User:
    """Another reporter."""
    return make_staff("reporter", "rolf")


@pytest.fixture
def edda() -> User:
    """An editor."""
    return make_staff("editor", "edda")


@pytest.fixture
def rita() -> User:
    """A reviewer."""
    return make_staff("reviewer", "rita")


def text(words: str) -> Content:
    return Content(headline="A headline", body=f"<p>{words}</p>")


def draft_by(user: User | None, words: str = "First words.") -> Article:
    return create_article(user, text(words))


def texts(article: Article) -> list[str]:
    return list(article.revisions.order_by("number").values_list("text", flat=True))


def latest(article: Article) -> Revision:
    return article.revisions.latest("number")


def test_a_reporter_writes_drafts_and_changes_them(rosa: User) -> None:
    article = draft_by(rosa)
    save_revision(article, text("Second words."), rosa)
    assert texts(article) == ["First words.", "Second words."]
    assert article.created_by == rosa


def test_a_reporter_does_not_change_the_draft_of_another(rosa: User, rolf: User) -> None:
    article = draft_by(rosa)
    with pytest.raises(PermissionDenied):
        save_revision(article, text("Second words."), rolf)
    assert texts(article) == ["First words."]


def test_a_reporter_does_not_change_what_was_published_or_scheduled_meanwhile(rosa: User, edda: User) -> None:
    article = draft_by(rosa)
    publish(Article.objects.get(pk=article.pk), edda, at=timezone.now() + DAY)
    with pytest.raises(PermissionDenied):
        save_revision(article, text("Second words."), rosa)
    assert texts(article) == ["First words."]


def test_an_editor_changes_every_article(rosa: User, edda: User) -> None:
    article = draft_by(rosa)
    save_revision(article, text("Second words."), edda)
    publish(article, edda)
    save_revision(article, text("Third words."), edda)
    assert len(texts(article)) == 3


def test_a_reviewer_writes_no_article(rosa: User, rita: User) -> None:
    with pytest.raises(PermissionDenied):
        draft_by(rita)
    with pytest.raises(PermissionDenied):
        save_revision(draft_by(rosa), text("Second words."), rita)


@pytest.mark.parametrize(
    "act",
    [
        lambda article, by: publish(article, by),
        lambda article, by: withdraw(article, by, reason="The letter was forged."),
        lambda article, by: actions.correct(article, by, kind="correction", text="It was not so."),
        lambda article, by: create_article(by, text("Old."), live_from=timezone.now() - DAY),
        lambda article, by: actions.publish_topic(Topic.objects.get(), by),
        lambda article, by: actions.withdraw_topic(Topic.objects.get(), by),
        lambda article, by: actions.resolve_mention(Mention.objects.get(), make_actor("Ada Vale"), by),
        lambda article, by: actions.handle_report(actions.report_error("/", "Wrong."), by, "Put right."),
    ],
    ids=[
        *("publish", "withdraw", "correct", "publish on creation", "publish a topic", "withdraw a topic"),
        *("resolve a name", "handle a report"),
    ],
)
@pytest.mark.parametrize("group", ["reporter", "reviewer"])
def test_only_editors_decide_what_readers_see(act: Callable[[Article, User], object], group: str) -> None:
    make_actor("Mara Quill")
    make_topic("Trade")
    article = make_article("A headline", "Mara Quill left.")
    before = list(Revision.objects.values_list("pk", "live"))
    with pytest.raises(PermissionDenied):
        act(article, make_staff(group))
    assert list(Revision.objects.values_list("pk", "live")) == before


def test_an_editor_publishes_corrects_and_withdraws(rosa: User, edda: User) -> None:
    article = draft_by(rosa)
    publish(article, edda)
    correction = actions.correct(article, edda, kind="correction", text="It was not so.")
    assert correction.created_by == edda
    withdraw(article, edda, reason="The letter was forged.")
    assert not Article.objects.public().exists()


@pytest.mark.parametrize("scheduled", [False, True])
def test_what_was_never_public_is_not_corrected(edda: User, scheduled: bool) -> None:
    article = draft_by(edda)
    if scheduled:
        publish(article, edda, at=timezone.now() + DAY)
    with pytest.raises(ValidationError):
        actions.correct(article, edda, kind="correction", text="It was not so.")


def test_saving_on_top_of_a_newer_revision_is_refused_with_that_revision(rosa: User, edda: User) -> None:
    article = draft_by(rosa)
    save_revision(article, text("The editor's words."), edda, base=1)
    with pytest.raises(StaleRevision) as caught:
        save_revision(article, text("The reporter's words."), rosa, base=1)
    assert (caught.value.latest.number, caught.value.latest.created_by) == (2, edda)
    assert texts(article) == ["First words.", "The editor's words."]


def test_saving_without_a_change_writes_no_revision(edda: User) -> None:
    topics = [make_topic("Trade"), make_topic("Arms")]
    content = Content(
        headline="A headline", body="<p>Words.</p>", byline="E. Edda", dated="2024-05", topics=topics
    )
    article = create_article(edda, content)
    assert (
        save_revision(article, replace(content, topics=topics[::-1], headline="  A  headline "), edda).number
        == 1
    )
    assert save_revision(article, content_of(latest(article)), edda, base=1).number == 1
    assert save_revision(article, replace(content, topics=topics[:1]), edda).number == 2


@pytest.mark.parametrize("save", [False, True])
def test_text_that_cannot_be_kept_is_an_error_of_its_field(edda: User, save: bool) -> None:
    bad = Content(headline="A headline", body="<p>A bell \x07 rings.</p>")
    article = draft_by(edda)
    with pytest.raises(ValidationError) as caught:
        save_revision(article, bad, edda) if save else create_article(edda, bad)
    assert list(caught.value.message_dict) == ["body"]


def test_moving_a_scheduled_revision_leaves_no_hour_without_the_article(edda: User) -> None:
    article = draft_by(edda)
    publish(article, edda)
    save_revision(article, text("Second words."), edda)
    publish(article, edda, at=timezone.now() + DAY)
    later = publish(article, edda, at=timezone.now() + 2 * DAY)
    at_noon_between = article.revisions.public(timezone.now() + DAY + HOUR)
    assert [revision.text for revision in at_noon_between] == ["First words."]
    assert later.live is not None
    assert [revision.text for revision in article.revisions.public(later.live.lower)] == ["Second words."]


def test_a_scheduled_revision_can_be_published_earlier_or_now(edda: User) -> None:
    article = draft_by(edda)
    publish(article, edda)
    save_revision(article, text("Second words."), edda)
    publish(article, edda, at=timezone.now() + 2 * DAY)
    publish(article, edda, at=timezone.now() + DAY)
    assert [each.text for each in article.revisions.public(timezone.now() + DAY + HOUR)] == ["Second words."]
    publish(article, edda)
    assert [each.text for each in article.revisions.public()] == ["Second words."]
    assert article.revisions.count() == 2


def test_a_revision_that_was_published_since_the_form_was_opened_is_not_moved(edda: User) -> None:
    article = draft_by(edda)
    opened = latest(article)
    publish(article, edda)
    again = publish(article, edda, revision=opened)
    assert (again.number, article.revisions.count()) == (1, 1)


def named(revision: Revision) -> list[tuple[str, str | None, bool]]:
    return list(revision.mentions.order_by("start").values_list("text", "actor__slug", "is_confirmed"))


@pytest.fixture
def doubtful(edda: User) -> Article:
    """An article with two names that two actors share, of which an editor resolved the second one."""
    make_actor("Ivo Tarn", slug="ivo-tarn")
    ship = make_actor("Ivo Tarn", "vessel", slug="ivo-tarn-ship")
    article = create_article(
        edda, Content(headline="H", body="<p>Ivo Tarn came.</p><p>Ivo Tarn left.</p><p>End.</p>")
    )
    actions.resolve_mention(latest(article).mentions.order_by("start")[1], ship, edda)
    return article


@pytest.mark.parametrize(
    "body",
    [
        "<p>Ivo Tarn came.</p><p>Ivo Tarn left.</p><p>The end.</p>",
        "<p>First: Ivo Tarn came.</p><p>Ivo Tarn left.</p><p>End.</p>",
        "<p>Ivo Tarn came in.</p><p>Ivo Tarn left.</p><p>End.</p>",
    ],
    ids=["after", "before", "between"],
)
def test_what_an_editor_confirmed_survives_edits_around_it(doubtful: Article, edda: User, body: str) -> None:
    revision = save_revision(doubtful, Content(headline="H", body=body), edda)
    assert named(revision) == [("Ivo Tarn", None, False), ("Ivo Tarn", "ivo-tarn-ship", True)]
    actions.relink(revision)
    assert named(revision)[1] == ("Ivo Tarn", "ivo-tarn-ship", True)


def test_what_an_editor_confirmed_is_asked_again_where_its_own_words_changed(
    doubtful: Article, edda: User
) -> None:
    body = "<p>Ivo Tarn came.</p><p>Did Ivo  Tarn's ship leave?</p><p>End.</p>"
    revision = save_revision(doubtful, Content(headline="H", body=body), edda)
    assert not revision.mentions.filter(is_confirmed=True).exists()


def test_an_imported_item_is_a_draft_once_and_its_topics_are_drafts(edda: User) -> None:
    item = Item(
        headline="H", body_html="<p>Words.</p>", external_id="wire 7", origin="a.jsonl:1", topics=("Trade",)
    )
    article = actions.import_item(item, edda)
    assert article is not None
    assert (article.identifier, article.published_at, article.created_by) == ("wire 7", None, edda)
    assert not Topic.objects.public().exists()
    assert actions.import_item(item, edda) is None


def test_an_imported_topic_is_the_known_one_whatever_its_case(edda: User) -> None:
    trade = make_topic("Trade")
    item = Item(
        headline="H", body_html="<p>Words.</p>", external_id="7", origin="a.jsonl:1", topics=("TRADE",)
    )
    article = actions.import_item(item, edda)
    assert article is not None
    assert list(latest(article).topics.all()) == [trade]


def test_a_reporter_imports_drafts_and_publishes_none(rosa: User) -> None:
    item = Item(headline="H", body_html="<p>Words.</p>", external_id="7", origin="a.txt")
    with pytest.raises(PermissionDenied):
        actions.import_item(item, rosa, public=True)
    assert actions.import_item(item, rosa) is not None


def test_a_topic_is_public_from_its_publication_until_its_withdrawal(edda: User) -> None:
    topic = make_topic("Trade", public=False)
    assert not Topic.objects.public().exists()
    actions.publish_topic(topic, edda)
    assert Topic.objects.public().exists()
    actions.withdraw_topic(topic, edda, timezone.now() + DAY)
    assert Topic.objects.public().exists()
    assert not Topic.objects.public(timezone.now() + 2 * DAY).exists()
    actions.withdraw_topic(topic, edda)
    assert not Topic.objects.public().exists()


def test_a_report_is_closed_with_what_was_done_and_by_whom(edda: User) -> None:
    report = actions.report_error("/articles/x/", "  The date is wrong. ", "reader@example.org")
    assert report.text == "The date is wrong."
    actions.handle_report(report, edda, "The date was put right.")
    report.refresh_from_db()
    assert (report.answer, report.handled_by) == ("The date was put right.", edda)
    assert report.handled_at is not None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"path": "/", "text": "  "}, "text"),
        ({"path": "/" * 501, "text": "Wrong."}, "path"),
        ({"path": "/", "text": "Wrong.", "email": "nobody"}, "email"),
    ],
)
def test_a_report_that_cannot_be_read_is_an_error_of_its_field(fields: dict[str, str], wrong: str) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.report_error(**fields)
    assert list(caught.value.message_dict) == [wrong]


@pytest.mark.django_db(transaction=True)
def test_saves_at_once_are_numbered_one_after_the_other_and_none_is_lost() -> None:
    article = draft_by(None)
    at_once(*(lambda n=n: save_revision(article, text(f"Words {n}."), None) for n in range(4)))
    numbers = list(article.revisions.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5]
    assert set(texts(article)) == {"First words.", *(f"Words {n}." for n in range(4))}


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_from_one_base_the_second_is_told_of_the_first() -> None:
    article = draft_by(None)
    results = at_once(
        *(lambda n=n: save_revision(article, text(f"Words {n}."), None, base=1) for n in range(2))
    )
    assert sorted(type(result).__name__ for result in results) == ["Revision", "StaleRevision"]
    assert article.revisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_leave_one_live_revision() -> None:
    article = draft_by(None)
    save_revision(article, text("Second words."), None)
    both = list(article.revisions.all())
    results = at_once(
        *(lambda revision=revision: publish(article, None, revision=revision) for revision in both)
    )
    assert all(isinstance(result, Revision) for result in results)
    assert article.revisions.public().count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_item_imported_twice_at_once_is_one_article() -> None:
    item = Item(headline="H", body_html="<p>Words.</p>", external_id="7", origin="a.txt")
    at_once(*(lambda: actions.import_item(item, None) for _ in range(2)))
    assert Article.objects.count() == 1
