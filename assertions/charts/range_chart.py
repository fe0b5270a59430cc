"""Counts over time as a drawing: a bar from the lowest to the highest number at the day it is for. Pure.

Nothing here knows the database: counts with dates go in, places in pixels come out. No text ever overlaps another text
or leaves the drawing: a label that finds no room becomes the number of its count, and that number too is left out
where there is no room, for the table beside the drawing holds every count.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from assertions.charts.axes import Scale, Tick, date_ticks, days_across, number_labels, number_ticks
from assertions.charts.text import (
    LINE,
    Box,
    Line,
    Text,
    between,
    crosses,
    hits,
    meet,
    shortened,
    text_width,
    write,
)

BAR, THIN = 8, 5
"""Width of a bar, and of the bar of a count that was superseded."""
SHORTEST = 6
"""Height of a bar that stands for one number."""
ARROW = 24
"""Length of the arrow of a bound that is open."""
LABEL = 210
"""A name is no wider than that, nor than 60 in 100 of the plot, or it is cut; a number is never cut."""
NAMED, NUMBERED = 30, 120
"""So many counts are tried with their names, and so many with their numbers."""
SOME = 16
"""With more counts than that, labels stand near or are numbers: long lines would cross the drawing."""
CROWD = 48
"""More counts than that are numbered from the start."""
WIDE = 560
"""A drawing from this width on has room for names beside its last counts."""
FAR = (14, 26, 40, 56, 76, 100, 130, 165, 205, 250)
"""How far from its mark a label may stand, in pixels; in a narrow or full drawing only the first of them."""
CLOSE = (12, 24, 38)
"""The same of a number."""
_APART = 3
_NEAR = 6
_TOP, _FOOT = 30, 26

Side = Literal["", "a", "b"]


@dataclass(frozen=True, slots=True)
class Count:
    """A count to draw: who gave it, in words, from when to when it holds (None: not known), and its bounds.

    ``key`` is its number in the table; a bound that is None is open. ``forecast`` is what was expected, ``superseded``
    what the same source replaced later; ``alternative_to`` is the key of the count that it stands beside with an "or".
    """

    key: int
    who: str
    words: str
    first: date | None
    last: date | None
    low: Decimal | None
    high: Decimal | None
    approximate: bool = False
    forecast: bool = False
    superseded: bool = False
    side: Side = ""
    alternative_to: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """How a count is drawn: a bar, or a wide band where its date is a span of time; ``arrow`` is an open bound."""

    count: Count
    box: Box
    is_span: bool
    arrow: str
    reach: Box
    """The bar and its arrow."""

    @property
    def width(self) -> float:
        return round(self.box.right - self.box.left, 1)

    @property
    def height(self) -> float:
        return round(self.box.bottom - self.box.top, 1)


@dataclass(frozen=True, slots=True)
class Label:
    """The name and words of a count beside its mark, or only its number; a line leads to a mark further off."""

    count: Count
    text: Text
    leader: Line | None
    is_number: bool


@dataclass(frozen=True, slots=True)
class Join:
    """A dashed line between two counts of which one or the other is meant, and the "or" on it if there is room."""

    line: Line
    text: Text | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: sizes in pixels, the axes, the marks in their order, labels and joins."""

    width: int
    height: int
    plot: Box
    numbers: list[Tick]
    dates: list[Tick]
    marks: list[Mark]
    labels: list[Label]
    joins: list[Join]

    @property
    def is_numbered(self) -> bool:
        """Whether some counts stand by their number, or without a label."""
        return sum(not label.is_number for label in self.labels) < len(self.marks)

    @property
    def kinds(self) -> set[str]:
        """What the key has to explain: marks of these kinds are in the drawing."""
        found = {"or"} if self.joins else set()
        for mark in self.marks:
            count = mark.count
            found.add(
                "forecast" if count.forecast else "approximate" if count.approximate else "exact",
            )
            found.update(
                kind
                for kind, there in {
                    "superseded": count.superseded,
                    "span": mark.is_span,
                    "open": bool(mark.arrow),
                    "a": count.side == "a" and not count.superseded,
                    "b": count.side == "b" and not count.superseded,
                }.items()
                if there
            )
        return found


