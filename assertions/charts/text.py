"""Rectangles, lines and text in a drawing, and how wide a text can be. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FONT = 13
LINE = 16
"""Height of a line of text in pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, right, bottom in pixels of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", apart: float = 0) -> bool:
        """Tell whether the two overlap, or come nearer to each other than ``apart``."""
        return (
            self.left < other.right + apart
            and other.left < self.right + apart
            and self.top < other.bottom + apart
            and other.top < self.bottom + apart
        )

    def within(self, other: "Box") -> bool:
        """Tell whether it lies in the other one."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text in a box, written from its left edge: (baseline, text)."""

    box: Box
    lines: tuple[tuple[float, str], ...]

    @property
    def x(self) -> float:
        return self.box.left


def text_width(text: str) -> float:
    """Return a width in pixels that the text does not exceed at ``FONT`` pixels, semi-bold.

    The widths are upper bounds of those of Inter (the advance of each group of letters, in ems), with some room for a
    font that stands in for it; letters of scripts that Inter lacks count as wide as the widest of usual fonts.
    """
    return FONT * 1.04 * sum(map(_em, text))


def _em(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.3
    if letter in " ,.'’:;|ijl":
        return 0.34
    if letter in "mwMW%@…—":
        return 1.03
    if letter.isascii() or letter in "–“”·":
        return 0.8 if letter.isupper() else 0.68
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if "LATIN" in unicodedata.name(letter, ""):
        return 1.05
    return 1.2


def shortened(text: str, width: float) -> str:
    """Return the text, cut with "…" if it could be wider than ``width`` pixels."""
    if text_width(text) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept}…") > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def write(lines: Sequence[str], left: float, top: float) -> Text:
    """Return lines of text in a box whose left upper corner is given in pixels; the box is as wide as they can be."""
    box = Box(
        round(left, 1),
        round(top, 1),
        round(left + max(map(text_width, lines)), 1),
        round(top + LINE * len(lines), 1),
    )
    return Text(box, tuple((round(box.top + LINE * row + 12, 1), line) for row, line in enumerate(lines)))


def hits(box: Box, others: Iterable[Box], apart: float) -> bool:
    """Tell whether a box overlaps one of the others, or comes nearer to it than ``apart`` pixels."""
    return any(box.meets(other, apart) for other in others)


def between(one: Box, other: Box) -> Line:
    """Return the shortest level, upright or slanted line from the edge of one box to the edge of the other."""
    x1, x2 = _nearest(one.left, one.right, other.left, other.right)
    y1, y2 = _nearest(one.top, one.bottom, other.top, other.bottom)
    return Line(round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1))


def _nearest(low: float, high: float, other_low: float, other_high: float) -> tuple[float, float]:
    if high < other_low:
        return high, other_low
    if other_high < low:
        return low, other_high
    middle = (max(low, other_low) + min(high, other_high)) / 2
    return middle, middle


def crosses(line: Line, box: Box) -> bool:
    """Tell whether a line enters a box (Liang and Barsky 1984: the part of the line between each pair of edges)."""
    begin, end = 0.0, 1.0
    for start, way, low, high in (
        (line.x1, line.x2 - line.x1, box.left, box.right),
        (line.y1, line.y2 - line.y1, box.top, box.bottom),
    ):
        if way == 0:
            if not low < start < high:
                return False
            continue
        one, other = sorted(((low - start) / way, (high - start) / way))
        begin, end = max(begin, one), min(end, other)
        if begin >= end:
            return False
    return True


def meet(one: Line, other: Line) -> bool:
    """Tell whether two lines cross: the ends of each lie on different sides of the other."""
    return _parts(one, other) and _parts(other, one)


def _parts(line: Line, other: Line) -> bool:
    """Tell whether the ends of the other line lie on different sides of this one, endless."""
    x, y = line.x2 - line.x1, line.y2 - line.y1
    sides = [x * (end_y - line.y1) - y * (end_x - line.x1) for end_x, end_y in _ends(other)]
    return sides[0] * sides[1] < 0


def _ends(line: Line) -> tuple[tuple[float, float], tuple[float, float]]:
    return (line.x1, line.y1), (line.x2, line.y2)
