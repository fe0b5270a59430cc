"""Deciding: by whom, on what was read, with which reason; and taking a decision back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import withdraw
from assertions import actions
from assertions.actions.leasing import GONE, IN_HAND
from assertions.actions.reviewing import CHANGED, DECIDED
from assertions.models import Assertion, Lease, Review, Speaker
from cms.models import User
from tests.assertions.desk_cast import ACCEPT, REJECT, decide, make_suggestion, make_waiting, run_out
from tests.factories import make_actor, make_article, make_assertion
from tests.staff import make_staff
from tests.threads import at_once


@pytest.fixture
def anna(db: None) -> User:
    return make_staff("reviewer", "anna")


@pytest.fixture
def ben(db: None) -> User:
    return make_staff("reviewer", "ben")


@pytest.fixture
def assertion(db: None) -> Assertion:
    return make_waiting("Ships left.")


def refusal(assertion: Assertion, by: User | None, **decision: Any) -> ValidationError:
    """Return the refusal of a decision, which leaves nothing behind."""
    before = Review.objects.count()
    with pytest.raises(ValidationError) as refused:
        decide(assertion, by, **decision)
    assert Review.objects.count() == before
    return refused.value


# Four eyes


def test_who_proposed_cannot_accept_and_everybody_else_can(anna: User, ben: User) -> None:
    assertion = make_waiting("Ships left.", anna)
    assert "somebody else accepts it" in refusal(assertion, anna, **ACCEPT).message_dict["verdict"][0]
    assert decide(assertion, ben).verdict == "accept"


def test_who_proposed_can_reject_dispute_and_reopen(anna: User) -> None:
    for verdict in ("reject", "dispute", "reopen"):
        assert decide(make_waiting("Ships left.", anna), anna, verdict=verdict).verdict == verdict


def test_who_corrected_the_wording_of_a_suggestion_can_accept_it_and_says_why(anna: User) -> None:
    assertion = make_suggestion("Ships left harbor.")
    assertion.claim = "Ships left harbour."
    actions.save_assertion(assertion, anna)
    assert "changed since a rule suggested it" in refusal(assertion, anna, **ACCEPT).message_dict["reason"][0]
    assert decide(assertion, anna, **ACCEPT, reason="So we spell it.").decided_by == anna


def test_four_eyes_can_be_switched_off(anna: User, settings: Any) -> None:
    settings.REVIEW_FOUR_EYES = False
    assert decide(make_waiting("Ships left.", anna), anna).decided_by == anna


def test_the_operator_decides_on_anything(anna: User) -> None:
    assertion = make_suggestion("Ships left.")
    actions.take(assertion, anna)
    assert decide(assertion, None, verdict="reject").decided_by is None
    assert Lease.objects.get().reviewer == anna


def test_deciding_is_for_those_who_may(assertion: Assertion) -> None:
    with pytest.raises(PermissionDenied):
        decide(assertion, make_staff("reporter"))


# Reasons


@pytest.mark.parametrize(
    "departure", [{"verdict": "reject"}, {"verdict": "dispute"}, ACCEPT | {"attribution": "partly"}]
)
def test_what_departs_from_a_suggestion_needs_a_reason(anna: User, departure: dict[str, str]) -> None:
    suggestion = make_suggestion("Ships left.")
    assert "reason" in refusal(suggestion, anna, **departure).message_dict
    assert "reason" in refusal(suggestion, anna, **departure, reason=" \n").message_dict
    assert decide(suggestion, anna, **departure, reason=" So it says. ").reason == "So it says."


def test_what_agrees_with_a_suggestion_needs_none_nor_what_a_person_proposed(anna: User) -> None:
    assert decide(make_suggestion("Ships left."), anna).reason == ""
    assert decide(make_waiting("Ships left."), anna, verdict="reject").reason == ""


def test_an_acceptance_is_graded_apart_from_what_the_evidence_carries(
    assertion: Assertion, anna: User
) -> None:
    for missing in ("attribution", "source_reliability", "information_credibility"):
        decision = {name: value for name, value in ACCEPT.items() if name != missing}
        assert "the evidence carries it and grade" in str(refusal(assertion, anna, **decision))
    made = decide(assertion, anna, **ACCEPT | {"attribution": "partly"})
    assert (made.attribution, made.grade) == ("partly", "B2")


# What was read


def test_a_claim_that_changed_meanwhile_is_read_again(assertion: Assertion, anna: User) -> None:
    seen = assertion.claim_version
    Speaker.objects.create(assertion=assertion, actor=make_actor("Ada Vale"))
    assert refusal(assertion, anna, **ACCEPT, claim_version=seen).code == CHANGED


def test_who_decides_second_on_what_they_saw_undecided_is_told_of_the_first(
    assertion: Assertion, anna: User, ben: User
) -> None:
    first = decide(assertion, anna)
    refused = refusal(assertion, ben, **REJECT, seen_review=0)
    assert refused.code == DECIDED
    assert "anna decided meanwhile: accepted B2" in refused.messages[0]
    assert decide(assertion, ben, **REJECT, seen_review=first.pk).verdict == "reject"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_decides_and_one_is_told() -> None:
    assertion = make_waiting("Ships left.")
    reviewers = [make_staff("reviewer", name) for name in ("anna", "ben")]
    version = assertion.claim_version
    results = at_once(
        *(
            lambda reviewer=reviewer: decide(
                assertion, reviewer, **ACCEPT, claim_version=version, seen_review=0
            )
            for reviewer in reviewers
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["Review", "ValidationError"]
    assert [result.code for result in results if isinstance(result, ValidationError)] == [DECIDED]
    assert Review.objects.count() == 1


def test_what_another_has_in_hand_is_not_decided(assertion: Assertion, anna: User, ben: User) -> None:
    actions.take(assertion, anna)
    refused = refusal(assertion, ben, **ACCEPT)
    assert refused.code == IN_HAND
    assert "anna has it in hand until" in refused.messages[0]


def test_after_a_lease_ran_out_and_another_took_it_the_first_is_told(
    assertion: Assertion, anna: User, ben: User
) -> None:
    actions.take(assertion, anna)
    run_out(assertion)
    actions.take(assertion, ben)
    assert "ben has it in hand" in refusal(assertion, anna, **ACCEPT, seen_review=0).messages[0]
    decide(assertion, ben, **REJECT)
    assert "ben decided meanwhile: rejected" in refusal(assertion, anna, **ACCEPT, seen_review=0).messages[0]


def test_after_a_lease_ran_out_and_nobody_took_it_the_decision_holds(
    assertion: Assertion, anna: User
) -> None:
    actions.take(assertion, anna)
    run_out(assertion)
    assert decide(assertion, anna).decided_by == anna
    assert not Lease.objects.exists()


def test_a_claim_whose_article_is_withdrawn_while_it_is_open_is_decided_and_not_public(anna: User) -> None:
    article = make_article("Ships left")
    assertion = make_assertion("Ships left.", article=article, accepted=False)
    actions.take(assertion, anna)
    withdraw(article, None, reason="The letter was forged.")
    assert decide(assertion, anna, **ACCEPT, claim_version=assertion.claim_version).verdict == "accept"
    assert assertion in Assertion.objects.accepted()
    assert assertion not in Assertion.objects.public()


def test_a_claim_that_was_deleted_while_it_was_open_is_told_as_that(assertion: Assertion, anna: User) -> None:
    actions.take(assertion, anna)
    Assertion.objects.get(pk=assertion.pk).delete()
    for act in (lambda: decide(assertion, anna), lambda: actions.take(assertion, anna)):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == GONE


def test_what_would_come_of_a_decision_is_foreseen_and_nothing_changes(
    assertion: Assertion, anna: User, ben: User
) -> None:
    assert actions.foresee(assertion, ben, verdict="accept") == actions.Outcome.DECISION
    actions.take(assertion, anna)
    with pytest.raises(ValidationError, match="anna has it in hand"):
        actions.foresee(assertion, ben, verdict="accept")
    assert not Review.objects.exists()


# Undo


def test_undoing_the_only_decision_opens_the_assertion_again(assertion: Assertion, anna: User) -> None:
    made = decide(assertion, anna)
    assert isinstance(made, Review)
    back = actions.undo(made, anna)
    assert (back.verdict, back.undoes, back.decided_by) == ("reopen", made, anna)
    assert assertion in Assertion.objects.undecided()
    assert Review.objects.filter(assertion=assertion).count() == 2, "nothing is erased"


def test_undoing_a_later_decision_restores_the_one_before(
    assertion: Assertion, anna: User, ben: User
) -> None:
    decide(assertion, anna, **ACCEPT, reason="As quoted.")
    back = actions.undo(as_review(decide(assertion, ben, **REJECT)), ben)
    assert (back.verdict, back.attribution, back.grade, back.reason, back.decided_by) == (
        "accept", "carried", "B2", "As quoted.", ben,
    )  # fmt: skip
    assert assertion in Assertion.objects.public()


def test_a_decision_on_an_earlier_wording_is_not_restored(assertion: Assertion, anna: User) -> None:
    decide(assertion, anna)
    Assertion.objects.filter(pk=assertion.pk).update(claim="Two ships left.")
    assert actions.undo(as_review(decide(assertion, anna, **REJECT)), anna).verdict == "reopen"


def test_an_undo_can_be_undone(assertion: Assertion, anna: User) -> None:
    back = actions.undo(as_review(decide(assertion, anna)), anna)
    again = actions.undo(back, anna)
    assert (again.verdict, again.grade, again.undoes) == ("accept", "B2", back)


def test_only_the_latest_decision_is_undone_and_only_once(
    assertion: Assertion, anna: User, ben: User
) -> None:
    first = as_review(decide(assertion, anna))
    decide(assertion, ben, **REJECT)
    with pytest.raises(ValidationError, match="ben decided since: rejected") as refused:
        actions.undo(first, anna)
    assert refused.value.code == DECIDED
    other = as_review(decide(make_waiting("Goods were sent."), anna))
    actions.undo(other, anna)
    with pytest.raises(ValidationError, match="anna decided since: reopened"):
        actions.undo(other, anna)


def test_reviewers_undo_their_own_decisions_and_editors_anybodys(
    assertion: Assertion, anna: User, ben: User
) -> None:
    made = as_review(decide(assertion, anna))
    for other in (ben, make_staff("reporter")):
        with pytest.raises(PermissionDenied):
            actions.undo(made, other)
    assert actions.undo(made, make_staff("editor")).verdict == "reopen"


def test_what_another_has_in_hand_is_not_undone(assertion: Assertion, anna: User, ben: User) -> None:
    made = as_review(decide(assertion, anna))
    actions.take(assertion, ben)
    with pytest.raises(ValidationError, match="ben has it in hand"):
        actions.undo(made, anna)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_undo_at_once_one_is_told() -> None:
    made = as_review(decide(make_waiting("Ships left."), make_staff("reviewer")))
    editors = [make_staff("editor", name) for name in ("ed", "eve")]
    results = at_once(*(lambda editor=editor: actions.undo(made, editor) for editor in editors))
    assert sorted(type(result).__name__ for result in results) == ["Review", "ValidationError"]
    assert Review.objects.filter(undoes=made).count() == 1


def as_review(made: object) -> Review:
    assert isinstance(made, Review)
    return made
