"""Figures: what the public counts of a measure say, and whose they are; a read model at an instant.

A number *stands* as a count if its assertion puts it forward; in a denial, a non-answer or under a condition (unless it
is a forecast) it is shown beside the counts, and never among them. Totals, shares, rates and forecasts are kept apart,
and so are counts in different units and counts that are a part of another one. Nothing is averaged.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import DateField, F, Func, Q, QuerySet
from django.db.models.functions import Coalesce

from actors.models import ActorName, NameKind
from assertions.charts.range_chart import Chart, Count, Side, draw
from assertions.charts.text import text_width
from assertions.models import Assertion, Measure, Quantity, Speaker
from assertions.querysets import QuantityQuerySet
from assertions.relationships import followed
from assertions.vocabulary import Polarity, QuantityKind
from assertions.wording import ARTICLE_VOICE, listed
from cms.dates import describe

CHARTED = 100
"""A drawing shows no more counts than that, the latest."""
LONG = 150
"""A name that may be wider than so many pixels is abbreviated in a drawing, if it has an abbreviation."""
RELATIONS = 4
"""So many other counts are named beside one."""
SIZES = {"small": (280, 380), "medium": (580, 400), "large": (980, 430)}
"""Drawings of one chart, in pixels: for a phone, a tablet and a wide page."""

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


@dataclass(frozen=True, slots=True)
class Group:
    """Counts in one unit and of one sort, as a row of drawings by size, or none; undated counts stand apart."""

    unit: str
    sort: str
    counts: list[Count]
    charts: dict[str, Chart]
    undated: list[Count]
    quantities: list[Quantity]

    @property
    def kinds(self) -> set[str]:
        """What the key of the drawings has to explain."""
        return {kind for chart in self.charts.values() for kind in chart.kinds}


@dataclass(frozen=True, slots=True)
class Figure:
    """All that a page of a measure draws. ``numbers`` are those of the table by the key of the quantity."""

    standing: FigureStanding
    groups: list[Group]
    numbers: dict[int, int]
    left_out: int
    sides: tuple[str, str] | None

    @property
    def drawn(self) -> list[Group]:
        """The groups that have a drawing."""
        return [group for group in self.groups if group.charts]

    @property
    def said(self) -> list[tuple[bool, Quantity]]:
        """The counts without a drawing, since no two of their sort are dated; True with an alternative to another."""
        rest = [quantity for group in self.groups if not group.charts for quantity in group.quantities]
        rest.sort(key=lambda quantity: self.numbers[quantity.pk])
        return [(quantity.alternative_to_id in self.numbers, quantity) for quantity in rest]


@dataclass(frozen=True, slots=True)
class _Light:
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


def counted(measures: Iterable[Measure], at: datetime) -> QuantityQuerySet:
    """Return the public quantities of measures, with ``days`` (the range they are for) and ``day`` (its first day).

    That is the as-of date, else when it was said, else when it was published; null where none is known.
    """
    days = Coalesce("as_of_range", "assertion__said_range", "assertion__published_range")
    return (
        Quantity.objects.public(at)
        .filter(measure__in=measures)
        .annotate(days=days)
        .annotate(
            day=Coalesce(
                Func(F("days"), function="lower"), Func(F("days"), function="upper"), output_field=DateField()
            )
        )
    )


def measures_with_counts(at: datetime) -> QuerySet[Measure]:
    """Return the public measures that have a public count."""
    return Measure.objects.public(at).filter(pk__in=Quantity.objects.public(at).values("measure"))


def standing(measures: Iterable[Measure], at: datetime) -> list[FigureStanding]:
    """Return what each measure comes to, in their order; the number of queries does not grow with them."""
    asked = list(measures)
    rows: dict[int, list[_Light]] = defaultdict(list)
    for row in _light(asked, at):
        rows[row.measure].append(row)
    chosen = {measure.pk: _choice(measure, rows[measure.pk]) for measure in asked}
    wanted = {pk for choice in chosen.values() for pk in choice.named}
    quantities = {quantity.pk: quantity for quantity in loaded(Quantity.objects.filter(pk__in=wanted), at)}
    return [_standing(measure, rows[measure.pk], chosen[measure.pk], quantities) for measure in asked]


def loaded(quantities: QuerySet[Quantity], at: datetime) -> list[Quantity]:
    """Return quantities with all that a page says of them: measure, counter, and the assertion as a ledger reads it."""
    rows = list(quantities.select_related("measure", "counted_by"))
    assertions = Assertion.objects.for_ledger(at).in_bulk({row.assertion_id for row in rows})
    for row in rows:
        row.assertion = assertions[row.assertion_id]
    return rows


def whose(quantity: Quantity) -> str:
    """Return whose count it is, in words: who counted, else who says it, else the article itself.

    Reads the assertion's speakers as ``loaded`` fetches them.
    """
    if quantity.counted_by:
        return str(quantity.counted_by)
    speakers = [str(speaker) for speaker in quantity.assertion.speakers.all()]
    return quantity.counted_by_description or listed(speakers) or ARTICLE_VOICE


def when(quantity: Quantity) -> tuple[str, str]:
    """Return the EDTF date that a count is for and what it is: "as of", "said", "published" or "" for none."""
    claim = quantity.assertion
    dates = {"as of": quantity.as_of, "said": claim.said, "published": claim.published}
    return next(((text, basis) for basis, text in dates.items() if text), ("", ""))


def stands(quantity: Quantity) -> bool:
    """Tell whether a number is put forward as a count: not denied, not left open, not a mere condition."""
    claim = quantity.assertion
    return _stands(quantity.kind, claim.polarity, claim.condition)


def _stands(kind: str, polarity: str, condition: str) -> bool:
    is_put_forward = polarity == Polarity.AFFIRMATIVE
    return is_put_forward and (not condition or kind == QuantityKind.FORECAST)


def rows_of(quantities: Sequence[Quantity], numbers: dict[int, int], at: datetime) -> list[Row]:
    """Return counts as the table shows them, each with how it bears on other public ones."""
    relations = _relations(quantities, at)
    return [
        Row(numbers.get(quantity.pk, 0), quantity, stands(quantity), *when(quantity), relations[quantity.pk])
        for quantity in quantities
    ]


def figure(measure: Measure, at: datetime) -> Figure:
    """Return what the page of a measure draws: its standing and its counts as drawings, by unit and sort."""
    order = list(
        counted([measure], at).order_by(F("day").asc(nulls_last=True), "pk").values_list("pk", flat=True)
    )
    numbers = {pk: number for number, pk in enumerate(order, 1)}
    put_forward = sorted((row for row in _light([measure], at) if row.stands), key=_age)
    shown = counted([measure], at).filter(pk__in=[row.pk for row in put_forward[-CHARTED:]])
    drawn = sorted(loaded(shown, at), key=lambda quantity: numbers[quantity.pk])
    superseded = set(
        counted([measure], at)
        .filter(supersedes__in=[quantity.pk for quantity in drawn])
        .values_list("supersedes", flat=True)
    )
    sides = _Sides(at)
    names = _short_names(drawn)
    groups = []
    for (unit, sort), members in _grouped(drawn).items():
        counts = [
            Count(
                key=numbers[quantity.pk],
                who=names.get(quantity.counted_by_id or 0) or whose(quantity),
                words=quantity.in_words(),
                first=_first(quantity),
                last=_last(quantity),
                low=quantity.low,
                high=quantity.high,
                approximate=quantity.is_approximate,
                forecast=quantity.kind == QuantityKind.FORECAST,
                superseded=quantity.pk in superseded,
                side=sides.of(quantity),
                alternative_to=numbers.get(quantity.alternative_to_id or 0),
            )
            for quantity in members
        ]
        groups.append(_group(unit, sort, counts, members))
    groups.sort(key=lambda group: (-len(group.counts), group.unit, group.sort))
    return Figure(standing([measure], at)[0], groups, numbers, len(put_forward) - len(drawn), sides.names)


def _group(unit: str, sort: str, counts: list[Count], quantities: list[Quantity]) -> Group:
    undated = [count for count in counts if not (count.first or count.last)]
    charts: dict[str, Chart] = {}
    if len(counts) - len(undated) > 1:
        drawings = {name: draw(counts, *size, share=sort == "share") for name, size in SIZES.items()}
        charts = {name: drawing for name, drawing in drawings.items() if drawing}
    return Group(unit, sort, counts, charts, undated, quantities)


def _grouped(quantities: Sequence[Quantity]) -> dict[tuple[str, str], list[Quantity]]:
    groups: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        groups[quantity.unit or quantity.measure.unit, _sort(quantity.kind)].append(quantity)
    return groups


def _sort(kind: str) -> str:
    """Return with what a count shares an axis: "count" (forecasts too, in a mark of their own), "rate" or "share"."""
    return kind if kind in (QuantityKind.RATE, QuantityKind.SHARE) else "count"


def _first(quantity: Any) -> date | None:
    first: date | None = quantity.days.lower if quantity.days else None
    return first


def _last(quantity: Any) -> date | None:
    last: date | None = quantity.days.upper if quantity.days else None
    return last - timedelta(days=1) if last else None


def _light(measures: Collection[Measure], at: datetime) -> list[_Light]:
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
        _Light(
            row.pk, row.measure, row.kind, row.unit or units[row.measure], row.low, row.high, row.days,
            _stands(row.kind, row.assertion__polarity, row.assertion__condition),
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


def _choice(measure: Measure, rows: Iterable[_Light]) -> _Choice:
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
    latest = max(dated, key=_age).pk
    first = {row.pk: row.alternative_to or row.pk for row in put_forward}
    others = [pk for pk in first if pk != latest and first[pk] == first[latest]]
    return _Choice(lowest.pk, highest.pk, latest, tuple(others))


def _usual(measure: Measure, rows: list[_Light]) -> list[_Light]:
    rows = [row for row in rows if not row.is_part] or rows
    kinds: list[Collection[str]] = [
        _COUNTS, [QuantityKind.SHARE], [QuantityKind.RATE], [QuantityKind.FORECAST]
    ]  # fmt: skip
    sort: list[_Light] = next(
        (found for kind in kinds if (found := [row for row in rows if row.kind in kind])), []
    )
    units = Counter(row.unit for row in sort)
    unit = max(units, key=lambda unit: (units[unit], unit == measure.unit, unit), default="")
    return [row for row in sort if row.unit == unit]


def _bound(bound: Decimal | None, other: Decimal | None) -> Decimal:
    found = other if bound is None else bound
    return Decimal(0) if found is None else found


def _age(row: Any) -> tuple[bool, date, int]:
    """Return what orders counts by their day: the undated first, then by the last day they are for."""
    days = row.days
    day = (days.upper or days.lower) if days else None
    return day is not None, day or date.min, row.pk


def _standing(
    measure: Measure, rows: list[_Light], choice: _Choice, quantities: dict[int, Quantity]
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


class _Sides:
    """The two sides of the relationship that the site follows, and on which of them a count stands."""

    def __init__(self, at: datetime) -> None:
        relationship = followed(at)
        if relationship is None:
            self.names: tuple[str, str] | None = None
            self._members: dict[int, Side] = {}
            return
        self.names = relationship.left.actor.name, relationship.right.actor.name
        right: dict[int, Side] = dict.fromkeys(relationship.right.members, "b")
        left: dict[int, Side] = dict.fromkeys(relationship.left.members, "a")
        self._members = right | left

    def of(self, quantity: Quantity) -> Side:
        """Return the side of who counted, else of all who say it; "" for others and where the speakers differ."""
        if quantity.counted_by_id or quantity.counted_by_description:
            return self._members.get(quantity.counted_by_id or 0, "")
        sides = {
            self._members.get(speaker.speaks_for_id or speaker.actor_id or 0, "")
            for speaker in quantity.assertion.speakers.all()
        }
        return sides.pop() if len(sides) == 1 else ""


def _short_names(quantities: Sequence[Quantity]) -> dict[int, str]:
    """Return the abbreviations of counters whose names are too long for a label, by the key of the actor."""
    long = {
        quantity.counted_by_id
        for quantity in quantities
        if quantity.counted_by and text_width(quantity.counted_by.name) > LONG
    }
    if not long:
        return {}
    names = ActorName.objects.filter(actor__in=long, kind=NameKind.ABBREVIATION, language__startswith="en")
    return dict(names.order_by("-pk").values_list("actor", "text"))


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
