"""What the counts of a measure come to: how many, by how many, the extremes and the latest; a read model at an instant.

Totals, shares, rates and forecasts are kept apart, and so are counts in different units and counts that are a part of
another one. Nothing is averaged.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from assertions.figures.counts import counted, loaded, stands_as, when, whose
from assertions.models import Measure, Quantity, Speaker
from assertions.vocabulary import QuantityKind
from cms.dates import describe

_COUNTS = [QuantityKind.TOTAL, QuantityKind.STOCK]


@dataclass(frozen=True, slots=True)
class FigureStanding:
    """What a measure comes to: how many counts, by how many named counters and unnamed ones, and its extremes.

    ``lowest``, ``highest`` and ``latest`` are quantities with their ``assertion`` as ``for_ledger`` reads it, among the
    counts of the most usual sort: totals before shares, rates and forecasts, in the unit that most are in.
    ``others`` are what the latest stands beside with an "or"; together they are one of the ``counts``. ``forecasts``
    are counted in ``counts`` too; ``denied`` are the numbers that do not stand.
    """

    measure: Measure
    counts: int
    counters: int
    unnamed: int
    forecasts: int
    denied: int
    lowest: Quantity | None
    highest: Quantity | None
    latest: Quantity | None
    others: list[Quantity]

    @property
    def latest_words(self) -> str:
        """The latest count with its unit, "" for none: "about 3,000 crates", "either 3 crates or 50 barrels"."""
        if self.latest is None:
            return ""
        words = [str(quantity) for quantity in (self.latest, *self.others)]
        return words[0] if len(words) == 1 else f"either {' or '.join(words)}"

    @property
    def varies(self) -> bool:
        """Whether the lowest and the highest differ."""
        return bool(self.lowest and self.highest and self.lowest.in_words() != self.highest.in_words())


@dataclass(frozen=True, slots=True)
class LightCount:
    """A count as far as a standing needs it."""

    pk: int
    measure: int
    kind: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    days: Any
    stands: bool
    is_part: bool
    alternative_to: int | None
    counter: Any
    is_named: bool


def figure_standings(measures: Iterable[Measure], at: datetime) -> list[FigureStanding]:
    """Return what each measure comes to, in their order; the number of queries does not grow with them."""
    asked = list(measures)
    rows: dict[int, list[LightCount]] = defaultdict(list)
    for row in light_counts(asked, at):
        rows[row.measure].append(row)
    chosen = {measure.pk: _choice(measure, rows[measure.pk]) for measure in asked}
    wanted = {pk for choice in chosen.values() for pk in choice.named}
    quantities = {quantity.pk: quantity for quantity in loaded(Quantity.objects.filter(pk__in=wanted), at)}
    return [_standing(measure, rows[measure.pk], chosen[measure.pk], quantities) for measure in asked]


def light_counts(measures: Collection[Measure], at: datetime) -> list[LightCount]:
    """Return the public counts of measures, without their texts, by their keys."""
    units = {measure.pk: measure.unit for measure in measures}
    # The types know no annotated column.
    quantities: Any = counted(measures, at)
    rows = list(
        quantities.order_by("pk").values_list(
            "pk", "measure", "kind", "unit", "low", "high", "days", "assertion__polarity", "assertion__condition",
            "part_of__measure", "alternative_to", "assertion", "counted_by", "counted_by_description", named=True,
        )
    )  # fmt: skip
    voices = _voices({row.assertion for row in rows if not (row.counted_by or row.counted_by_description)})
    return [
        LightCount(
            row.pk, row.measure, row.kind, row.unit or units[row.measure], row.low, row.high, row.days,
            stands_as(row.kind, row.assertion__polarity, row.assertion__condition),
            row.part_of__measure == row.measure, row.alternative_to,
            *_counter(row, voices),
        )
        for row in rows
    ]  # fmt: skip


def _counter(row: Any, voices: dict[int, tuple[frozenset[int], bool]]) -> tuple[Any, bool]:
    """Return what tells counters apart, and whether this one is named.

    Those without a name are never taken for one another, whatever they are called.
    """
    if row.counted_by:
        return frozenset([row.counted_by]), True
    if not row.counted_by_description and row.assertion in voices:
        actors, all_named = voices[row.assertion]
        if all_named:
            return actors, True
    return (row.assertion, row.counted_by_description), False


def _voices(assertions: Collection[int]) -> dict[int, tuple[frozenset[int], bool]]:
    """Return the actors who speak in each assertion, and whether all who speak are named."""
    spoken = Speaker.objects.filter(assertion__in=assertions).order_by("assertion")
    rows = spoken.values_list("assertion", "actor")
    found = {}
    for assertion, members in groupby(rows, key=lambda row: row[0]):
        actors = [actor for _, actor in members]
        found[assertion] = frozenset(filter(None, actors)), None not in actors
    return found


@dataclass(frozen=True, slots=True)
class _Choice:
    """The keys of the counts that a standing names."""

    lowest: int = 0
    highest: int = 0
    latest: int = 0
    others: tuple[int, ...] = ()

    @property
    def named(self) -> set[int]:
        return {self.lowest, self.highest, self.latest, *self.others}


def _choice(measure: Measure, rows: Iterable[LightCount]) -> _Choice:
    """Return the lowest, the highest and the latest count of the most usual sort, and what stands beside the latest."""
    put_forward = [row for row in rows if row.stands]
    usual = _usual(measure, put_forward)
    if not usual:
        return _Choice()
    lowest = min(usual, key=lambda row: (_bound(row.low, row.high), row.pk))
    highest = max(usual, key=lambda row: (_bound(row.high, row.low), -row.pk))
    dated = [row for row in usual if row.days]
    if not dated:
        return _Choice(lowest.pk, highest.pk)
    latest = max(dated, key=by_age).pk
    first = {row.pk: row.alternative_to or row.pk for row in put_forward}
    others = [pk for pk in first if pk != latest and first[pk] == first[latest]]
    return _Choice(lowest.pk, highest.pk, latest, tuple(others))


def _usual(measure: Measure, rows: list[LightCount]) -> list[LightCount]:
    rows = [row for row in rows if not row.is_part] or rows
    kinds: list[Collection[str]] = [
        _COUNTS, [QuantityKind.SHARE], [QuantityKind.RATE], [QuantityKind.FORECAST]
    ]  # fmt: skip
    sort: list[LightCount] = next(
        (found for kind in kinds if (found := [row for row in rows if row.kind in kind])), []
    )
    units = Counter(row.unit for row in sort)
    unit = max(units, key=lambda unit: (units[unit], unit == measure.unit, unit), default="")
    return [row for row in sort if row.unit == unit]


def _bound(bound: Decimal | None, other: Decimal | None) -> Decimal:
    found = other if bound is None else bound
    return Decimal(0) if found is None else found


def by_age(row: Any) -> tuple[bool, date, int]:
    """Return what orders counts by their day: the undated first, then by the last day they are for."""
    days = row.days
    day = (days.upper or days.lower) if days else None
    return day is not None, day or date.min, row.pk


def _standing(
    measure: Measure, rows: list[LightCount], choice: _Choice, quantities: dict[int, Quantity]
) -> FigureStanding:
    put_forward = {row.pk for row in rows if row.stands}
    # One of two that are meant "either … or" is one count with the other.
    counts = [row for row in rows if row.stands and row.alternative_to not in put_forward]
    return FigureStanding(
        measure,
        counts=len(counts),
        counters=len({row.counter for row in counts if row.is_named}),
        unnamed=len({row.counter for row in counts if not row.is_named}),
        forecasts=sum(row.kind == QuantityKind.FORECAST for row in counts),
        denied=len(rows) - len(put_forward),
        lowest=quantities.get(choice.lowest),
        highest=quantities.get(choice.highest),
        latest=quantities.get(choice.latest),
        others=[quantities[pk] for pk in choice.others],
    )


def summary(standing: FigureStanding) -> str:
    """Return what a measure comes to as plain sentences: how many counts, by how many, from what to what."""
    if not standing.counts:
        return "Nobody puts a count of it forward."
    if standing.unnamed:
        named = f"{standing.counters} who {_is(standing.counters)} named and " if standing.counters else ""
        by = f"{named}{standing.unnamed} who {_is(standing.unnamed)} {'not' if named else 'not named'}"
    else:
        by = f"{standing.counters} who counted"
    parts = [f"{standing.counts} counts by {by}."] if standing.counts > 1 else []
    if standing.forecasts and standing.counts > 1:
        many = f"{standing.forecasts} of them {_is(standing.forecasts)}"
        parts.append(f"{many} {'a forecast' if standing.forecasts == 1 else 'forecasts'}.")
    if standing.varies and standing.lowest and standing.highest:
        apart = "Forecasts apart, the" if standing.forecasts else "The"
        parts.append(
            f"{apart} lowest is {standing.lowest.in_words()}, the highest {standing.highest.in_words()}."
        )
    if standing.latest:
        text, _ = when(standing.latest)
        only = "One count:" if standing.counts == 1 else "The latest is"
        parts.append(f"{only} {standing.latest_words} ({whose(standing.latest)}, {describe(text)}).")
    return " ".join(parts) or "One count, of no date."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
