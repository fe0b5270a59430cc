"""What waits for a reviewer, in which order, and what a row of the queue tells."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from actors.models import Actor
from articles.actions import content_of, publish, save_revision
from assertions import actions
from assertions.models import Assertion, ProposedLink
from assertions.reviewing.queue import in_order, waiting, with_marks
from cms.models import User
from tests.assertions.desk_cast import (
    ACCEPT,
    REJECT,
    decide,
    make_double,
    make_suggestion,
    make_waiting,
    run_out,
)
from tests.factories import make_article, make_assertion
from tests.staff import make_staff

WORDS = "No ship has left"


@pytest.fixture
def anna(db: None) -> User:
    return make_staff("reviewer", "anna")


@pytest.fixture
def ben(db: None) -> User:
    return make_staff("reviewer", "ben")


def claims(found: object) -> list[str]:
    return [assertion.claim for assertion in found]  # type: ignore[attr-defined]


def aged(assertion: Assertion, days: float) -> Assertion:
    Assertion.objects.filter(pk=assertion.pk).update(created_at=timezone.now() - timedelta(days=days))
    return assertion


# What waits


def test_what_nobody_decided_what_was_reopened_and_what_changed_waits(anna: User) -> None:
    fresh, reopened, changed = (make_waiting(words) for words in ("Fresh.", "Reopened.", "Changed."))
    for assertion in (reopened, changed, make_waiting("Accepted.")):
        decide(assertion, None)
    decide(make_waiting("Rejected."), None, **REJECT)
    decide(reopened, None, verdict="reopen")
    Assertion.objects.filter(pk=changed.pk).update(hedge="perhaps")
    assert set(waiting(anna)) == {fresh, reopened, changed}


def test_what_another_has_in_hand_does_not_wait_until_the_lease_runs_out(anna: User, ben: User) -> None:
    assertion = make_waiting("Ships left.")
    actions.take(assertion, anna)
    assert list(waiting(anna)) == [assertion]
    assert list(waiting(ben)) == []
    run_out(assertion)
    assert list(waiting(ben)) == [assertion]


def test_under_four_eyes_nobody_is_given_what_they_proposed(anna: User, ben: User, settings: object) -> None:
    assertion = make_waiting("Ships left.", anna)
    assert list(waiting(anna)) == []
    assert list(waiting(ben)) == [assertion]
    settings.REVIEW_FOUR_EYES = False  # type: ignore[attr-defined]
    assert list(waiting(anna)) == [assertion]


def test_nobody_is_given_again_what_they_gave_an_opinion_on_unless_the_claim_changed(
    anna: User, ben: User
) -> None:
    assertion = make_waiting("Ships left.", topics=[make_double()])
    decide(assertion, anna)
    assert list(waiting(anna)) == []
    assert list(waiting(ben)) == [assertion]
    Assertion.objects.filter(pk=assertion.pk).update(hedge="perhaps")
    assert list(waiting(anna)) == [assertion]


# In which order


def test_contradictions_come_first_then_lost_quotations_then_the_surest_then_the_oldest(
    db: None, ada: Actor
) -> None:
    article = make_article("Ada Vale denies it", f"“{WORDS},” Ada Vale said.")
    lost = make_assertion("Lost.", ada, article=article, exact=WORDS, accepted=False)
    body = replace(content_of(article.revisions.latest("number")), body="<p>It was quiet.</p>")
    publish(article, None, revision=save_revision(article, body, None))
    make_suggestion("Unsure.", confidence=0.6)
    aged(make_suggestion("Sure, older.", confidence=0.9), 3)
    make_suggestion("Sure, newer.", confidence=0.9)
    make_waiting("Of a person.")
    contradicting = make_suggestion("Contradicts.", confidence=0.5)
    accepted = make_assertion("Accepted.")
    actions.link(contradicting, accepted, None, type="contradicts")
    assert claims(in_order(Assertion.objects.undecided())) == [
        "Contradicts.", "Lost.", "Of a person.", "Sure, older.", "Sure, newer.", "Unsure.",
    ]  # fmt: skip
    assert lost.claim == "Lost."


def test_a_contradiction_that_likeness_proposes_counts_until_it_is_refused(anna: User) -> None:
    source, target = make_waiting("Ships left."), make_waiting("No ship left.")
    link = ProposedLink.objects.create(source=source, target=target, type="contradicts", similarity=0.8)
    marks = with_marks(Assertion.objects.all())
    assert {(row.contradicts, row.may_contradict) for row in marks} == {(False, True)}
    link.state, link.decided_by, link.decided_at = "refused", anna, timezone.now()
    link.save()
    assert {(row.contradicts, row.may_contradict) for row in marks.all()} == {(False, False)}


# What a row tells


def test_a_row_tells_who_has_it_in_hand_and_that_two_decide(anna: User) -> None:
    double = make_waiting("Ships left.", topics=[make_double()])
    single = make_waiting("Goods were sent.")
    actions.take(single, anna)
    rows = {row.pk: row for row in with_marks(Assertion.objects.all())}
    assert (rows[double.pk].is_double, rows[double.pk].held_by) == (True, None)
    assert (rows[single.pk].is_double, rows[single.pk].held_by) == (False, "anna")
    run_out(single)
    assert with_marks(Assertion.objects.all()).get(pk=single.pk).held_by is None


def test_an_opinion_is_in_no_row(anna: User, ben: User) -> None:
    """The rows of a claim that one reviewer has judged blind and of one that nobody has are alike."""
    topic = make_double()
    judged, untouched = (make_waiting(words, topics=[topic]) for words in ("Judged.", "Untouched."))
    decide(judged, anna, **ACCEPT)
    rows = with_marks(in_order(waiting(ben))).values(
        "rank", "contradicts", "anchors_lost", "is_double", "held_by"
    )
    first, second = rows.filter(pk__in=[judged.pk, untouched.pk])
    assert first == second
