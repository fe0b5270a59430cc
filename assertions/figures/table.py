"""Counts as the rows of a table, each with how it bears on others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from assertions.figures.counts import loaded, stands, when
from assertions.models import Quantity

RELATIONS = 4
"""So many other counts are named beside one."""


@dataclass(frozen=True, slots=True)
class Relation:
    """How a count bears on another one, in words, and that other one."""

    words: str
    other: Quantity


@dataclass(frozen=True, slots=True)
class Row:
    """A count in the table: its number in the drawing (0 for none), when it is for, and what belongs to it."""

    number: int
    quantity: Quantity
    stands: bool
    when: str
    basis: str
    relations: list[Relation]

    @property
    def is_told_by_another(self) -> bool:
        """Whether somebody else than who says it has counted."""
        counted_by = self.quantity.counted_by_id
        speakers = [speaker.actor_id for speaker in self.quantity.assertion.speakers.all()]
        return bool(self.quantity.counted_by_description) or (
            counted_by is not None and speakers != [counted_by]
        )


def rows_of(quantities: Sequence[Quantity], numbers: dict[int, int], at: datetime) -> list[Row]:
    """Return counts as the table shows them, each with how it bears on other public ones."""
    relations = _relations(quantities, at)
    return [
        Row(numbers.get(quantity.pk, 0), quantity, stands(quantity), *when(quantity), relations[quantity.pk])
        for quantity in quantities
    ]


# What a count is to another: the words there, and back.
_BEARS = {
    "supersedes": ("Supersedes", "Superseded by"),
    "part_of": ("A part of", "Of which"),
    "alternative_to": ("Either this or", "Either this or"),
}


def _relations(quantities: Sequence[Quantity], at: datetime) -> dict[int, list[Relation]]:
    keys = {quantity.pk for quantity in quantities}
    targets = {getattr(quantity, f"{field}_id") for quantity in quantities for field in _BEARS} - {None}
    pointing = Q(pk__in=targets)
    for field in _BEARS:
        pointing |= Q(**{f"{field}__in": keys})
    others = {row.pk: row for row in loaded(Quantity.objects.public(at).filter(pointing), at)}
    known = {**others, **{quantity.pk: quantity for quantity in quantities}}
    found: dict[int, list[Relation]] = defaultdict(list)
    for other in known.values():
        for field, (there, back) in _BEARS.items():
            target = getattr(other, f"{field}_id")
            if target not in known:
                continue
            if other.pk in keys:
                found[other.pk].append(Relation(there, known[target]))
            if target in keys:
                found[target].append(Relation(back, other))
    return defaultdict(list, {pk: rows[:RELATIONS] for pk, rows in found.items()})
