"""Counts as bars: upright ones by day or week, stacked by kind, or level ones below their names. Pure.

Nothing here knows the database: counts go in, places in pixels come out. The table beside a drawing holds every count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assertions.charts.axes import Scale, Tick, date_ticks, number_labels, number_ticks
from assertions.charts.text import LINE, Box, Text, shortened, text_width, write

HEIGHT = 200
"""Height of a drawing of upright bars in pixels."""
ROW = 38
"""Height of a name with its level bar."""
THICK = 10
"""Thickness of a level bar."""
LEAST = 1.5
"""What counts at all is seen: a bar is no shorter or narrower than that."""
_TOP, _FOOT, _RIGHT = 10, 30, 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle that stands for ``count`` of one kind: sizes in pixels of the drawing."""

    kind: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """A drawing of upright bars: its size, its plot, the ticks of both axes, and the bars from left to right."""

    width: int
    height: int
    plot: Box
    numbers: list[Tick]
    dates: list[Tick]
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Row:
    """A level bar, the name above it and its number at the end of that line."""

    name: Text
    number: Text
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Rows:
    """A drawing of level bars, one below the other."""

    width: int
    height: int
    rows: list[Row]


def columns(
    counts: Mapping[date, Mapping[str, int]],
    kinds: Sequence[str],
    *,
    first: date,
    last: date,
    days: int,
    width: int,
) -> Columns:
    """Return the drawing of counts by kind and by the first day of the span of ``days`` days that they are of.

    The axis runs from ``first`` to ``last``, empty spans too; the kinds are stacked in their order from below.
    """
    highest = max((sum(each.values()) for each in counts.values()), default=0)
    values = [value for value in number_ticks(Decimal(0), Decimal(highest), most=4) if value % 1 == 0]
    labels = number_labels(values)
    plot = Box(round(max(map(text_width, labels)) + 8, 1), _TOP, width - _RIGHT, HEIGHT - _FOOT)
    # A day's bar stands around its tick, that of a longer span begins there.
    begin = first.toordinal() - (days == 1)
    scale = Scale(
        begin,
        last.toordinal() + 1,
        (plot.left, plot.right),
        (values[0], values[-1]),
        (plot.bottom, plot.top),
    )
    bars = []
    for day in sorted(counts):
        left = scale.x(day.toordinal() - (0.5 if days == 1 else 0))
        room = scale.x(day.toordinal() + days) - scale.x(day.toordinal())
        broad = round(max(LEAST, min(room - 1, room * 0.8)), 1)
        stacked = 0
        for kind in kinds:
            if count := counts[day].get(kind, 0):
                foot, top = scale.y(Decimal(stacked)), scale.y(Decimal(stacked + count))
                at = round(left + (room - broad) / 2, 1)
                bars.append(Bar(kind, count, at, top, broad, round(max(LEAST, foot - top), 1)))
                stacked += count
    numbers = [
        Tick(scale.y(value), write((label,), plot.left - 8 - text_width(label), scale.y(value) - LINE / 2))
        for value, label in zip(values, labels, strict=True)
    ]
    # Days are named within the period only, not in the room beside its first and last bar.
    ends = first.toordinal(), max(last.toordinal(), first.toordinal() + 1)
    named = Scale(*ends, (scale.x(ends[0]), scale.x(ends[1])), scale.values, scale.up)
    dates = date_ticks(named, plot.bottom, Box(0, 0, width, HEIGHT))
    return Columns(width, HEIGHT, plot, numbers, dates, bars)


def rows(counts: Sequence[tuple[str, int]], *, width: int) -> Rows:
    """Return the drawing of named counts, one below the other; a name that has no room is cut with "…"."""
    highest = max((count for _, count in counts), default=0)
    found = []
    for place, (name, count) in enumerate(counts):
        top = place * ROW
        words = f"{count:,}"
        long = text_width(words)
        bar = None
        if count:
            broad = round(max(LEAST, count / highest * width), 1)
            bar = Bar("", count, 0, top + LINE + 2, broad, THICK)
        label = write((shortened(name, width - long - 12),), 0, top)
        found.append(Row(label, write((words,), width - long, top), bar))
    return Rows(width, max(ROW, ROW * len(found)), found)
