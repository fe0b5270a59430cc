"""Where a question stands at an instant: who affirms it, who denies it, who is silent, and whose position changed.

Read from the positions that ``assertions.questions.positions`` orders in time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from actors.models import Actor
from assertions.models import Assertion, Question
from assertions.querysets import AssertionQuerySet
from assertions.questions.positions import (
    Change,
    Party,
    Position,
    changes_in,
    each_once,
    in_time,
    latest,
    read,
    sides_at,
    sides_of,
)
from assertions.sources.independent import Sources, sources_of_each
from assertions.vocabulary import Stance
from assertions.wording import capital, listed

NAMED = 4
"""How many parties a sentence names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Side:
    """Where one of the two sides stands on a question: what it said last, one of several that are in no order first."""

    party: Party
    latest: tuple[Position, ...]


@dataclass(frozen=True)
class QuestionStanding:
    """Where a question stands at an instant."""

    question: Question
    positions: tuple[Position, ...]
    sides: tuple[Side, ...]
    sources_for: Sources
    """The independent sources of those who affirm it; ``sources_against`` of those who deny it."""
    sources_against: Sources

    @cached_property
    def assertions(self) -> list[Assertion]:
        """The public claims on it, each once."""
        return list({position.assertion.pk: position.assertion for position in self.positions}.values())

    @property
    def claims(self) -> int:
        """How many public claims answer it."""
        return len(self.assertions)

    @property
    def since(self) -> str:
        """Since when it is open, as EDTF: as the newsroom says, else the earliest date of a claim on it."""
        dated = [position for position in self.positions if position.first]
        earliest = min(dated, key=in_time).date if dated else ""
        return self.question.opened or earliest

    @property
    def last_day(self) -> date:
        """The latest day on which a claim on it may have been made first; the first day of all for none."""
        return max((position.first for position in self.positions if position.first), default=date.min)

    @cached_property
    def affirming(self) -> list[Party]:
        """The parties whose latest yes or no is a yes."""
        return [party for party, said in self._decided if any(position.is_yes for position in said)]

    @cached_property
    def denying(self) -> list[Party]:
        """The parties whose latest yes or no is a no. Where two stand in no order a party may be in both lists."""
        return [party for party, said in self._decided if any(position.is_no for position in said)]

    @cached_property
    def unanswering(self) -> list[Party]:
        """The parties that spoke on it and said neither yes nor no."""
        decided = {party.key for party, _ in self._decided}
        return [
            party
            for party in each_once(position.party for position in self.positions)
            if party.key not in decided and not party.is_article
        ]

    @property
    def silent(self) -> list[Party]:
        """Those of the two sides that nothing is on record of."""
        return [side.party for side in self.sides if not side.latest]

    @property
    def in_dispute(self) -> bool:
        """Whether a party affirms what a party denies."""
        return bool(self.affirming and self.denying)

    @cached_property
    def changes(self) -> list[Change]:
        """All changes of position, in the order of time."""
        return changes_in(self.positions)

    @property
    def telling_changes(self) -> list[Change]:
        """The changes that a line on it tells: the latest reversal, and what one of the two sides changed last."""
        reversals = [change for change in self.changes if change.is_reversal][-1:]
        by_sides = [change for change in self.changes if change.party.side][-1:]
        return [change for change in self.changes if change in (*reversals, *by_sides)]

    @property
    def group(self) -> str:
        """Where a list of questions has it: "disputed", "unanswered" (by a side or both), "agreed" or "empty"."""
        if not self.positions:
            return "empty"
        if self.in_dispute:
            return "disputed"
        answered = {party.key for party, _ in self._decided}
        both = bool(self.sides) and all(side.party.key in answered for side in self.sides)
        return "agreed" if both else "unanswered"

    @cached_property
    def answers_in_words(self) -> str:
        """Who affirms, who denies and who does neither, as a sentence."""
        if not self.positions:
            return "No public claim answers it yet."
        clauses = [
            _clause(self._affirming_by(Stance.CONFIRMS), "confirms it", "confirm it"),
            _clause(self._affirming_by(Stance.AFFIRMS), "affirms it", "affirm it"),
            _clause(self.denying, "denies it", "deny it"),
            _clause(self.unanswering, "neither affirms nor denies it", "neither affirm nor deny it"),
        ]
        text = "; ".join(filter(None, clauses)) or "only the coverage itself speaks on it"
        return f"{capital(text)}."

    @cached_property
    def summary(self) -> str:
        """Who affirms, who denies, which of the two sides is silent, and whose position changed."""
        sentences = [self.answers_in_words]
        if self.positions and self.silent:
            sentences.append(f"{capital(_clause(self.silent, 'has', 'have'))} not answered in this coverage.")
        reversed_by = [change.party for change in self.changes if change.is_reversal]
        answered_by = [change.party for change in self.changes if not change.is_reversal]
        changed = [
            _clause(each_once(reversed_by), "reversed its position", "reversed their positions"),
            _clause(each_once(answered_by), "had given no answer at first", "had given no answer at first"),
        ]
        if told := "; ".join(filter(None, changed)):
            sentences.append(f"{capital(told)}.")
        return " ".join(sentences)

    def _affirming_by(self, stance: Stance) -> list[Party]:
        """Return the affirming parties that confirm it, in whichever of their answers, or those that only affirm."""
        confirming = {one.party.key for one in self.positions if one.stance == Stance.CONFIRMS}
        return [party for party in self.affirming if (party.key in confirming) == (stance == Stance.CONFIRMS)]

    @cached_property
    def _decided(self) -> list[tuple[Party, list[Position]]]:
        found = []
        for party in each_once(position.party for position in self.positions):
            said = [position for position in self.positions if position.party.key == party.key]
            deciding = latest([position for position in said if position.decides])
            if deciding and not party.is_article:
                found.append((party, deciding))
        return found


def standing(
    questions: Iterable[Question],
    at: datetime,
    sides: Sequence[Actor] | None = None,
    among: AssertionQuerySet | None = None,
) -> list[QuestionStanding]:
    """Return where each of some public questions stands, in their order; a fixed number of queries for all.

    ``sides`` are two public actors whose standing is told apart, by default those that the site follows. ``among``,
    for the newsroom, are the claims whose positions count, by default what is public; sources are always of those.
    """
    asked = list(questions)
    parties = sides_at(at) if sides is None else sides_of(sides)
    positions = read(asked, at, parties, among)
    sources = sources_of_each(
        {
            (key, answer): [position.assertion for position in said if _answers(position, answer)]
            for key, said in positions.items()
            for answer in ("yes", "no")
        },
        at,
    )
    return [
        QuestionStanding(
            question,
            tuple(positions[question.pk]),
            tuple(_side(party, positions[question.pk]) for party in parties),
            sources[question.pk, "yes"],
            sources[question.pk, "no"],
        )
        for question in asked
    ]


def _answers(position: Position, answer: str) -> bool:
    return position.is_yes if answer == "yes" else position.is_no


def _side(party: Party, positions: Iterable[Position]) -> Side:
    return Side(party, tuple(latest([said for said in positions if said.party.key == party.key])))


def by_urgency(found: Iterable[QuestionStanding]) -> list[QuestionStanding]:
    """Sort: what is in dispute first, then what was answered last, then what has the most claims."""
    return sorted(found, key=lambda one: (one.in_dispute, one.last_day, one.claims), reverse=True)


def _clause(parties: list[Party], one: str, several: str) -> str:
    if not parties:
        return ""
    names = [party.in_sentence for party in sorted(parties, key=lambda party: party.actor is None)]
    return f"{listed(names, NAMED)} {one if len(parties) == 1 else several}"
