"""What PostgreSQL itself holds of decisions and of what likeness proposes, whoever writes: broken by SQL, refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import PassedName, Reprint
from assertions import actions
from assertions.models import Assertion, Lease, Opinion, ProposedLink, Review
from assertions.reviewing.statistics import latest_weeks
from assertions.reviewing.time_in_hand import times_in_hand
from cms.models import User
from tests.assertions.desk_cast import ACCEPT, REJECT, decide, make_double, make_waiting
from tests.factories import days_ago, make_article
from tests.staff import make_staff, signed_in
from tests.threads import at_once

pytestmark = pytest.mark.django_db

INSERT_OPINION = """
    INSERT INTO assertions_opinion (assertion_id, decided_by_id, review_id, claim_version, verdict, attribution,
        source_reliability, information_credibility, reason, decided_at)
    VALUES (%s, %s, %s, 0, 'reject', '', '', '', '', now())
"""
INSERT_REVIEW = """
    INSERT INTO assertions_review (assertion_id, undoes_id, claim_version, verdict, attribution, source_reliability,
        information_credibility, reason, decided_at)
    VALUES (%s, %s, 0, 'reopen', '', '', '', '', now())
"""


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        yield


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def anna() -> User:
    return make_staff("reviewer", "anna")


@pytest.fixture
def ben() -> User:
    return make_staff("reviewer", "ben")


@pytest.fixture
def carla() -> User:
    return make_staff("reviewer", "carla")


def test_a_review_takes_back_one_of_its_own_assertion() -> None:
    one, other = make_waiting("Ships left."), make_waiting("Ships stayed.")
    made = decide(one, None)
    with refused("is of another assertion"):
        sql(INSERT_REVIEW, other.pk, made.pk)
    sql(INSERT_REVIEW, one.pk, made.pk)
    with refused("undoes_id"):
        sql(INSERT_REVIEW, one.pk, made.pk)


def test_an_opinion_comes_to_a_review_of_its_own_claim(anna: User, ben: User) -> None:
    topic = make_double()
    one, other = (make_waiting(claim, topics=[topic]) for claim in ("Ships left.", "Ships stayed."))
    opinion, foreign = decide(one, anna), decide(other, None)
    assert isinstance(opinion, Opinion)
    with refused("is of another claim"):
        sql("UPDATE assertions_opinion SET review_id = %s WHERE id = %s", foreign.pk, opinion.pk)
    with refused("is of another claim"):
        sql(INSERT_OPINION, one.pk, ben.pk, foreign.pk)
    earlier = decide(one, None)
    Assertion.objects.filter(pk=one.pk).update(claim="Ships left the port.")
    with refused("or of another version of it"):
        sql(INSERT_OPINION, one.pk, ben.pk, earlier.pk)


def test_what_came_of_an_opinion_stays(anna: User, ben: User) -> None:
    assertion = make_waiting("Ships left.", topics=[make_double()])
    decide(assertion, anna)
    decide(assertion, ben)
    actions.undo(Review.objects.get(), None)
    with refused("that stays"):
        sql("UPDATE assertions_opinion SET review_id = NULL")
    with refused("that stays"):
        sql("UPDATE assertions_opinion SET review_id = (SELECT max(id) FROM assertions_review)")


def test_two_opinions_on_a_claim_are_open_at_most(anna: User, ben: User, carla: User) -> None:
    assertion = make_waiting("Ships left.", topics=[make_double()])
    decide(assertion, anna)
    decide(assertion, ben, **REJECT)
    with refused("a third reviewer settles it"):
        sql(INSERT_OPINION, assertion.pk, carla.pk, None)
    Assertion.objects.filter(pk=assertion.pk).update(claim="Ships left the port.")
    sql(INSERT_OPINION, assertion.pk, carla.pk, None)


def test_a_claim_is_taken_before_it_is_decided_on(anna: User) -> None:
    assertion = make_waiting("Ships left.")
    with refused("review_taken_first"):
        Review.objects.create(
            assertion=assertion, verdict="reopen", taken_at=timezone.now() + timedelta(minutes=1)
        )
    with refused("opinion_taken_first"):
        Opinion.objects.create(
            assertion=assertion,
            verdict="reject",
            decided_by=anna,
            taken_at=timezone.now() + timedelta(minutes=1),
        )


def test_two_articles_are_one_pair_whichever_is_the_original() -> None:
    one, other = make_article("One"), make_article("Other")
    pair = Reprint.objects.create(article=one, original=other, similarity=0.9)
    with refused("reprint_once_a_pair"):
        Reprint.objects.create(article=other, original=one, similarity=0.9)
    sql(
        "UPDATE articles_reprint SET article_id = original_id, original_id = article_id WHERE id = %s",
        pair.pk,
    )


def test_two_assertions_have_one_proposed_link_whichever_is_its_source() -> None:
    one, other = make_waiting("Ships left."), make_waiting("Ships left the port.")
    ProposedLink.objects.create(source=one, target=other, type="repeats", similarity=0.9)
    with refused("proposed_link_once_a_pair"):
        ProposedLink.objects.create(source=other, target=one, type="updates", similarity=0.9)


def test_what_happens_to_a_proposal_or_a_passed_name_leaves_its_trace() -> None:
    one, other = make_article("One"), make_article("Other")
    Reprint.objects.create(article=one, original=other, similarity=0.9)
    claims = make_waiting("Ships left."), make_waiting("Ships left the port.")
    ProposedLink.objects.create(source=claims[0], target=claims[1], type="repeats", similarity=0.9)
    PassedName.objects.create(text="Nobody Known")
    for table, change, event in (
        ("articles_reprint", "similarity = 0.8", "articles.ReprintEvent"),
        ("assertions_proposedlink", "similarity = 0.8", "assertions.ProposedLinkEvent"),
        ("articles_passedname", "reason = 'A ship.'", "articles.PassedNameEvent"),
    ):
        sql(f"UPDATE {table} SET {change}")
        sql(f"DELETE FROM {table}")
        events = apps.get_model(event).objects.order_by("pgh_id")
        assert list(events.values_list("pgh_label", flat=True)) == ["insert", "update", "delete"]


def taken(assertion: Assertion, by: User, seconds: int) -> None:
    """Give a reviewer an assertion as of some seconds ago."""
    actions.take(assertion, by)
    Lease.objects.filter(assertion=assertion).update(taken_at=timezone.now() - timedelta(seconds=seconds))


def test_a_decision_keeps_when_its_reviewer_took_the_claim_in_hand(anna: User) -> None:
    assertion, other = make_waiting("Ships left."), make_waiting("Ships stayed.")
    taken(assertion, anna, 40)
    began = Lease.objects.get().taken_at
    made = decide(assertion, anna)
    assert made.taken_at == began
    assert decide(other, anna).taken_at is None
    assert decide(other, None, verdict="reopen").taken_at is None


def test_times_in_hand_are_told_by_reviewer_and_opinions_once_they_are_settled(
    anna: User, ben: User, carla: User
) -> None:
    topic = make_double()
    single = make_waiting("Ships left.")
    taken(single, anna, 10)
    decide(single, anna)
    agreed, apart, half = (make_waiting(f"{n} ships left.", topics=[topic]) for n in range(3))
    for assertion, by, seconds, decision in (
        (agreed, anna, 30, ACCEPT),
        (agreed, ben, 50, ACCEPT),
        (apart, anna, 70, ACCEPT),
        (apart, ben, 90, REJECT),
        (apart, carla, 110, REJECT),
        (half, ben, 800, ACCEPT),
    ):
        taken(assertion, by, seconds)
        decide(assertion, by, **decision)
    found = times_in_hand(latest_weeks(timezone.localdate()))
    times = [(each.name, round(each.median.total_seconds(), -1), each.decisions) for each in found]
    assert times == [("", 60, 6), ("anna", 30, 3), ("ben", 70, 2), ("carla", 110, 1)]
    page = signed_in(anna).get("/admin/desk/statistics/").content.decode()
    assert "From taking in hand to deciding" in page and "70 seconds" in page


def test_without_a_claim_in_hand_there_is_no_time(anna: User) -> None:
    decide(make_waiting("Ships left."), anna)
    Review.objects.create(assertion=make_waiting("Ships stayed."), verdict="reopen", taken_at=days_ago(1))
    assert times_in_hand(latest_weeks(timezone.localdate())) == []


@pytest.mark.django_db(transaction=True)
def test_of_three_opinions_at_once_the_third_is_refused() -> None:
    assertion = make_waiting("Ships left.", topics=[make_double()])
    reviewers = [make_staff("reviewer", name) for name in ("anna", "ben", "carla")]

    def give(reviewer: User) -> None:
        with transaction.atomic():
            sql(INSERT_OPINION, assertion.pk, reviewer.pk, None)

    results = at_once(*(partial(give, reviewer) for reviewer in reviewers))
    assert sum(isinstance(result, IntegrityError) for result in results) == 1
    assert Opinion.objects.count() == 2
