"""The newsroom's board and its schedule: what waits for whom, what is public next, and that nothing is late."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actors.actions import publish_actor
from articles import permissions
from articles.actions import (
    Content,
    add_note,
    approve,
    assign,
    create_article,
    publish,
    save_revision,
    send_back,
    submit,
    withdraw,
)
from articles.models import Article, WorkflowStep, WorkingCopy
from cms.models import User
from cms.workplace import schedule
from tests.factories import make_actor, make_article, make_topic
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

BOARD, SCHEDULE, LIST = "/admin/board/", "/admin/schedule/", "/admin/articles/article/"
AHEAD = timedelta(days=2)


@pytest.fixture
def reporter() -> User:
    return make_staff("reporter")


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


def write(headline: str, by: User | None, **content: Any) -> Article:
    return create_article(by, Content(headline=headline, body=f"<p>{headline}.</p>", **content))


def board(user: User, query: str = "") -> dict[str, list[str]]:
    """Return the headlines on the board by the titles of its lists, without the empty ones."""
    response = signed_in(user).get(BOARD + query)
    assert response.status_code == 200
    return {
        column.section.title: [card.article.headline for card in column.cards]
        for column, _ in response.context["columns"]
        if column.count
    }


def cards(user: User, title: str) -> list[Any]:
    columns = signed_in(user).get(BOARD).context["columns"]
    return next(column.cards for column, _ in columns if column.section.title == title)


def test_each_article_stands_in_the_list_of_what_it_waits_for(reporter: User, editor: User) -> None:
    write("Mine", editor)
    write("Hers", reporter)
    for headline in ("In review", "Approved", "Returned"):
        submit(write(headline, reporter), reporter)
    approve(Article.objects.get(slug="approved"), editor)
    send_back(Article.objects.get(slug="returned"), editor, "The source?")
    publish(write("Scheduled", reporter), editor, at=timezone.now() + AHEAD)
    changed = write("Changed", reporter)
    publish(changed, editor)
    save_revision(changed, Content(headline="Changed", body="<p>Two.</p>"), editor)
    publish(write("Public", reporter), editor)
    assert board(editor) == {
        "My drafts": ["Mine"],
        "Waiting for review": ["In review"],
        "Approved": ["Approved"],
        "Scheduled next": ["Scheduled"],
        "Changed since published": ["Changed"],
        "Drafts of others": ["Returned", "Hers"],
    }


def test_a_reporter_sees_on_the_board_only_what_they_may_read(reporter: User, editor: User) -> None:
    write("Mine", reporter)
    submit(write("Mine in review", reporter), reporter)
    write("Theirs", editor)
    submit(write("Theirs in review", editor), editor)
    assert board(reporter) == {"My drafts": ["Mine"], "Waiting for review": ["Mine in review"]}


def test_a_reporter_reads_others_scheduled_texts_nowhere_before_their_time(
    reporter: User, editor: User, time_machine: Any
) -> None:
    theirs, at = write("Theirs ahead", editor), timezone.now() + AHEAD
    publish(theirs, editor, at=at)
    theirs.refresh_from_db()
    client = signed_in(reporter)
    pages = [
        reverse(f"admin:articles_article_{name}", args=[theirs.pk])
        for name in ("change", "history", "preview", "compare")
    ]
    pages.append(reverse("admin:articles_revision_change", args=[theirs.revisions.get().pk]))
    lists = [BOARD, SCHEDULE, LIST, reverse("admin:index")]
    assert not permissions.may_see(reporter, theirs)
    for address in (*pages, *lists):
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 403, 404)
        assert "Theirs ahead" not in answer.content.decode(), address
    assert board(reporter) == {}
    time_machine.move_to(at + timedelta(minutes=1))
    assert permissions.may_see(reporter, theirs)
    assert client.get(pages[0]).status_code == 200


def test_a_reporter_writes_an_own_draft_until_it_is_scheduled(reporter: User, editor: User) -> None:
    mine = write("Mine", reporter)
    assert permissions.may_edit(reporter, mine)
    publish(mine, editor, at=timezone.now() + AHEAD)
    mine.refresh_from_db()
    assert permissions.may_see(reporter, mine)
    assert not permissions.may_edit(reporter, mine)


def test_what_is_assigned_to_me_comes_first_in_review_and_is_a_draft_of_mine(
    reporter: User, editor: User
) -> None:
    for headline in ("First", "Second", "Third"):
        submit(write(headline, reporter), reporter)
    assign(Article.objects.get(slug="second"), editor, to=editor, due=None)
    assign(write("Assigned", reporter), editor, to=editor, due=None)
    found = board(editor)
    assert found["Waiting for review"] == ["Second", "First", "Third"]
    assert found["My drafts"] == ["Assigned"]


def test_what_is_past_due_and_still_waits_is_overdue(reporter: User, editor: User) -> None:
    article, done = write("Late", reporter), write("Done", reporter)
    for each in (article, done):
        Article.objects.filter(pk=each.pk).update(due=timezone.now() - timedelta(hours=1))
    publish(done, editor)
    assert board(editor)["Overdue"] == ["Late"]
    assert cards(editor, "Overdue")[0].is_overdue
    assert "overdue" in signed_in(editor).get(LIST).content.decode()


def test_what_lies_untouched_for_so_many_days_is_stale_and_the_page_says_how_many(
    reporter: User, editor: User, settings: Any, time_machine: Any
) -> None:
    settings.STALE_DAYS = 3
    submit(write("Left", reporter), reporter)
    approve_me = write("Approved", reporter)
    submit(approve_me, reporter)
    approve(approve_me, editor)
    client = signed_in(editor)
    assert "Stale" not in board(editor)
    time_machine.move_to(timezone.now() + timedelta(days=3, minutes=1), tick=True)
    client = signed_in(editor)
    page = client.get(BOARD)
    stale = {column.section.key: column for column, _ in page.context["columns"]}["stale"]
    assert [card.article.headline for card in stale.cards] == ["Left"]
    assert "untouched for 3 days or more" in page.content.decode()
    assert "3 days" in page.content.decode()


def test_a_card_tells_author_assignee_due_day_last_note_and_who_is_writing(
    reporter: User, editor: User
) -> None:
    article = write("Told", reporter)
    assign(article, editor, to=reporter, due=timezone.now() + AHEAD)
    submit(article, reporter, "Please read.")
    add_note(article, editor, "The second source?")
    for name, seconds, content in (
        ("writer", 5, {"headline": "x"}),
        ("looker", 5, None),
        ("gone", 20, {"headline": "x"}),
    ):
        seen = timezone.now() - timedelta(seconds=seconds)
        WorkingCopy.objects.create(
            user=make_staff("editor", name), article=article, tab="0" * 32, base=1, seen_at=seen,
            content=content, changed_at=seen if content else None,
        )  # fmt: skip
    card = cards(editor, "Waiting for review")[0]
    assert card.note.note == "The second source?"
    assert card.present == ["looker has it open", "writer is writing"]
    page = signed_in(editor).get(BOARD).content.decode()
    for words in ("reporter", "assigned to <b>reporter</b>", "Due <time", "in review", "writer is writing"):
        assert words in page


def test_a_note_that_was_settled_by_publishing_is_not_on_the_card_any_more(
    reporter: User, editor: User
) -> None:
    article = write("Told", reporter)
    submit(article, reporter, "Please read.")
    publish(article, editor)
    save_revision(article, Content(headline="Told anew", body="<p>Told.</p>"), editor)
    assert [card.note for card in cards(editor, "Changed since published")] == [None]
    add_note(article, editor, "The second source?")
    assert [card.note.note for card in cards(editor, "Changed since published")] == ["The second source?"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bridge", {"Bridge"}),
        ("q=BRIDGE+ferry", set()),
        ("author=me", {"Road"}),
        ("assignee=me", {"Ferry"}),
        ("assignee=nobody", {"Bridge", "Road"}),
        ("topic=trade", {"Bridge"}),
        ("language=ko", {"Road"}),
        ("stage=review", {"Ferry"}),
        ("due=week", {"Ferry"}),
        ("due=none", {"Bridge", "Road"}),
        ("due=overdue", set()),
    ],
)
def test_the_board_is_filtered_and_so_is_the_full_list_that_it_links(
    query: str, found: set[str], reporter: User, editor: User
) -> None:
    write("Bridge", reporter, topics=[make_topic("Trade")])
    write("Road", editor, language="ko")
    ferry = write("Ferry", reporter)
    assign(ferry, editor, to=editor, due=timezone.now() + AHEAD)
    submit(ferry, reporter)
    client = signed_in(editor)
    columns = client.get(f"{BOARD}?{query}").context["columns"]
    assert {card.article.headline for column, _ in columns for card in column.cards} == found
    for column, address in columns:
        listed = client.get(address).context["cl"].queryset
        assert {article.headline for article in listed} == {card.article.headline for card in column.cards}
        assert len(listed) == column.count


def test_a_value_that_the_filter_does_not_know_is_named_and_nothing_breaks(editor: User) -> None:
    write("Mine", editor)
    response = signed_in(editor).get(
        f"{BOARD}?author=nobody-we-know&stage=x&topic=none&due=soon&language=%00"
    )
    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()
    for query in ("list=x", "author=x", "assignee=99999999999999999999", "stage=x", "due=x", "topic=x"):
        assert signed_in(editor).get(f"{LIST}?{query}").status_code == 200, query


def test_an_empty_board_says_so_and_leads_on(editor: User) -> None:
    page = signed_in(editor).get(BOARD).content.decode()
    assert "Nothing waits." in page
    assert reverse("admin:articles_article_add") in page
    assert "Nothing on the board fits this filter." in signed_in(editor).get(f"{BOARD}?q=x").content.decode()


def test_a_longer_board_asks_the_database_no_more_often_and_shows_twenty_of_a_list(editor: User) -> None:
    client = signed_in(editor)

    def grow(number: int) -> int:
        for each in range(number):
            article = write(f"Draft {number} {each}", editor)
            add_note(article, editor, "Hm.")
        with CaptureQueriesContext(connection) as queries:
            client.get(BOARD)
        return len(queries)

    few = grow(1)
    assert grow(24) == few
    assert few < 20
    column, address = client.get(BOARD).context["columns"][0]
    assert (column.count, len(column.cards)) == (25, 20)
    assert client.get(address).context["cl"].result_count == 25


def test_the_list_of_articles_shows_and_filters_stage_assignee_and_due_date_in_one_query(
    reporter: User, editor: User
) -> None:
    article = write("Bridge", reporter)
    assign(article, editor, to=editor, due=timezone.now() + AHEAD)
    submit(article, reporter)
    publish(write("Road", reporter), editor)
    client = signed_in(editor)
    page = client.get(LIST).content.decode()
    assert "in review" in page
    for query, headline in (("stage=review", "Bridge"), ("stage=none", "Road"), ("assignee=me", "Bridge")):
        assert [found.headline for found in client.get(f"{LIST}?{query}").context["cl"].queryset] == [
            headline
        ]


class TestSteps:
    """The section beside the form of an article offers the next step, and takes it."""

    @pytest.fixture
    def article(self, reporter: User) -> Article:
        return write("Bridge", reporter)

    def send(self, user: User, article: Article, step: str, note: str = "", revision: int = 1) -> Any:
        address = reverse("admin:articles_article_step", args=[article.pk])
        return signed_in(user).post(address, {"step": step, "note": note, "revision": revision}, follow=True)

    def offered(self, user: User, article: Article) -> tuple[str | None, list[str], bool]:
        page = signed_in(user).get(reverse("admin:articles_article_change", args=[article.pk]))
        progress = page.context["progress"]
        words = progress.next_step.words if progress.next_step else None
        return words, [step.words for step in progress.others], progress.may_publish

    def test_each_is_offered_the_step_that_fits_stage_and_person(
        self, article: Article, reporter: User, editor: User
    ) -> None:
        assert self.offered(reporter, article) == ("Submit for review", ["Add the note"], False)
        submit(article, reporter)
        assert self.offered(reporter, article) == (None, ["Take back", "Add the note"], False)
        assert self.offered(editor, article) == ("Approve", ["Send back", "Add the note"], False)
        assert self.offered(make_staff("reviewer"), article) == (None, [], False)
        approve(article, editor)
        assert self.offered(editor, article) == (None, ["Send back", "Add the note"], True)
        publish(article, editor)
        assert self.offered(editor, article) == (None, ["Add the note"], False)

    def test_who_may_not_approve_reads_why(self, article: Article, editor: User, settings: Any) -> None:
        settings.FOUR_EYES = True
        submit(article, editor)
        page = signed_in(editor).get(reverse("admin:articles_article_change", args=[article.pk]))
        assert "somebody else has to approve it" in page.content.decode()
        assert self.offered(editor, article)[0] is None

    def test_a_step_leads_back_to_the_form_with_a_message_and_stands_in_the_thread(
        self, article: Article, reporter: User, editor: User
    ) -> None:
        response = self.send(reporter, article, "submit", "Please read <b>this</b>.")
        assert response.redirect_chain[-1][0] == reverse("admin:articles_article_change", args=[article.pk])
        page = response.content.decode()
        assert "Revision 1 is in review now." in page
        assert "Please read &lt;b&gt;this&lt;/b&gt;." in page
        assert "submitted for review by reporter" in page
        assert "is approved" in self.send(editor, article, "approve").content.decode()

    def test_a_step_on_an_older_revision_answers_409_and_keeps_the_note(
        self, article: Article, reporter: User, editor: User
    ) -> None:
        submit(article, reporter)
        save_revision(article, Content(headline="Bridge", body="<p>Two.</p>"), reporter)
        response = self.send(editor, article, "approve", "Well done.")
        assert response.status_code == 409
        page = response.content.decode()
        assert "reporter saved revision 2 meanwhile; read it again." in page
        assert "Well done." in page
        assert not WorkflowStep.objects.filter(kind="approve").exists()
        # Having read it, the editor goes on from there.
        again = {
            "step": "approve",
            "note": "Well done.",
            "revision": response.context["form"]["revision"].value(),
        }
        signed_in(editor).post(response.request["PATH_INFO"], again)
        assert WorkflowStep.objects.get(kind="approve").revision.number == 2

    def test_a_step_that_is_refused_says_why_and_keeps_what_was_typed(
        self, article: Article, reporter: User, editor: User
    ) -> None:
        submit(article, reporter)
        assert "Say in a note what is meant." in self.send(editor, article, "return").content.decode()
        assert (
            "nobody has submitted"
            in self.send(editor, write("Other", reporter), "return", "Not yet.").content.decode()
        )
        assert self.send(editor, article, "dance").status_code == 200
        assert self.send(reporter, article, "approve").status_code == 403
        assert self.send(make_staff("reporter", "other"), article, "note", "Hm.").status_code == 404

    def test_an_editor_assigns_with_a_due_time_in_the_newsrooms_zone(
        self, article: Article, reporter: User, editor: User
    ) -> None:
        address = reverse("admin:articles_article_assign", args=[article.pk])
        client = signed_in(editor)
        data = {"to": reporter.pk, "due": "2031-03-01T10:00"}
        assert (
            "Assigned to reporter, due 1 March 2031, 10:00"
            in client.post(address, data, follow=True).content.decode()
        )
        refused = client.post(address, {"to": reporter.pk, "due": "2001-03-01T10:00"})
        assert "is past: it is" in refused.content.decode()
        assert signed_in(reporter).post(address, {"to": "", "due": ""}).status_code == 403
        article.refresh_from_db()
        assert article.assigned_to == reporter


class TestSchedule:
    """The schedule tells what begins and ends to be public, and what is late: nothing."""

    def rows(self, user: User) -> list[tuple[str, str, str]]:
        days = signed_in(user).get(SCHEDULE).context["days"]
        return [(entry.kind, entry.what, entry.title) for day in days for entry in day.entries]

    def test_it_lists_beginnings_replacements_ends_withdrawals_and_embargoes_in_their_order(
        self, editor: User
    ) -> None:
        now = timezone.now()
        first, second = write("First", editor), make_article("Second")
        publish(first, editor, at=now + AHEAD, until=now + 5 * AHEAD)
        save_revision(second, Content(headline="Second, new", body="<p>Two.</p>"), editor)
        publish(second, editor, at=now + 2 * AHEAD)
        withdraw(second, editor, at=now + 4 * AHEAD, reason="It was wrong.")
        Article.objects.filter(pk=write("Kept", editor).pk).update(embargo=now + 3 * AHEAD)
        publish_actor(make_actor("Ada Vale", public=False), editor, at=now + 6 * AHEAD)
        assert self.rows(editor) == [
            ("article", "begins", "First"),
            ("article", "replaces what is public", "Second, new"),
            ("article", "embargo ends", "Kept"),
            ("article", "is withdrawn", "Second, new"),
            ("article", "ends", "First"),
            ("actor", "begins", "Ada Vale"),
        ]

    def test_times_are_the_newsrooms_with_utc_beside(self, editor: User, settings: Any) -> None:
        settings.TIME_ZONE = "Asia/Seoul"
        publish(write("First", editor), editor, at=timezone.now().replace(microsecond=0) + AHEAD)
        moment = timezone.now() + AHEAD
        page = signed_in(editor).get(SCHEDULE).content.decode()
        assert "Times of Asia/Seoul." in page
        assert f"{moment:%H}" in page
        assert "UTC" in page

    def test_nothing_is_late_after_the_appointed_minute_though_no_process_ran(
        self, editor: User, time_machine: Any
    ) -> None:
        publish(write("First", editor), editor, at=timezone.now() + AHEAD)
        time_machine.move_to(timezone.now() + 2 * AHEAD, tick=True)
        assert Article.objects.public().count() == 1
        assert schedule.late(editor) == []
        page = signed_in(editor).get(SCHEDULE).content.decode()
        assert "Nothing is late." in page
        assert "seconds apart" in page  # the database's clock was left behind

    def test_a_period_that_was_taken_away_behind_the_history_is_late(self, editor: User) -> None:
        article, actor = make_article("Gone"), make_actor("Ada Vale")
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("UPDATE articles_revision SET live = NULL WHERE article_id = %s", [article.pk])
            cursor.execute("DELETE FROM actors_actorname WHERE actor_id = %s", [actor.pk])
            cursor.execute("DELETE FROM actors_actor WHERE id = %s", [actor.pk])
            cursor.execute("SET session_replication_role = DEFAULT")
        assert [(each.kind, each.title) for each in schedule.late(editor)] == [
            ("actor", f"actor {actor.pk}, which is gone"),
            ("article", "Gone"),
        ]
        assert "changed behind the site’s back" in signed_in(editor).get(SCHEDULE).content.decode()

    def test_what_was_withdrawn_or_taken_back_in_time_is_not_late(self, editor: User) -> None:
        withdraw(make_article("Withdrawn"), editor, reason="It was wrong.")
        scheduled = write("Planned", editor)
        publish(scheduled, editor, at=timezone.now() + AHEAD)
        withdraw(scheduled, editor, at=timezone.now() + AHEAD / 2, reason="Not yet.")
        assert schedule.late(editor) == []

    def test_overdue_assignments_stand_apart(self, reporter: User, editor: User) -> None:
        Article.objects.filter(pk=write("Late", reporter).pk).update(due=timezone.now() - AHEAD)
        response = signed_in(editor).get(SCHEDULE)
        assert [card.article.headline for card in response.context["overdue"].cards] == ["Late"]
        assert response.context["late"] == []


@pytest.mark.parametrize(("group", "sections"), [
    ("reporter", ["Board", "Schedule", "Articles", "Actors", "Assertions"]),
    ("editor", ["Board", "Schedule", "Desk", "Articles", "Actors", "Assertions"]),
    ("administrator", ["Board", "Schedule", "Desk", "Articles", "Actors", "Assertions", "Accounts"]),
])  # fmt: skip
def test_the_row_of_links_leads_to_the_sections_and_within_the_open_one(
    group: str, sections: list[str]
) -> None:
    client = signed_in(make_staff(group))
    shown = client.get(BOARD).context["navigation"]
    assert [link.words for link in shown.sections] == sections
    assert shown.kinds == []
    shown = client.get(reverse("admin:articles_topic_changelist")).context["navigation"]
    assert "Topics" in [link.words for link in shown.kinds if link.is_current]
    assert [link.words for link in shown.sections if link.is_current] == ["Articles"]


def test_the_board_and_the_schedule_are_for_staff_only(client: Any) -> None:
    for address in (BOARD, SCHEDULE):
        assert client.get(address)["Location"].startswith("/admin/login/")
