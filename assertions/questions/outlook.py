"""Where the two sides stand on all the questions between them, in a sentence: computed from their own answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assertions.questions.positions import Change, Party
from assertions.questions.standings import QuestionStanding, by_urgency
from assertions.wording import capital


@dataclass(frozen=True)
class Outlook:
    """Two sides and the questions that concern them, those in dispute first.

    A side says yes or no if that is its latest yes or no, and the order of its sayings is certain; a side that gave
    none, or of which nobody knows which came last, gives no clear answer.
    """

    sides: tuple[Party, Party]
    standings: tuple[QuestionStanding, ...]

    @cached_property
    def affirmed(self) -> list[QuestionStanding]:
        """The questions to which both say yes."""
        return [one for one in self.standings if all(_says(one, side) == "yes" for side in self.sides)]

    @cached_property
    def denied(self) -> list[QuestionStanding]:
        """The questions to which one of them says no, or both do."""
        return [one for one in self.standings if any(_says(one, side) == "no" for side in self.sides)]

    @cached_property
    def unanswered(self) -> list[QuestionStanding]:
        """The questions to which neither gives a clear answer."""
        return [one for one in self.standings if not any(_says(one, side) for side in self.sides)]

    @cached_property
    def in_dispute(self) -> list[QuestionStanding]:
        """The questions that a party affirms and a party denies, be it one of the two or somebody else."""
        return [one for one in self.standings if one.in_dispute]

    @cached_property
    def changes(self) -> list[tuple[QuestionStanding, Change]]:
        """All changes of position on them with their questions, of whichever party, the latest first."""
        found = [(one, change) for one in self.standings for change in one.changes]
        return sorted(found, key=lambda row: row[1].after.first or date.min, reverse=True)

    @property
    def sentence(self) -> str:
        """The state in one sentence: "Ostria and Vesta both say yes to 2 of 7 questions; …"; "" for no questions."""
        if not self.standings:
            return ""
        left, right = self.sides
        total = len(self.standings)
        questions = "1 question" if total == 1 else f"{total} questions"
        who = capital(f"{left.in_sentence} and {right.in_sentence}")
        both = f"{who} both say yes to {len(self.affirmed) or 'none'} of {questions}"
        parts = [both + self._example]
        denials = [(side.in_sentence, number) for side in self.sides if (number := self._denied_by(side))]
        if denials:
            (first, number), *second = denials
            parts.append(
                f"{first} says no to {number}" + "".join(f" and {name} to {n}" for name, n in second)
            )
        if self.unanswered:
            parts.append(f"to {len(self.unanswered)} neither has given a clear answer")
        return "; ".join(parts) + "."

    @property
    def _example(self) -> str:
        """One of the questions that both affirm: that on which a position changed last."""
        if not self.affirmed:
            return ""
        changed = [standing for standing, _ in self.changes if standing in self.affirmed]
        wording = (changed or self.affirmed)[0].question.wording
        return f"{', among them' if len(self.affirmed) > 1 else ':'} “{wording}”"

    def _denied_by(self, side: Party) -> int:
        return sum(_says(one, side) == "no" for one in self.standings)


def outlook(standings: Iterable[QuestionStanding]) -> Outlook | None:
    """Return the outlook on questions as ``standings.standing`` returns them; None where they know no two sides."""
    found = by_urgency(standings)
    if not found or len(found[0].sides) != 2:
        return None
    left, right = (side.party for side in found[0].sides)
    return Outlook((left, right), tuple(found))


def _says(standing: QuestionStanding, side: Party) -> str:
    """Return "yes", "no" or, for no clear answer, ""."""
    yes = any(party.key == side.key for party in standing.affirming)
    no = any(party.key == side.key for party in standing.denying)
    return "" if yes == no else "yes" if yes else "no"
