"""Read model: what came before and after a claim on the questions that it answers.

That is what the same party said on the same question, earlier and later, and who had said the opposite before it.
Parties, their order in time and their changes are those of ``assertions.questions.positions``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assertions.models import Answer, Assertion, Question
from assertions.questions.positions import Change, Party, Position, changes_in, read, sides_at
from assertions.wording import listed

NEIGHBOURS = 4
"""Positions of a party that are shown before and after a claim; the page of the question holds all."""
OPPOSED = 6


@dataclass(frozen=True, slots=True)
class Step:
    """A position on the way, and its claim as a ledger row reads it."""

    position: Position
    claim: Assertion
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One party's positions on a question around a claim, in the order of time, undated ones last."""

    party: Party
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    """Its changes of position that begin or end with the claim."""

    @property
    def is_alone(self) -> bool:
        """Whether the party said nothing else on the question."""
        return len(self.steps) == 1


@dataclass(frozen=True, slots=True)
class Course:
    """What came before and after a claim on one question."""

    answer: Answer
    ways: tuple[Way, ...]
    opposed: tuple[Step, ...]
    """The latest of those who had said yes to its no before it, or no to its yes."""
    opposed_total: int
    is_yes: bool

    @property
    def alone(self) -> str:
        """Those who said nothing else on the question, in words; "" for nobody."""
        return listed([way.party.in_sentence for way in self.ways if way.is_alone])


def courses(claim: Assertion, at: datetime) -> list[Course]:
    """Return for each public question that a public claim answers what came before and after it.

    The number of queries does not depend on how many there are.
    """
    answers = list(
        Answer.objects.filter(assertion=claim, question__in=Question.objects.public(at)).select_related(
            "question"
        )
    )
    if not answers:
        return []
    positions = read([answer.question for answer in answers], at, sides_at(at))
    drafts = [_draft(answer, claim, positions[answer.question_id]) for answer in answers]
    shown = {
        position.assertion.pk
        for _, ways, opposed, _ in drafts
        for position in (*(step for _, steps, _ in ways for step in steps), *opposed[-OPPOSED:])
    }
    ledger = Assertion.objects.for_ledger(at).in_bulk(shown)

    def steps(of: Iterable[Position]) -> tuple[Step, ...]:
        return tuple(
            Step(position, ledger[position.assertion.pk], position.assertion.pk == claim.pk)
            for position in of
        )

    return [
        Course(
            answer,
            tuple(Way(party, steps(near), tuple(turns)) for party, near, turns in ways),
            steps(reversed(opposed[-OPPOSED:])),
            len(opposed),
            is_yes,
        )
        for answer, ways, opposed, is_yes in drafts
    ]


_Draft = tuple[Answer, list[tuple[Party, list[Position], list[Change]]], list[Position], bool]


def _draft(answer: Answer, claim: Assertion, positions: Sequence[Position]) -> _Draft:
    own = [position for position in positions if position.assertion.pk == claim.pk]
    parties = {position.party.key: position.party for position in own if not position.party.is_article}
    ways = []
    shown: set[int] = set()
    for key, party in parties.items():
        said = [position for position in positions if position.party.key == key]
        turns = [
            change
            for change in changes_in(said)
            if claim.pk in (change.before.assertion.pk, change.after.assertion.pk)
        ]
        near = _near(_once(said), claim)
        claims = {position.assertion.pk for position in near}
        # What a party said only together with one before it stands there already.
        if turns or len(claims) == 1 or not claims <= shown:
            ways.append((party, near, turns))
            shown |= claims
    others = [position for position in positions if position.party.key not in parties]
    before = [
        position
        for position in _once(others)
        if any(position.is_before(mine) and position.opposes(mine) for mine in own)
    ]
    return answer, ways, before, any(position.is_yes for position in own)


def _once(positions: Iterable[Position]) -> list[Position]:
    """Return one position a claim, however many of its speakers are of a party."""
    return list({position.assertion.pk: position for position in positions}.values())


def _near(positions: list[Position], claim: Assertion) -> list[Position]:
    place = next(place for place, position in enumerate(positions) if position.assertion.pk == claim.pk)
    return positions[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]
