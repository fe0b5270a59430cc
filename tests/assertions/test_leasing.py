"""Each reviewer has an item of their own in hand, for a while."""

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Count

from assertions import actions
from assertions.actions import leasing
from assertions.actions.leasing import IN_HAND
from assertions.models import Assertion, Lease, Review
from assertions.reviewing.queue import held, waiting
from cms.models import User
from tests.assertions.desk_cast import ACCEPT, REJECT, decide, make_waiting, run_out
from tests.staff import make_staff
from tests.threads import at_once


@pytest.fixture
def anna(db: None) -> User:
    return make_staff("reviewer", "anna")


@pytest.fixture
def ben(db: None) -> User:
    return make_staff("reviewer", "ben")


def next_for(user: User, *exclude: str) -> Assertion | None:
    return actions.take_next(user, waiting(user), exclude)


# One at a time


def test_two_reviewers_are_given_different_items(anna: User, ben: User) -> None:
    first, second = make_waiting("First."), make_waiting("Second.")
    assert next_for(anna) == first
    assert next_for(ben) == second
    assert next_for(make_staff("reviewer", "carla")) is None


def test_what_a_reviewer_has_in_hand_is_given_again_first(anna: User) -> None:
    make_waiting("First.")
    second = make_waiting("Second.")
    actions.take(second, anna)
    assert next_for(anna) == second
    assert Lease.objects.count() == 1


def test_what_is_passed_over_goes_back_to_the_others(anna: User, ben: User) -> None:
    first, second = make_waiting("First."), make_waiting("Second.")
    assert next_for(anna) == first
    actions.release(first, anna)
    assert next_for(anna, first.identifier) == second
    assert next_for(ben) == first


def test_nobody_gives_back_what_another_has_in_hand(anna: User, ben: User) -> None:
    assertion = make_waiting("First.")
    actions.take(assertion, anna)
    actions.release(assertion, ben)
    assert held().get().reviewer == anna


def test_taking_what_one_has_gives_more_time(anna: User) -> None:
    assertion = make_waiting("First.")
    first = actions.take(assertion, anna)
    again = actions.take(assertion, anna)
    assert again.until > first.until
    assert again.taken_at == first.taken_at


def test_taking_what_another_has_is_refused_with_their_name(anna: User, ben: User) -> None:
    assertion = make_waiting("First.")
    actions.take(assertion, anna)
    with pytest.raises(ValidationError, match="anna has it in hand until") as refused:
        actions.take(assertion, ben)
    assert refused.value.code == IN_HAND


def test_a_lease_that_ran_out_is_the_next_ones(anna: User, ben: User) -> None:
    assertion = make_waiting("First.")
    assert next_for(anna) == assertion
    assert next_for(ben) is None
    run_out(assertion)
    assert next_for(ben) == assertion
    assert held().get().reviewer == ben


def test_a_lease_lasts_as_long_as_the_setting_says(anna: User, settings: object) -> None:
    settings.LEASE_MINUTES = 3  # type: ignore[attr-defined]
    lease = actions.take(make_waiting("First."), anna)
    assert (lease.until - lease.taken_at).total_seconds() == 180


def test_what_was_decided_is_in_nobodys_hands(anna: User) -> None:
    assertion = make_waiting("First.")
    actions.take(assertion, anna)
    decide(assertion, anna)
    assert not Lease.objects.exists()


def test_the_database_keeps_a_lease_that_runs_whoever_asks(anna: User, ben: User) -> None:
    """The upsert itself refuses, so that a look that is older than the lease does no harm."""
    assertion = make_waiting("First.")
    assert leasing._lease(assertion, anna)
    assert not leasing._lease(assertion, ben)
    assert held().get().reviewer == anna


def test_taking_is_for_those_who_decide(anna: User) -> None:
    assertion, reporter = make_waiting("First."), make_staff("reporter")
    with pytest.raises(PermissionDenied):
        actions.take(assertion, reporter)
    with pytest.raises(PermissionDenied):
        next_for(reporter)


# At the same time


@pytest.mark.django_db(transaction=True)
def test_a_thousand_decisions_of_eight_reviewers_at_once_none_twice_none_lost() -> None:
    Assertion.objects.bulk_create(Assertion(claim=f"Ship {number} left.") for number in range(1000))
    reviewers = [make_staff("reviewer", f"reviewer {number}") for number in range(8)]
    given: list[tuple[int, int]] = []
    refused: list[str] = []

    def work(reviewer: User) -> None:
        empty = 0
        while empty < 3:
            assertion = next_for(reviewer)
            if assertion is None:
                empty += 1
                continue
            given.append((assertion.pk, reviewer.pk))
            decision = ACCEPT if assertion.pk % 3 else REJECT
            try:
                actions.review(
                    assertion, reviewer, claim_version=assertion.claim_version, seen_review=0, **decision
                )
            except ValidationError as error:
                refused.extend(error.messages)

    raised = at_once(*(lambda reviewer=reviewer: work(reviewer) for reviewer in reviewers))
    assert [error for error in raised if error] == []
    assert refused == []
    times = Counter(key for key, _ in given)
    assert [key for key, count in times.items() if count > 1] == [], "given twice"
    assert len(times) == 1000 and not Assertion.objects.undecided().exists(), "lost"
    doubly = Review.objects.values("assertion").annotate(times=Count("pk")).filter(times__gt=1)
    assert not doubly.exists()
    assert set(Review.objects.values_list("assertion", "decided_by")) == set(given)
    assert not Lease.objects.exists()


def test_an_item_that_is_decided_between_the_look_and_the_lock_is_not_given(
    anna: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look of ben is older than anna's lease and decision; the lock comes after both."""
    first, second = make_waiting("First."), make_waiting("Second.")
    look = leasing._first_unlocked
    looks: list[int] = []

    def overtaken(queue: object) -> Assertion | None:
        found = look(queue)  # type: ignore[arg-type]
        if found is not None and not looks:
            looks.append(found.pk)
            # Within the transaction of ben the row is his; what anna committed before he had it is put here by hand.
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO assertions_review (assertion_id, claim_version, verdict, attribution,"
                    " source_reliability, information_credibility, reason, decided_by_id, decided_at)"
                    " VALUES (%s, 1, 'reject', '', '', '', '', %s, statement_timestamp())",
                    [found.pk, anna.pk],
                )
        return found

    monkeypatch.setattr(leasing, "_first_unlocked", overtaken)
    assert next_for(ben) == second
    assert looks == [first.pk]
