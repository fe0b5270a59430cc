"""Assertions like others: what is proposed between them, and what a reviewer makes of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Actor
from assertions import actions
from assertions.actions import proposing_links
from assertions.actions.proposing_links import MOST, queue_proposing
from assertions.likeness.alike import LOOKED_AT, becomes, open_proposals, proposals
from assertions.likeness.weighing import Count, Proposal, Saying, proposal
from assertions.models import Assertion, Link, ProposedLink
from assertions.vocabulary import LinkType
from tests.assertions.worker import PATIENCE, wait_until, work
from tests.factories import make_actor, make_article, make_assertion, make_measure, make_question
from tests.staff import make_staff
from tests.threads import at_once, is_waited_for

pytestmark = pytest.mark.django_db
commits = pytest.mark.django_db(transaction=True)

ADA, BORIS = frozenset(["ada"]), frozenset(["boris"])
MAY, JUNE = (date(2024, 5, 1), date(2024, 5, 2)), (date(2024, 6, 1), date(2024, 6, 2))
SAID = Saying(1, "states", "affirmative", "certain", said=MAY, speakers=ADA, parties=ADA)
AGAIN = replace(SAID, key=2, said=JUNE)
BY_BORIS = replace(AGAIN, speakers=BORIS, parties=BORIS)
DENIED = replace(BY_BORIS, act="denies", polarity="negative")

SHIPS = "Ships of Ostria have carried grain to the ports of Vesta."


def kind(one: Saying, other: Saying, similarity: float = 1.0) -> str | None:
    found = proposal(one, other, similarity)
    return str(found.type) if found else None


# What may be between two, pure


def test_the_same_said_again_by_the_same_repeats() -> None:
    assert proposal(SAID, AGAIN, 0.9) == Proposal(2, 1, LinkType.REPEATS, 0.9)
    assert kind(SAID, BY_BORIS) is None, "another voice may corroborate; likeness does not tell"


def test_what_came_through_another_repeats_that_one() -> None:
    assert kind(SAID, replace(BY_BORIS, relays=ADA)) == "repeats"


def test_who_spoke_for_the_same_party_does_not_repeat() -> None:
    assert (
        kind(replace(SAID, parties=ADA | {"ostria"}), replace(BY_BORIS, parties=BORIS | {"ostria"})) is None
    )


def test_a_denial_is_not_found_as_an_affirmation() -> None:
    assert kind(SAID, DENIED) == "contradicts"
    own = replace(DENIED, speakers=ADA, parties=ADA)
    assert kind(SAID, own) == "contradicts", "a reversal is none of a repetition"
    assert kind(replace(SAID, polarity="negative"), AGAIN) == "contradicts"
    assert kind(DENIED, replace(DENIED, key=9)) == "repeats"


def test_a_denial_is_the_source_whenever_it_came() -> None:
    early = replace(DENIED, said=(date(2024, 1, 1), date(2024, 1, 2)))
    assert proposal(SAID, early, 1.0) == Proposal(2, 1, LinkType.CONTRADICTS, 1.0)
    assert proposal(early, SAID, 1.0) == Proposal(2, 1, LinkType.CONTRADICTS, 1.0)


def test_who_says_it_more_firmly_later_updates() -> None:
    firmer = replace(AGAIN, certainty="possible")
    assert proposal(SAID, firmer, 1.0) == Proposal(2, 1, LinkType.UPDATES, 1.0)
    assert kind(SAID, replace(firmer, said=MAY)) == "repeats", "one saying, read in two ways"


def test_who_declined_to_say_and_says_it_later_updates() -> None:
    silent = replace(SAID, act="declines", polarity="open")
    assert kind(silent, AGAIN) == "updates"
    assert kind(silent, BY_BORIS) is None
    assert kind(silent, replace(silent, key=2, said=JUNE)) == "repeats"


def test_a_promise_is_no_statement() -> None:
    assert kind(replace(SAID, act="promises"), DENIED) is None
    assert kind(replace(SAID, act="promises"), AGAIN) is None
    assert kind(replace(SAID, act="promises"), replace(AGAIN, act="promises")) == "repeats"


def test_another_number_updates_if_it_is_later_and_of_the_same_speaker() -> None:
    many = replace(AGAIN, numbers=frozenset(["600"]))
    assert kind(SAID, many) == "updates"
    assert kind(SAID, replace(many, said=MAY)) is None
    assert kind(SAID, replace(many, speakers=BORIS, parties=BORIS)) is None


def count(low: int, high: int | None = None, *, days: Any = MAY, measure: int = 1) -> tuple[Count, ...]:
    return (Count(measure, "total", Decimal(low), None if high is None else Decimal(high), days),)


def test_counts_for_the_same_days_that_cannot_both_hold_contradict() -> None:
    said, other = replace(SAID, counts=count(100, 200)), replace(BY_BORIS, counts=count(600))
    assert kind(said, other) == "contradicts"
    assert kind(said, replace(other, counts=count(150))) is None, "150 and more, 100 to 200: both may hold"
    assert kind(said, replace(other, counts=count(600, days=JUNE))) is None, "it may have become more"
    assert kind(said, replace(other, counts=count(600, days=None))) is None
    assert kind(said, replace(other, counts=count(600, measure=2))) is None
    assert kind(said, replace(AGAIN, counts=count(600))) == "updates"
    assert kind(replace(said, numbers=frozenset("1")), replace(AGAIN, counts=count(150, 180))) == "repeats"


def test_what_happened_on_other_days_or_to_others_is_something_else() -> None:
    assert kind(replace(SAID, happened=MAY), replace(AGAIN, happened=JUNE)) is None
    assert kind(replace(SAID, happened=MAY), replace(DENIED, happened=JUNE)) is None
    assert kind(replace(SAID, subjects=frozenset([1])), replace(AGAIN, subjects=frozenset([2]))) is None
    assert kind(replace(SAID, subjects=frozenset([1])), AGAIN) == "repeats"


def test_opposite_stances_on_a_question_contradict() -> None:
    said = replace(SAID, stances=((7, "affirms"),))
    assert kind(said, replace(BY_BORIS, stances=((7, "denies"),))) == "contradicts"
    assert kind(said, replace(BY_BORIS, stances=((8, "denies"),))) is None


def test_a_common_question_or_topic_makes_it_likelier() -> None:
    assert kind(SAID, DENIED, 0.52) is None
    assert (
        kind(replace(SAID, topics=frozenset([3])), replace(DENIED, topics=frozenset([3])), 0.56)
        == "contradicts"
    )
    assert (
        kind(replace(SAID, stances=((7, "affirms"),)), replace(DENIED, stances=((7, "denies"),)), 0.52)
        == "contradicts"
    )


_SAYINGS = st.builds(
    Saying,
    key=st.integers(1, 99),
    act=st.sampled_from(["states", "denies", "declines", "promises"]),
    polarity=st.sampled_from(["affirmative", "negative", "open"]),
    certainty=st.sampled_from(["certain", "possible"]),
    said=st.sampled_from([None, MAY, JUNE]),
    speakers=st.sampled_from([ADA, BORIS, frozenset()]),
    relays=st.sampled_from([ADA, frozenset()]),
    numbers=st.sampled_from([frozenset("1"), frozenset()]),
)


@given(_SAYINGS, _SAYINGS.map(lambda saying: replace(saying, key=saying.key + 100)), st.floats(0, 1))
def test_what_is_proposed_does_not_depend_on_who_is_asked_first(
    one: Saying, other: Saying, similarity: float
) -> None:
    found = proposal(one, other, similarity)
    assert found == proposal(other, one, similarity)
    polarities = {one.polarity, other.polarity}
    assert found is None or found.type != LinkType.REPEATS or len(polarities) == 1


# Stored


def propose(*assertions: Assertion) -> int:
    return actions.propose_links([assertion.pk for assertion in assertions])


def rows() -> list[tuple[int, int, str]]:
    return [(row.source_id, row.target_id, row.type) for row in open_proposals().order_by("source", "target")]


@pytest.fixture
def said(ada: Actor) -> Assertion:
    return make_assertion(SHIPS, ada, said="2024-05-01")


@pytest.fixture
def denied(boris: Actor) -> Assertion:
    return make_assertion(SHIPS, boris, act="denies", said="2024-05-02", accepted=False)


@pytest.fixture
def reviewer(db: None) -> Any:
    return make_staff("reviewer")


def test_a_new_assertion_is_compared_with_the_others(said: Assertion, ada: Actor) -> None:
    make_assertion("The harbour is closed for repairs.", ada, said="2024-05-01")
    again = make_assertion(
        "Ships of Ostria have carried grain to the port of Vesta.", ada, said="2024-06-01", accepted=False
    )
    assert propose(again) == 1
    assert rows() == [(again.pk, said.pk, "repeats")]
    assert 0.75 < ProposedLink.objects.get().similarity < 1


def test_likeness_links_nothing_by_itself(said: Assertion, denied: Assertion) -> None:
    propose(said, denied)
    assert not Link.objects.exists()
    assert set(Assertion.objects.public()) == {said}


def test_nothing_is_proposed_twice(said: Assertion, denied: Assertion, reviewer: Any) -> None:
    assert [propose(denied), propose(said), propose(said, denied)] == [1, 0, 0]
    actions.refuse_proposed_link(ProposedLink.objects.get(), reviewer)
    assert propose(said, denied) == 0
    assert rows() == []


def test_nothing_is_proposed_where_a_link_stands(said: Assertion, denied: Assertion) -> None:
    propose(denied)
    actions.link(said, denied, None, type="contradicts")
    assert rows() == [], "what somebody linked by hand does not wait any more"
    assert propose(said, denied) == 0
    assert not ProposedLink.objects.exists()


def test_what_was_rejected_is_like_nothing(said: Assertion, denied: Assertion) -> None:
    actions.review(said, None, verdict="reject", reason="Another ship.")
    assert propose(denied, said) == 0


def test_a_changed_claim_takes_its_proposals_along(said: Assertion, denied: Assertion) -> None:
    propose(denied)
    denied.act = "states"
    actions.save_assertion(denied, None)
    assert propose(denied) == 0
    assert rows() == []
    denied.act = "denies"
    actions.save_assertion(denied, None)
    assert propose(said) == 1


def test_an_assertion_that_is_gone_is_like_nothing(said: Assertion) -> None:
    assert actions.propose_links([said.pk + 1000]) == 0


def test_the_article_s_own_voice_repeats_itself_in_a_reprint(db: None) -> None:
    item, copy = (make_article(name, SHIPS) for name in ("Item", "Copy"))
    claims = [make_assertion(SHIPS, article=article) for article in (item, copy)]
    assert propose(*claims) == 0
    item.reprints.create(article=copy, similarity=1.0)
    assert propose(*claims) == 1
    assert rows() == [(claims[1].pk, claims[0].pk, "repeats")]


def test_what_each_says_of_a_question_and_a_measure_counts(ada: Actor, boris: Actor) -> None:
    measure, question = make_measure("Ships"), make_question("Did ships sail?")
    claims = [
        make_assertion(
            SHIPS.replace("Ships", f"{number} ships"),
            speaker,
            said="2024-05-01",
            quantities=[{"measure": measure, "low": number, "high": number}],
        )
        for number, speaker in ((3, ada), (9, boris))
    ]
    actions.answer(question, claims[0], None, stance="affirms")
    assert propose(*claims) == 1
    assert rows() == [(claims[1].pk, claims[0].pk, "contradicts")]


def test_a_few_are_proposed_for_each_of_many_alike(ada: Actor) -> None:
    claims = [make_assertion(SHIPS, ada, accepted=False) for _ in range(12)]
    propose(claims[-1])
    assert len(rows()) == 5


def test_a_proposal_stays_however_many_others_are_likelier(said: Assertion, ada: Actor) -> None:
    again = make_assertion(
        "Ships of Ostria have carried their grain to all ports of Vesta.", ada, said="2024-06-01"
    )
    propose(again)
    crowd = [make_assertion(SHIPS, ada, said="2024-05-01", accepted=False) for _ in range(LOOKED_AT + 5)]
    assert propose(said) == MOST - 1
    assert (again.pk, said.pk, "repeats") in rows()
    assert propose(*crowd) > 0


def test_other_assertions_are_queued_beside_those_that_wait(db: None) -> None:
    asked = [[1, 2, 4], [1, 3, 4], [4, 2, 1], [1, 4], [1], [4, 1], []]
    assert list(map(queue_proposing, asked)) == [True, True, False, True, True, False, False]


def write_both(second: str) -> list[Assertion]:
    ada = [{"actor": make_actor("Ada Vale")}]
    return [
        actions.create_assertion(None, claim=claim, speakers=ada, said=said)
        for claim, said in ((SHIPS, "2024-05-01"), (second, "2024-06-01"))
    ]


@commits
def test_a_claim_that_is_just_being_changed_is_compared_as_it_becomes() -> None:
    other = write_both("The harbour is closed for repairs.")[1]
    changed, worked = Event(), Event()

    def change() -> None:
        with transaction.atomic():
            other.claim = SHIPS
            actions.save_assertion(other, None)
            changed.set()
            wait_until(lambda: worked.is_set() or is_waited_for())

    def run() -> None:
        assert changed.wait(PATIENCE)
        try:
            work()
        finally:
            worked.set()

    assert at_once(change, run) == [None, None]
    assert [row[2] for row in rows()] == ["repeats"]


@commits
def test_what_is_refused_while_a_worker_compares_is_not_proposed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both, editor = write_both(SHIPS), make_staff("editor")
    assert propose(*both) == 1
    both[1].claim = "The harbour is closed for repairs."
    actions.save_assertion(both[1], None)
    said: list[object] = []

    def compare(*asked: Any) -> list[Proposal]:
        found = proposals(*asked)
        said.extend(at_once(lambda: actions.refuse_proposed_link(ProposedLink.objects.get(), editor).state))
        return found

    with monkeypatch.context() as patched:
        patched.setattr(proposing_links, "proposals", compare)
        assert propose(both[1]) == 0
    assert said == ["refused"]
    both[1].claim = SHIPS
    actions.save_assertion(both[1], None)
    assert propose(*both) == 0
    assert ProposedLink.objects.get().state == "refused"


# Taking and refusing


def test_a_denial_that_is_taken_says_what_it_is_aimed_at(
    said: Assertion, denied: Assertion, reviewer: Any
) -> None:
    propose(denied)
    row = ProposedLink.objects.get()
    assert (row.type, becomes(row)) == ("contradicts", LinkType.DENIES)
    with pytest.raises(ValidationError, match="aimed at: the fact, the proof") as refused:
        actions.take_proposed_link(row, reviewer)
    assert "aspect" in refused.value.error_dict
    assert rows() != [], "what was refused changed nothing"
    made = actions.take_proposed_link(row, reviewer, aspect="proof")
    assert (made.source, made.target, made.type, made.aspect) == (denied, said, "denies", "proof")
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("taken", reviewer)


def test_a_later_statement_does_not_erase_an_earlier_one(said: Assertion, ada: Actor, reviewer: Any) -> None:
    later = make_assertion(SHIPS, ada, said="2024-07-01", certainty="possible")
    propose(later)
    made = actions.take_proposed_link(ProposedLink.objects.get(), reviewer)
    assert (made.source, made.target, made.type) == (later, said, "updates")
    assert set(Assertion.objects.public()) == {said, later}


def test_the_second_of_two_who_decide_is_told_of_the_first(
    said: Assertion, denied: Assertion, reviewer: Any
) -> None:
    propose(denied)
    row = ProposedLink.objects.get()
    actions.refuse_proposed_link(row, reviewer)
    with pytest.raises(ValidationError, match="reviewer decided on this link meanwhile: it is refused"):
        actions.take_proposed_link(row, make_staff("editor"), aspect="fact")
    ProposedLink.objects.all().delete()
    with pytest.raises(ValidationError, match="not proposed any more"):
        actions.refuse_proposed_link(row, reviewer)


def test_reporters_decide_on_no_link(said: Assertion, denied: Assertion) -> None:
    propose(denied)
    row, reporter = ProposedLink.objects.get(), make_staff("reporter")
    if reporter.has_perm("assertions.add_link"):
        pytest.fail("Reporters link nothing.")
    with pytest.raises(PermissionDenied):
        actions.refuse_proposed_link(row, reporter)
