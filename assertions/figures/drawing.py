"""The counts of a measure as drawings over time, a group for each unit and sort."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F

from actors.models import ActorName, NameKind
from assertions.charts.range_chart import Chart, Count, Side, draw
from assertions.charts.text import text_width
from assertions.figures.counts import counted, loaded, whose
from assertions.figures.standing import FigureStanding, by_age, figure_standings, light_counts
from assertions.models import Measure, Quantity
from assertions.relationships import followed
from assertions.vocabulary import QuantityKind

CHARTED = 100
"""A drawing shows no more counts than that, the latest."""
LONG = 150
"""A name that may be wider than so many pixels is abbreviated in a drawing, if it has an abbreviation."""
SIZES = {"small": (280, 380), "medium": (580, 400), "large": (980, 430)}
"""Drawings of one chart, in pixels: for a phone, a tablet and a wide page."""


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


def figure(measure: Measure, at: datetime) -> Figure:
    """Return what the page of a measure draws: its standing and its counts as drawings, by unit and sort."""
    order = list(
        counted([measure], at).order_by(F("day").asc(nulls_last=True), "pk").values_list("pk", flat=True)
    )
    numbers = {pk: number for number, pk in enumerate(order, 1)}
    put_forward = sorted((row for row in light_counts([measure], at) if row.stands), key=by_age)
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
    return Figure(
        figure_standings([measure], at)[0], groups, numbers, len(put_forward) - len(drawn), sides.names
    )


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
