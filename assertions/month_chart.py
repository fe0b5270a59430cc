"""Two counts by month as a chart: bars above a line for one side, below it for the other. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

HEIGHT = 210
LABELS = 204
AXIS = 95
TALLEST = 78
GAP = 2
LEFT, RIGHT = 8, 8
WIDEST, NARROWEST = 28, 12
"""Width of a month in pixels of the drawing, bar and space."""
COLUMN = 1064
"""Width of the page's column: the months share it while each has room, so that the newest are in sight."""
LAST_LABEL = 60
"""A name is wider than its month, so the last one needs room."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart: its place and size in the drawing, and how many it stands for."""

    x: float
    y: float
    width: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its first day, its bars, and where its name stands if it is written below the line."""

    day: date
    x: float
    above: Bar
    below: Bar
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """All months from the first to the last with a count, empty ones too; sizes in pixels of the drawing."""

    months: list[Month]
    width: int
    height: int
    axis: int
    label: int
    tallest: int


def draw(above: Mapping[date, int], below: Mapping[date, int]) -> Chart | None:
    """Return the chart of two counts by the first day of a month; None if there is nothing to count.

    Both sides share one scale. The first month of a quarter, half-year or year carries its name.
    """
    counted = [*above, *below]
    if not counted:
        return None
    days = _months_between(min(counted), max(counted))
    tallest = max([*above.values(), *below.values()])
    scale = TALLEST / tallest
    every = _label_interval(len(days))
    step = max(NARROWEST, min(WIDEST, (COLUMN - LEFT - LAST_LABEL - RIGHT) // len(days)))
    bar = round(step * 0.7)
    months = []
    for place, day in enumerate(days):
        x = LEFT + place * step
        up, down = round(above.get(day, 0) * scale, 1), round(below.get(day, 0) * scale, 1)
        months.append(
            Month(
                day,
                x,
                Bar(x, AXIS - GAP - up, bar, up, above.get(day, 0)),
                Bar(x, AXIS + GAP, bar, down, below.get(day, 0)),
                is_labelled=(day.month - 1 + day.year * 12) % every == 0
                or (len(days) < every and place == 0),
            )
        )
    return Chart(months, LEFT + len(days) * step + LAST_LABEL + RIGHT, HEIGHT, AXIS, LABELS, tallest)


def _label_interval(months: int) -> int:
    """Return after how many months a name is written, so that names keep apart."""
    return 3 if months <= 24 else 6 if months <= 60 else 12


def _months_between(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
