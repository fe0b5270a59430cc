"""What PostgreSQL itself holds of articles, whoever writes: each rule is broken by SQL alone, and refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from articles.actions import Content, change_slug, publish, save_revision, withdraw
from articles.models import (
    Article,
    Correction,
    FormerAddress,
    Removal,
    Revision,
    Withdrawal,
    WorkflowStep,
)
from tests.articles.versions import seen_in_turn
from tests.factories import days_ago, make_article
from tests.threads import at_once

DAY = timedelta(days=1)
alone = pytest.mark.django_db
with_others = pytest.mark.django_db(transaction=True)


@contextmanager
def checked() -> Iterator[None]:
    """Do what is done within as a transaction does that is committed."""
    with transaction.atomic():
        yield
        connection.check_constraints()


@contextmanager
def refused(words: str) -> Iterator[None]:
    """Expect the database to refuse what is done within, at once or at the commit."""
    with pytest.raises(IntegrityError, match=words), checked():
        yield


def sql(statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def draft_with_two_revisions() -> Article:
    article = make_article("The bridge", public=False)
    save_revision(article, Content(headline="The bridge", body="<p>Again.</p>"), None)
    return article


# Revisions


@alone
def test_a_revision_goes_only_with_its_article() -> None:
    article = draft_with_two_revisions()
    with refused("goes only with its article"):
        article.revisions.get(number=1).delete()
    article.delete()
    connection.check_constraints()
    assert not Revision.objects.exists()


@alone
def test_a_revision_cannot_be_added_to_the_past_of_an_article_that_was_public() -> None:
    article = make_article("The bridge", published=days_ago(5))
    with refused("no revision can be added to its past"):
        Revision.objects.create(
            article=article, number=2, headline="Other", live=DateTimeTZRange(days_ago(9), days_ago(7))
        )
    with refused("no revision can be added to its past"):
        Revision.objects.create(
            article=article, number=2, headline="Other", live=DateTimeTZRange(days_ago(9), days_ago(5))
        )


@alone
def test_the_first_period_of_an_article_may_lie_in_the_past() -> None:
    assert make_article("The bridge", published=days_ago(900)).was_public(days_ago(899))


# Embargo


@with_others
def test_no_period_begins_under_an_embargo_that_is_set_at_the_same_time() -> None:
    article = make_article("The bridge", public=False)
    revision, set_now = article.revisions.get(), Event()

    def embargo() -> None:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(embargo=timezone.now() + DAY)
            set_now.set()
            wait_for_another()

    def begin() -> None:
        set_now.wait()
        sql(
            "UPDATE articles_revision SET live = tstzrange(clock_timestamp(), NULL) WHERE id = %s",
            revision.pk,
        )

    outcome = at_once(embargo, begin)
    assert outcome[0] is None
    assert isinstance(outcome[1], IntegrityError)
    assert "under embargo" in str(outcome[1])


@with_others
def test_no_embargo_is_set_on_what_begins_at_the_same_time() -> None:
    article = make_article("The bridge", public=False)
    begun = Event()

    def begin() -> None:
        with transaction.atomic():
            publish(article, None)
            begun.set()
            wait_for_another()

    def embargo() -> None:
        begun.wait()
        Article.objects.filter(pk=article.pk).update(embargo=timezone.now() + DAY)

    outcome = at_once(begin, embargo)
    assert outcome[0] is None
    assert isinstance(outcome[1], IntegrityError)
    assert "before the end of the embargo" in str(outcome[1])


def wait_for_another() -> None:
    """Wait until another connection waits for a lock, as it must; five seconds at the most."""
    sql(
        """
        DO $$ BEGIN
            FOR attempt IN 1..100 LOOP
                PERFORM pg_stat_clear_snapshot();
                EXIT WHEN EXISTS (SELECT FROM pg_stat_activity
                                   WHERE datname = current_database() AND wait_event_type = 'Lock');
                PERFORM pg_sleep(0.05);
            END LOOP;
        END $$
        """
    )


# Addresses


@alone
def test_nobody_writes_a_former_address_by_hand() -> None:
    article, other = make_article("The bridge"), make_article("The harbour")
    for slug in ("the-harbour", "never-was"):
        with refused("written by the database alone"):
            FormerAddress.objects.create(article=article, slug=slug)
    change_slug(article, None, "the-long-bridge")
    with refused("written by the database alone"):
        FormerAddress.objects.update(article=other)


@alone
def test_a_former_address_goes_only_with_its_article_or_when_it_is_taken_back() -> None:
    article = make_article("The bridge")
    change_slug(article, None, "the-long-bridge")
    with refused("goes only with its article"):
        FormerAddress.objects.all().delete()
    change_slug(article, None, "the-bridge")
    connection.check_constraints()
    assert list(FormerAddress.objects.values_list("slug", flat=True)) == ["the-long-bridge"]
    draft = make_article("Tomorrow", public=False)
    planned = publish(draft, None, at=timezone.now() + DAY)
    change_slug(draft, None, "the-day-after")
    Revision.objects.filter(pk=planned.pk).update(live=None)
    draft.delete()
    connection.check_constraints()
    assert FormerAddress.objects.count() == 1


@with_others
@pytest.mark.parametrize("is_new", [True, False])
def test_an_address_is_never_the_former_one_of_one_article_and_that_of_another(is_new: bool) -> None:
    article, other = make_article("The bridge"), make_article("The harbour")
    given_up = Event()

    def give_up() -> None:
        with transaction.atomic():
            Article.objects.filter(pk=article.pk).update(slug="the-long-bridge")
            given_up.set()
            wait_for_another()

    def take() -> None:
        given_up.wait()
        if is_new:
            Article.objects.create(slug="the-bridge")
        else:
            Article.objects.filter(pk=other.pk).update(slug="the-bridge")

    outcome = at_once(give_up, take)
    assert outcome[0] is None
    assert isinstance(outcome[1], IntegrityError)
    assert "had it before" in str(outcome[1])
    assert not Article.objects.filter(slug="the-bridge").exists()


# Withdrawals and removals


@alone
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_withdrawal_has_nothing_public_after_it(days: int) -> None:
    article = make_article("The bridge", published=days_ago(5))
    with refused("its periods end before it is withdrawn"):
        Withdrawal.objects.create(article=article, at=timezone.now() + days * DAY, reason="An error.")


@alone
def test_an_article_that_was_withdrawn_may_be_public_again_and_withdrawn_again() -> None:
    article = make_article("The bridge", published=days_ago(5))
    withdraw(article, None, reason="An error.")
    publish(article, None)
    withdraw(article, None, reason="Another error.", at=timezone.now() + DAY)
    assert article.withdrawals.count() == 2


@alone
def test_what_is_removed_is_closed_by_now() -> None:
    article = seen_in_turn("The bridge", ("One.", 5, 3), ("Two.", 3, None))
    revision = article.revisions.filter(live__isnull=False).earliest("live")
    with refused("closed by now"):
        Removal.objects.create(revision=revision, reason="A court's order.")
    with refused("closed by now"):
        Revision.objects.filter(pk=revision.pk).update(closed_at=timezone.now() + DAY)
        Removal.objects.create(revision=revision, reason="A court's order.")
    Revision.objects.filter(pk=revision.pk).update(closed_at=timezone.now() - DAY)
    Removal.objects.create(revision=revision, reason="A court's order.")
    connection.check_constraints()


@alone
def test_what_readers_never_saw_is_not_removed() -> None:
    planned = publish(make_article("Tomorrow", public=False), None, at=timezone.now() + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=planned.pk).update(closed_at=timezone.now())
    with refused("readers have seen"):
        Removal.objects.create(revision=planned, reason="A court's order.")


# Corrections and steps


@alone
def test_a_correction_is_put_right_by_a_revision_of_its_own_article() -> None:
    article, other = make_article("The bridge"), make_article("The harbour")
    with refused("a revision of its own"):
        Correction.objects.create(article=article, text="An error.", revision=other.revisions.get())
    Correction.objects.create(article=article, text="An error.", revision=article.revisions.get())


@alone
def test_a_correction_and_a_step_are_of_a_known_kind() -> None:
    article = make_article("The bridge")
    with refused("correction_kind_known"):
        Correction.objects.create(article=article, text="An error.", kind="boast")
    with refused("workflow_step_kind_known"):
        WorkflowStep.objects.create(revision=article.revisions.get(), kind="applaud")
    for kind in Correction.Kind.values:
        Correction.objects.create(article=article, text="An error.", kind=kind)
    for kind in WorkflowStep.Kind.values:
        WorkflowStep.objects.create(revision=article.revisions.get(), kind=kind, note="So.")
