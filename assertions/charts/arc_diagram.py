"""Names in a column, and an arc for whatever ties two of them: a drawing without luck in it. Pure.

A line of its own keeps every name clear of every other one and of the arcs, which a drawing of points in a plane
cannot promise (arc diagrams: Saaty 1964, Wattenberg 2002).
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROW = 28
TOP = 20
DOT = 9
"""From the end of a name to its point."""
NEAREST, MARGIN = 18, 14
"""How far the arc of neighbours reaches out, and how near the longest one comes to the edge."""
APART = 3
"""An arc leaves above its point and arrives below it, so that what goes both ways is two arcs."""
WIDE, NARROW = 13.5, 8.0
"""Pixels of a letter at 13 px: of the scripts that fill a square, and more than the others need."""
THINNEST, THICKEST = 1.0, 5.0


@dataclass(frozen=True, slots=True)
class Line:
    """A name: its text, cut where it is too long, and where it stands; ``key`` says whose it is."""

    key: int
    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Arc:
    """An arc between two names: its path, thickness and what it stands for."""

    one: int
    other: int
    number: int
    path: str
    thickness: float


@dataclass(frozen=True, slots=True)
class Diagram:
    """Names and arcs; all sizes in pixels of the drawing."""

    lines: list[Line]
    arcs: list[Arc]
    width: int
    height: int
    names: int
    point: int


def draw(
    names: Mapping[int, str],
    ties: Sequence[tuple[int, int, int]],
    *,
    directed: bool,
    width: int,
    room: int,
) -> Diagram:
    """Return the diagram of names in their order, with ties as (from, to, number).

    Of the ``width`` of the drawing the names have ``room``; both are pixels. The thickest arcs are drawn first, so
    that thin ones stay in sight. Raises KeyError for a tie of somebody who has no name here.
    """
    places = {key: TOP + place * ROW for place, key in enumerate(names)}
    most = max((number for *_, number in ties), default=1)
    x = room + DOT
    furthest = width - x - MARGIN
    longest = max(ROW, (len(names) - 1) * ROW)
    arcs = []
    for one, other, number in sorted(ties, key=lambda tie: -tie[2]):
        shift = APART if directed else 0
        start, end = places[one] - shift, places[other] + shift
        out = NEAREST + (furthest - NEAREST) * (abs(end - start) - ROW) / max(longest - ROW, 1)
        out = round(min(max(out, NEAREST), furthest), 1)
        sweep = 1 if end > start else 0
        path = f"M{x} {start} A{out} {abs(end - start) / 2:g} 0 0 {sweep} {x} {end}"
        thickness = THINNEST + (THICKEST - THINNEST) * (number - 1) / max(most - 1, 1)
        arcs.append(Arc(one, other, number, path, round(thickness, 1)))
    lines = [Line(key, fitted(text, room), places[key]) for key, text in names.items()]
    return Diagram(lines, arcs, width, TOP * 2 + max(len(names) - 1, 0) * ROW, room, x)


def fitted(text: str, room: float) -> str:
    """Return a text, or as much of it as surely fits into the room, with an ellipsis."""
    if length(text) <= room:
        return text
    while text and length(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


def length(text: str) -> float:
    """Return how many pixels a text needs at most."""
    return sum(
        0
        if unicodedata.combining(letter)
        else WIDE
        if unicodedata.east_asian_width(letter) in "WF"
        else NARROW
        for letter in text
    )
