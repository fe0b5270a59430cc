"""How far two raters agree beyond what chance alone would give. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FEW = 20
"""With fewer pairs than that a kappa says little: one pair more can move it by a tenth."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two raters said the same of the same thing; shares are from 0 to 1, None without a pair.

    ``kappa`` is None where it is undefined: without a pair, and where both always said one and the same thing, so
    that chance alone would have them agree each time.
    """

    pairs: int
    same: int
    share: float | None
    by_chance: float | None
    kappa: float | None

    @property
    def percent(self) -> int:
        """The share of pairs that said the same, in whole percent."""
        return round(100 * (self.share or 0))

    @property
    def percent_by_chance(self) -> int:
        """The share that chance alone would give, in whole percent."""
        return round(100 * (self.by_chance or 0))

    @property
    def is_of_few(self) -> bool:
        """Whether there are so few pairs that the number says little."""
        return 0 < self.pairs < FEW

    @property
    def is_one_sided(self) -> bool:
        """Whether both always said one and the same thing, which leaves kappa undefined."""
        return self.pairs > 0 and self.kappa is None


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Return the agreement of two raters from pairs of what the one and the other said of a thing.

    Cohen's kappa: J. Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20(1), 37-46. It is (share - by_chance) / (1 - by_chance), where ``by_chance`` is the share that would
    agree if each rater gave its own verdicts as often as it did, but at random: 1 is full agreement, 0 what chance
    would give, and less than 0 is less than that.
    """
    number = len(pairs)
    if not number:
        return Agreement(0, 0, None, None, None)
    same = sum(one == other for one, other in pairs)
    first, second = (Counter(pair[place] for pair in pairs) for place in (0, 1))
    # In whole numbers, so that what is undefined is told from what is only nearly so.
    by_chance = sum(count * second[said] for said, count in first.items())
    room = number * number - by_chance
    kappa = (number * same - by_chance) / room if room else None
    return Agreement(number, same, same / number, by_chance / (number * number), kappa)
