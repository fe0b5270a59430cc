"""Which measure a number in a text belongs to: the one that counts such things, if there is one only."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from assertions.models import Measure
from assertions.suggestions.shapes import FoundQuantity

_LARGEST = Decimal(10) ** 16
"""Beyond what the column of a bound holds."""
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    "a an and are as at been by for from have in is of on one or said that the they to with".split()
)


class Measures:
    """The measures of the newsroom, by the words of their names and of what they count."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        self._known = [(measure, _named(measure), _counted(measure)) for measure in measures]

    def rows(
        self, quantities: Sequence[FoundQuantity], content: str
    ) -> tuple[list[dict[str, Any]], list[str]]:
        """Return fields of Quantity for the numbers of a content that have a measure, and the words of the others."""
        rows: dict[int, dict[str, Any]] = {}
        left = []
        for quantity in quantities:
            measure = self.of(quantity.unit, content)
            if measure is None or measure.pk in rows or not _can_be_stored(quantity):
                if _tells_something(quantity):
                    left.append(" ".join(quantity.span.text.split()))
                continue
            rows[measure.pk] = {
                "measure": measure,
                "low": quantity.low,
                "high": quantity.high,
                "low_open": quantity.low_open and quantity.low is not None,
                "high_open": quantity.high_open and quantity.high is not None,
                "is_approximate": quantity.is_approximate,
            }
        return list(rows.values()), left

    def of(self, unit: str, content: str) -> Measure | None:
        """Return the measure that counts such a unit and of whose name every word stands in a content.

        Of several the one that says most; None if two say as much, or none fits: killed is another measure than killed
        and wounded.
        """
        unit_stems, there = stems(unit), stems(content)
        fitting = [
            (len(named), measure)
            for measure, named, counted in self._known
            if unit_stems and unit_stems <= counted and named and named <= there
        ]
        most = max((words for words, _ in fitting), default=0)
        best = [measure for words, measure in fitting if words == most]
        return best[0] if len(best) == 1 else None


def stems(words: str) -> frozenset[str]:
    """Return words by their beginnings, so that the numbers and cases of one word are one: "Korea", "Korean"."""
    found = (word.casefold() for word in _WORD.findall(words))
    return frozenset(word[: max(4, len(word) - 2)] for word in found if word not in _SMALL)


def _named(measure: Measure) -> frozenset[str]:
    """Return what has to stand in a content: the words of the name, except the unit, for which there are others."""
    return stems(measure.name) - stems(measure.unit)


def _counted(measure: Measure) -> frozenset[str]:
    """Return all words for what is counted."""
    return stems(" ".join([measure.name, measure.unit, measure.counts, *measure.inclusions]))


def _tells_something(quantity: FoundQuantity) -> bool:
    """Tell whether a number is more than a way of speaking, as "the two states" is."""
    return (
        max((bound for bound in (quantity.low, quantity.high) if bound is not None), default=Decimal(0)) > 2
    )


def _can_be_stored(quantity: FoundQuantity) -> bool:
    bounds = [bound for bound in (quantity.low, quantity.high) if bound is not None]
    are_numbers = all(bound.is_finite() and abs(bound) < _LARGEST for bound in bounds)
    return bool(bounds) and are_numbers and bounds == sorted(bounds) and not _is_empty(quantity)


def _is_empty(quantity: FoundQuantity) -> bool:
    """Tell whether open bounds leave no number between them."""
    same = quantity.low is not None and quantity.low == quantity.high
    return same and (quantity.low_open or quantity.high_open)