def draw(counts: Iterable[Count], width: int, height: int, *, share: bool = False) -> Chart | None:
    """Return the drawing of counts in one unit, ``width`` times ``height`` pixels; None if none has a date.

    The axis of numbers begins at zero (or below, where a bound is negative); with ``share`` it shows the whole, 0 to
    100, or 0 to 1 where no number is greater. The same counts give the same drawing, in whatever order they come.
    """
    dated = sorted((count for count in counts if count.first or count.last), key=lambda count: count.key)
    if not dated:
        return None
    values = number_ticks(*_extent(dated), most=max(2, (height - _TOP - _FOOT) // 48), share=share)
    written = number_labels(values)
    left = max(text_width(text) for text in written) + 8
    plot = Box(left, _TOP, width - 4, height - _FOOT)
    frame = Box(0, 0, width, height)
    first, last = days_across(
        (day for count in dated for day in (count.first, count.last)),
        room_before=any(count.first is None for count in dated),
        room_after=any(count.last is None for count in dated),
    )
    is_wide = width >= WIDE
    inner = (left + 12, width - (84 if is_wide else 22))
    scale = Scale(first, last, inner, (values[0], values[-1]), (plot.bottom, plot.top))
    marks = _marks(dated, scale, plot)
    joins = _joins(marks, plot)
    return Chart(
        width=width,
        height=height,
        plot=plot,
        numbers=[
            Tick(y := scale.y(value), write((text,), left - 8 - text_width(text), y - LINE / 2))
            for value, text in zip(values, written, strict=True)
        ],
        dates=date_ticks(scale, plot.bottom, frame),
        marks=marks,
        labels=_labels(marks, joins, Box(plot.left + 2, 1, width - 1, plot.bottom - 2), is_wide=is_wide),
        joins=joins,
    )


def _extent(counts: Sequence[Count]) -> tuple[Decimal, Decimal]:
    bounds = [bound for count in counts for bound in (count.low, count.high) if bound is not None]
    return min(bounds, default=Decimal(0)), max(bounds, default=Decimal(0))


def _marks(counts: Sequence[Count], scale: Scale, plot: Box) -> list[Mark]:
    """Return the marks in the order of their days; bars that would hide each other stand side by side."""
    placed: list[Mark] = []
    for count in sorted(counts, key=lambda count: (_middle(count, scale), count.key)):
        mark = _mark(count, scale, plot)
        if not mark.is_span:
            shifts = (0, 10, -10, 20, -20, 30, -30)
            others = [other.reach for other in placed if not other.is_span]
            moved = (_mark(count, scale, plot, shift) for shift in shifts)
            free = (one for one in moved if one.reach.within(around(plot)) and not hits(one.reach, others, 1))
            mark = next(free, mark)
        placed.append(mark)
    return placed


def around(plot: Box) -> Box:
    """Return where marks may stand: the plot and the room above it that arrows reach into."""
    return Box(plot.left, 0, plot.right, plot.bottom + SHORTEST)


def _middle(count: Count, scale: Scale) -> float:
    first, last = _ends(count, scale)
    return (first + last) / 2


def _ends(count: Count, scale: Scale) -> tuple[int, int]:
    """Return the days of a count within the axis: an end that is not known is the end of the axis."""
    first = count.first.toordinal() if count.first else scale.first
    last = count.last.toordinal() if count.last else scale.last
    return min(first, last), max(first, last)


def _mark(count: Count, scale: Scale, plot: Box, shift: int = 0) -> Mark:
    first, last = _ends(count, scale)
    left, right = scale.x(first), scale.x(last)
    width = THIN if count.superseded else BAR
    is_span = right - left > BAR + 4
    if not is_span:
        middle = (left + right) / 2 + shift
        left, right = middle - width / 2, middle + width / 2
    bounds = [bound for bound in (count.low, count.high) if bound is not None] or [scale.values[0]]
    top, bottom = scale.y(max(bounds)), scale.y(min(bounds))
    if bottom - top < SHORTEST:
        middle = (top + bottom) / 2
        top, bottom = middle - SHORTEST / 2, middle + SHORTEST / 2
    box = Box(round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))
    arrow, reach = _arrow(count, box, plot)
    return Mark(count, box, is_span, arrow, reach)


def _arrow(count: Count, box: Box, plot: Box) -> tuple[str, Box]:
    """Return the path of the arrow where a bound is open, "" for none, and the box of bar and arrow."""
    if (count.low is None) == (count.high is None):
        return "", box
    x = round((box.left + box.right) / 2, 1)
    if count.high is None:
        start, tip, head = box.top, round(box.top - ARROW, 1), 5
        reach = replace(box, top=tip)
    else:
        start, tip, head = box.bottom, round(min(box.bottom + ARROW, plot.bottom), 1), -5
        if tip - start < abs(head):
            return "", box
        reach = replace(box, bottom=tip)
    if box.right - box.left < 10:
        reach = replace(reach, left=x - 5, right=x + 5)
    return (
        f"M{x} {start}V{tip}M{round(x - 4, 1)} {tip + head}L{x} {tip}L{round(x + 4, 1)} {tip + head}",
        reach,
    )


def _ink(mark: Mark) -> list[Box]:
    """Return what labels keep away from: the whole of a bar, the edges of a band, and its arrow."""
    box, reach = mark.box, mark.reach
    if not mark.is_span:
        return [reach]
    if box.bottom - box.top < 2 * LINE:
        edges = [box]
    else:
        edges = [replace(box, bottom=box.top + 2), replace(box, top=box.bottom - 2)]
    if mark.arrow:
        middle = (box.left + box.right) / 2
        edges.append(Box(middle - 5, reach.top, middle + 5, reach.bottom))
    return edges


def _joins(marks: Sequence[Mark], plot: Box) -> list[Join]:
    by_key = {mark.count.key: mark for mark in marks}
    ink = [box for mark in marks for box in _ink(mark)]
    written: list[Box] = []
    joins = []
    for mark in marks:
        other = by_key.get(mark.count.alternative_to or 0)
        if other is None or other is mark:
            continue
        line = between(mark.box, other.box)
        text = None
        for part in (0.5, 0.35, 0.65, 0.2, 0.8):
            x, y = line.x1 + (line.x2 - line.x1) * part, line.y1 + (line.y2 - line.y1) * part
            tried = write(("or",), x + 4, y - LINE / 2)
            if tried.box.within(plot) and not hits(tried.box, [*ink, *written], 1):
                text = tried
                written.append(text.box)
                break
        joins.append(Join(line, text))
    return joins


def _labels(marks: Sequence[Mark], joins: Sequence[Join], room: Box, *, is_wide: bool) -> list[Label]:
    """Return the labels that find room, the counts that still hold and the latest first."""
    ink = {mark.count.key: _ink(mark) for mark in marks}
    placed = [join.text.box for join in joins if join.text]
    leaders = [join.line for join in joins]
    labels: list[Label] = []
    waiting = sorted(
        marks, key=lambda mark: (mark.count.superseded, -(mark.box.left + mark.box.right), mark.count.key)
    )
    widest = min(LABEL, (room.right - room.left) * 0.6)
    distances = FAR[: (len(FAR) if is_wide else 4) if len(marks) <= SOME else (4 if is_wide else 2)]
    named = waiting[:NAMED] if len(marks) <= CROWD else []
    for mark in named:
        words = (shortened(mark.count.who, widest), mark.count.words)
        if label := _place(mark, words, room, placed, leaders, ink, distances):
            labels.append(label)
    done = {label.count.key for label in labels}
    for mark in [mark for mark in waiting if mark.count.key not in done][:NUMBERED]:
        if label := _place(mark, (str(mark.count.key),), room, placed, leaders, ink, CLOSE):
            labels.append(label)
    return sorted(labels, key=lambda label: label.count.key)


def _place(
    mark: Mark,
    lines: tuple[str, ...],
    room: Box,
    placed: list[Box],
    leaders: list[Line],
    ink: dict[int, list[Box]],
    distances: Sequence[int],
) -> Label | None:
    """Return the label at the first place that is free, and note that it is taken; None if there is none."""
    text = write(lines, 0, 0)
    size = (text.box.right, text.box.bottom)
    others = [box for key, boxes in ink.items() if key != mark.count.key for box in boxes]
    own = ink[mark.count.key]
    for left, top in _places(mark, size, distances):
        box = Box(left, top, left + size[0], top + size[1])
        if not box.within(room) or hits(box, placed, _APART) or hits(box, [*others, *own], 2):
            continue
        leader = between(box, mark.box)
        is_long = abs(leader.x1 - leader.x2) + abs(leader.y1 - leader.y2) > 2 * _NEAR
        if any(crosses(line, box) for line in leaders):
            continue
        if is_long and any(crosses(leader, other) for other in (*placed, *others)):
            continue
        if is_long and any(meet(leader, line) for line in leaders):
            continue
        placed.append(box)
        if is_long:
            leaders.append(leader)
        return Label(mark.count, write(lines, left, top), leader if is_long else None, len(lines) == 1)
    return None


def _places(mark: Mark, size: tuple[float, float], distances: Sequence[int]) -> Iterator[tuple[float, float]]:
    """Yield where a label may stand (left, top), from the nearest place to the furthest."""
    width, height = size
    box, reach = mark.box, mark.reach
    middle = (box.left + box.right) / 2
    tops = [(box.top + box.bottom - height) / 2, box.top - 3, box.bottom + 3 - height]
    if not mark.is_span:
        yield from ((reach.right + _NEAR, top) for top in tops)
        yield from ((reach.left - _NEAR - width, top) for top in tops)
    for top in (reach.top - _NEAR / 2 - height, reach.bottom + _NEAR / 2):
        yield from ((left, top) for left in (middle - width / 2, box.left, box.right - width))
    if mark.is_span:
        yield from ((reach.right + _NEAR, top) for top in tops)
        yield from ((reach.left - _NEAR - width, top) for top in tops)
        yield (middle + 8, (box.top + box.bottom - height) / 2)
    for away in distances:
        for across in (away, away * 0.5, 0):
            for left in (reach.right + across, reach.left - across - width):
                yield left, reach.top - away - height
                yield left, reach.bottom + away
