"""The way of a text to readers: who may take which step, and what a step holds for."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import permissions
from articles.actions import (
    Content,
    StaleRevision,
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
from articles.models import Article, Revision, WorkflowStep
from articles.stages import stage_of
from cms.models import User
from tests.staff import make_staff
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter() -> User:
    return make_staff("reporter")


@pytest.fixture
def editor() -> User:
    return make_staff("editor")


@pytest.fixture
def chief() -> User:
    return make_staff("editor", "chief")


@pytest.fixture
def draft(reporter: User) -> Article:
    return create_article(reporter, Content(headline="The bridge", body="<p>One.</p>"))


def save(article: Article, by: User | None, text: str) -> Revision:
    return save_revision(article, Content(headline="The bridge", body=f"<p>{text}</p>"), by)


def latest(article: Article) -> Revision:
    return article.revisions.latest("number")


def refused(call: Any, *args: Any, **options: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        call(*args, **options)
    return " ".join(caught.value.messages)


def test_a_draft_is_submitted_approved_and_public_and_then_nothing_of_it_waits(
    draft: Article, reporter: User, editor: User
) -> None:
    stages = [stage_of(draft)]
    submit(draft, reporter, "Please read.", revision=1)
    stages.append(stage_of(draft))
    approve(draft, editor, revision=1)
    stages.append(stage_of(draft))
    publish(draft, editor)
    stages.append(stage_of(draft))
    assert stages == ["draft", "review", "approved", ""]


def test_a_scheduled_revision_waits_for_nothing(draft: Article, editor: User) -> None:
    publish(draft, editor, at=timezone.now() + timedelta(days=1))
    assert stage_of(draft) == ""


def test_a_change_of_what_is_public_is_a_draft_of_its_own(draft: Article, editor: User) -> None:
    submit(draft, editor)
    approve(draft, editor)
    publish(draft, editor)
    save(draft, editor, "Two.")
    assert stage_of(draft) == "draft"
    submit(draft, editor)
    assert stage_of(draft) == "review"
    withdraw(draft, editor, reason="It was wrong.")
    assert stage_of(draft) == "review"


def test_an_approval_holds_for_the_revision_that_was_approved(draft: Article, editor: User) -> None:
    submit(draft, editor)
    approve(draft, editor)
    save(draft, editor, "Two.")
    assert stage_of(draft) == "review"
    approve(draft, editor)
    assert stage_of(draft) == "approved"


def test_a_save_without_a_change_keeps_the_approval(draft: Article, editor: User) -> None:
    submit(draft, editor)
    approve(draft, editor)
    save(draft, editor, "One.")
    assert latest(draft).number == 1
    assert stage_of(draft) == "approved"


def test_a_note_changes_no_stage_and_stays_with_the_revision_that_was_read(
    draft: Article, reporter: User, editor: User
) -> None:
    submit(draft, reporter)
    save(draft, reporter, "Two.")
    note = add_note(draft, editor, "  Who says so?  ", revision=1)
    assert (note.revision.number, note.note) == (1, "Who says so?")
    assert stage_of(draft) == "review"
    assert refused(add_note, draft, editor, "  ") == "Say in a note what is meant."


def test_an_article_sent_back_is_a_draft_and_the_note_says_why(
    draft: Article, reporter: User, editor: User
) -> None:
    submit(draft, reporter)
    assert refused(send_back, draft, editor, " ") == "Say in a note what is meant."
    send_back(draft, editor, "The second source is missing.")
    assert stage_of(draft) == "draft"
    submit(draft, reporter)
    approve(draft, editor)
    send_back(draft, editor, "Wait for the embassy.")
    assert stage_of(draft) == "draft"


def test_its_author_takes_a_submission_back_without_a_note_until_it_is_approved(
    draft: Article, reporter: User, editor: User
) -> None:
    submit(draft, reporter)
    assert send_back(draft, reporter, "").note == "Taken back."
    submit(draft, reporter)
    approve(draft, editor)
    assert refused(send_back, draft, reporter, "") == "It is approved already."


def test_a_step_that_does_not_fit_the_stage_is_refused_with_a_sentence(draft: Article, editor: User) -> None:
    assert "nobody has submitted it" in refused(approve, draft, editor)
    assert "nobody has submitted it" in refused(send_back, draft, editor, "No.")
    submit(draft, editor)
    assert "in review already" in refused(submit, draft, editor)
    approve(draft, editor)
    assert "approved already" in refused(approve, draft, editor)
    publish(draft, editor)
    for step in (submit, approve):
        assert "revision 1 is, was or will be public" in refused(step, draft, editor)


@pytest.mark.parametrize("step", [submit, approve, send_back])
def test_a_step_on_a_revision_that_is_no_longer_the_latest_is_refused(
    step: Any, draft: Article, reporter: User, editor: User
) -> None:
    if step is not submit:
        submit(draft, reporter)
    save(draft, reporter, "Two.")
    with pytest.raises(ValidationError) as caught:
        step(draft, editor, "A note.", revision=1)
    assert caught.value.messages == ["reporter saved revision 2 meanwhile; read it again."]
    assert caught.value.code == "stale"


def test_reporters_submit_and_annotate_their_own_drafts_and_approve_none(
    draft: Article, reporter: User, editor: User
) -> None:
    other = make_staff("reporter", "other")
    for step in (submit, add_note):
        with pytest.raises(PermissionDenied, match="their own"):
            step(draft, other, "Mine?")
    submit(draft, reporter)
    with pytest.raises(PermissionDenied, match="Only editors approve"):
        approve(draft, reporter)
    with pytest.raises(PermissionDenied, match="their own"):
        send_back(draft, other, "No.")
    with pytest.raises(PermissionDenied):
        assign(draft, reporter, to=reporter, due=None)


def test_an_article_is_assigned_to_those_who_may_write_it_until_a_time_ahead(
    draft: Article, reporter: User, editor: User
) -> None:
    due = timezone.now() + timedelta(days=2)
    assign(draft, editor, to=reporter, due=due)
    draft.refresh_from_db()
    assert (draft.assigned_to, draft.due) == (reporter, due)
    assert "may not write this article" in refused(assign, draft, editor, to=make_staff("reviewer"), due=None)
    refusal = refused(assign, draft, editor, to=None, due=timezone.now())
    assert "is past: it is" in refusal
    assert "Leave it empty for no date." in refusal
    assign(draft, editor, to=None, due=None)
    draft.refresh_from_db()
    assert (draft.assigned_to, draft.due) == (None, None)


def test_without_four_eyes_an_editor_approves_and_publishes_what_they_wrote(
    draft: Article, editor: User
) -> None:
    save(draft, editor, "Two.")
    assert permissions.may_publish(editor, latest(draft)) is None
    submit(draft, editor)
    approve(draft, editor)
    assert stage_of(draft) == "approved"


class TestFourEyes:
    """With four eyes, what a writer wrote is approved by somebody else before it is published."""

    @pytest.fixture(autouse=True)
    def switched_on(self, settings: Any) -> None:
        settings.FOUR_EYES = True

    def test_nobody_approves_what_they_wrote_or_submitted(
        self, draft: Article, reporter: User, editor: User, chief: User
    ) -> None:
        save(draft, editor, "Two.")
        save(draft, reporter, "Three.")
        submit(draft, chief)
        for worker in (editor, chief):
            with pytest.raises(PermissionDenied, match="You worked on this text yourself"):
                approve(draft, worker)
        approve(draft, make_staff("editor", "reader"))

    def test_work_on_what_is_public_already_does_not_count(
        self, draft: Article, reporter: User, editor: User, chief: User
    ) -> None:
        save(draft, editor, "Two.")
        submit(draft, reporter)
        approve(draft, chief)
        publish(draft, chief)
        save(draft, chief, "Three.")
        submit(draft, chief)
        approve(draft, editor)
        assert stage_of(draft) == "approved"

    def test_publishing_needs_an_approval_of_that_revision(
        self, draft: Article, reporter: User, editor: User, chief: User
    ) -> None:
        assert "not approved" in str(permissions.may_publish(editor, latest(draft)))
        submit(draft, reporter)
        assert "not approved" in str(permissions.may_publish(editor, latest(draft)))
        approve(draft, chief)
        assert permissions.may_publish(editor, latest(draft)) is None
        assert "Only editors publish" in str(permissions.may_publish(reporter, latest(draft)))
        save(draft, reporter, "Two.")
        assert "Revision 2 is not approved" in str(permissions.may_publish(editor, latest(draft)))
        assert permissions.may_publish(editor, draft.revisions.get(number=1)) is None
        assert permissions.may_publish(None, latest(draft)) is None

    def test_no_route_of_publishing_goes_round_the_approval(
        self, draft: Article, reporter: User, editor: User, chief: User
    ) -> None:
        for at in (None, timezone.now() + timedelta(days=1)):
            with pytest.raises((ValidationError, PermissionDenied), match="not approved"):
                publish(draft, editor, at=at)
        submit(draft, reporter)
        approve(draft, chief)
        save(draft, editor, "Two.")
        with pytest.raises((ValidationError, PermissionDenied), match="Revision 2 is not approved"):
            publish(draft, editor)
        assert publish(draft, editor, revision=draft.revisions.get(number=1)).number == 1

    def test_an_approval_from_before_it_was_switched_on_counts_only_if_it_was_somebody_elses(
        self, draft: Article, editor: User, chief: User, settings: Any
    ) -> None:
        settings.FOUR_EYES = False
        save(draft, editor, "Two.")
        submit(draft, editor)
        approve(draft, editor)
        settings.FOUR_EYES = True
        assert "and worked on it" in str(permissions.may_publish(chief, latest(draft)))

    def test_what_was_returned_after_its_approval_cannot_be_published(
        self, draft: Article, reporter: User, editor: User
    ) -> None:
        submit(draft, reporter)
        approve(draft, editor)
        send_back(draft, editor, "Wait.")
        assert "not approved" in str(permissions.may_publish(editor, latest(draft)))

    def test_what_is_public_at_this_moment_needs_no_approval_to_stay_so(
        self, draft: Article, editor: User
    ) -> None:
        publish(draft, None)
        assert permissions.may_publish(editor, latest(draft)) is None


def test_steps_are_never_changed_or_taken_off_the_record(draft: Article, editor: User) -> None:
    step = submit(draft, editor)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        WorkflowStep.objects.update(note="Other.")
    step.delete()
    with pytest.raises(IntegrityError, match="stays on record"):
        connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_of_an_approval_and_a_save_at_the_same_time_no_unread_text_comes_out_approved() -> None:
    reporter, editor = make_staff("reporter"), make_staff("editor")
    for attempt in range(6):
        article = create_article(reporter, Content(headline=f"Race {attempt}", body="<p>One.</p>"))
        submit(article, reporter)

        def write(article: Article = article, attempt: int = attempt) -> Revision:
            content = Content(headline=f"Race {attempt}", body="<p>Two.</p>")
            return save_revision(article, content, reporter, base=1)

        def read(article: Article = article) -> WorkflowStep:
            return approve(article, editor, revision=1)

        written, approved = at_once(write, read)
        assert not isinstance(written, StaleRevision)
        assert isinstance(written, Revision), written
        assert isinstance(approved, WorkflowStep) or "saved revision 2 meanwhile" in str(approved)
        assert stage_of(article) == "review"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told_what_the_other_did() -> None:
    editor, chief = make_staff("editor"), make_staff("editor", "chief")
    article = create_article(editor, Content(headline="Race", body="<p>One.</p>"))
    submit(article, editor)
    results = at_once(lambda: approve(article, editor), lambda: approve(article, chief))
    assert sorted(type(result).__name__ for result in results) == ["ValidationError", "WorkflowStep"]
    assert WorkflowStep.objects.filter(kind="approve").count() == 1


def test_the_stages_of_many_articles_come_in_one_query(editor: User) -> None:
    from articles.stages import with_stage

    for number in range(3):
        create_article(editor, Content(headline=f"Number {number}", body="<p>One.</p>"))
    with CaptureQueriesContext(connection) as queries:
        assert [article.stage for article in with_stage(Article.objects.all())] == ["draft"] * 3
    assert len(queries) == 1
