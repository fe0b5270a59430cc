"""What stands around an assertion, and that what was rejected counts nowhere."""

from typing import Any

import pytest

from actors.models import Actor
from assertions import actions
from assertions.desk.decision.background import background
from assertions.models import Assertion, ProposedLink
from assertions.reviewing.queue import contradicting, may_contradict
from tests.assertions.desk_cast import REJECT, decide, make_waiting
from tests.factories import make_question, make_topic

pytestmark = pytest.mark.django_db


def reject(*assertions: Assertion) -> None:
    for assertion in assertions:
        decide(assertion, None, **REJECT)


def rewrite(assertion: Assertion) -> None:
    assertion.claim = f"Perhaps: {assertion.claim}"
    actions.save_assertion(assertion, None)


def propose(source: Assertion, target: Assertion) -> ProposedLink:
    return ProposedLink.objects.create(source=source, target=target, type="contradicts", similarity=0.9)


def test_what_was_rejected_is_rejected_until_its_claim_changes() -> None:
    undecided, accepted, rejected, reopened, changed = (make_waiting(f"Ships left {n}.") for n in range(5))
    decide(accepted, None)
    reject(rejected, reopened, changed)
    decide(reopened, None, verdict="reopen")
    rewrite(changed)
    assert set(Assertion.objects.not_rejected()) == {undecided, accepted, reopened, changed}


@pytest.mark.parametrize("is_source", [True, False])
def test_links_with_what_was_rejected_stand_in_no_background(is_source: bool) -> None:
    claim, linked, proposed = (make_waiting(f"Ships left {n}.") for n in range(3))
    actions.link(*((linked, claim) if is_source else (claim, linked)), None, type="contradicts")
    propose(*((proposed, claim) if is_source else (claim, proposed)))
    around = background(claim)
    assert (len(around.opposing_links), len(around.proposed_links)) == (1, 1)
    reject(linked, proposed)
    around = background(claim)
    assert (around.opposing_links, around.proposed_links) == ([], [])
    assert len(background(linked).opposing_links) == 1, (
        "what opposes a rejected claim is still shown beside it"
    )
    rewrite(linked)
    assert len(background(claim).opposing_links) == 1


def test_nothing_contradicts_what_was_rejected() -> None:
    linked, proposed, rejected = (make_waiting(words) for words in ("Ships left.", "Few left.", "None left."))
    actions.link(linked, rejected, None, type="contradicts")
    propose(rejected, proposed)

    def against() -> tuple[set[Assertion], set[Assertion]]:
        rows = Assertion.objects
        return set(rows.filter(contradicting())), set(rows.filter(may_contradict()))

    assert against() == ({linked, rejected}, {proposed, rejected})
    reject(rejected)
    assert against() == ({rejected}, {rejected})
    rewrite(rejected)
    assert against() == ({linked, rejected}, {proposed, rejected})


def test_a_proposed_contradiction_counts_no_more_once_the_two_are_linked() -> None:
    one, other = make_waiting("Ships left."), make_waiting("No ship left.")
    propose(one, other)
    assert Assertion.objects.filter(may_contradict()).count() == 2
    assert not Assertion.objects.filter(contradicting()).exists()
    actions.link(one, other, None, type="updates")
    assert not Assertion.objects.filter(contradicting() | may_contradict()).exists()


def test_withdrawn_questions_are_not_offered(ada: Actor) -> None:
    ports = make_topic("Ports")
    questions = [make_question("Did ships leave?"), make_question("Did ships come?")]
    for question in questions:
        other = make_waiting(f"On {question}", topics=[ports])
        actions.answer(question, other, None, stance="affirms")
    claim = make_waiting("Ships left.", topics=[ports])
    assert set(background(claim).fitting_questions) == set(questions)
    actions.withdraw_question(questions[0], None)
    assert background(claim).fitting_questions == questions[1:]


def test_a_rejected_claim_that_was_changed_is_like_others_again() -> None:
    words = "Ships of Ostria have carried grain to the ports of Vesta."
    one, other = (make_waiting(words, said=f"2024-0{n}-01") for n in (5, 6))
    for each in (one, other):
        each.speakers.create(description="a minister")
    reject(one)
    assert actions.propose_links([one.pk, other.pk]) == 0
    one.refresh_from_db()
    one.hedge = "it seems"
    actions.save_assertion(one, None)
    assert actions.propose_links([one.pk, other.pk]) == 1


def test_a_likeness_that_nobody_confirmed_may_contradict() -> None:
    one, other = make_waiting("Ships left."), make_waiting("No ship left.")
    propose(one, other)
    assert [each.words for each in background(one).proposed_links] == ["may contradict"]


def test_the_same_speaker_stands_apart_from_others_who_speak_for_the_same_party(
    ada: Actor, boris: Actor, ostria: Actor
) -> None:
    ports = make_topic("Ports")

    def said(claim: str, **speaker: Any) -> Assertion:
        return make_waiting(claim, speakers=[speaker], topics=[ports])

    claim = said("Ships left.", actor=ada, speaks_for=ostria)
    by_ada = said("Ships came.", actor=ada)
    by_boris = said("Ships stayed.", actor=boris, speaks_for=ostria)
    by_ostria = said("Ships are ours.", actor=ostria)
    described = said("Ships sank.", description="a diplomat", speaks_for=ostria)
    said("Ships burn.", actor=boris)
    around = background(claim)
    assert around.same_speaker == [by_ada]
    assert set(around.same_party) == {by_boris, by_ostria, described}
    assert background(described).same_speaker == []
    assert set(background(by_ostria).same_party) == {claim, by_boris, described}
