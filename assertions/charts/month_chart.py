"""Two counts by month, or by year over long times: bars above a line for one side, below it for the other. Pure."""

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assertions.charts.text import text_width

TALLEST = 78
"""Height in pixels of the bar of the most."""
GAP = 2
LEFT, RIGHT = 8, 8
WIDEST, NARROWEST = 28, 12
"""Width of a month in pixels of the drawing, bar and space."""
COLUMN = 1064
"""Width of the page's column: the months share it while each has room, so that the newest are in sight."""
LAST_LABEL = 60
"""A name is wider than its month, so the last one needs room."""
LONG = 120
"""More months than that are drawn as years."""
LETTERS = 14
"""Height of a number above or below a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart: its place and size in the drawing, and how many it stands for."""

    x: float
    y: float
    width: float
    height: float
    count: int

    @property
    def end(self) -> float:
        """The lower edge."""
        return round(self.y + self.height, 1)


@dataclass(frozen=True, slots=True)
class Month:
    """A month or a year: its first day, its bars, its middle, and its name if it is written below the bars."""

    day: date
    x: float
    above: Bar
    below: Bar
    middle: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All months (or years: ``unit``) from the first to the last with a count, empty ones too.

    Sizes are in pixels of the drawing.
    """

    months: list[Month]
    unit: Literal["month", "year"]
    width: int
    height: int
    axis: float
    label: float
    tallest: int
    has_numbers: bool


def draw(above: Mapping[date, int], below: Mapping[date, int]) -> Chart | None:
    """Return the chart of two counts by the first day of a month; None if there is nothing to count.

    Both sides share one scale. The first bar carries its name, and so does every quarter, half-year or year (or every
    few years) whose name does not come near another. Bars carry their numbers where these have room.
    """
    counted = [*above, *below]
    if not counted:
        return None
    unit: Literal["month", "year"] = "month"
    days = _months_between(min(counted), max(counted))
    if len(days) > LONG:
        unit, above, below = "year", _by_year(above), _by_year(below)
        days = [date(year, 1, 1) for year in range(days[0].year, days[-1].year + 1)]
    tallest = max([*above.values(), *below.values()])
    scale = TALLEST / tallest
    step = max(NARROWEST, min(WIDEST, (COLUMN - LEFT - LAST_LABEL - RIGHT) // len(days)))
    width = round(step * 0.7)
    axis = round(LETTERS + max(above.values(), default=0) * scale + GAP, 1)
    label = round(axis + GAP + max(below.values(), default=0) * scale + LETTERS + 18, 1)
    names = _names(days, step, unit)
    months = []
    for place, day in enumerate(days):
        x = LEFT + place * step
        up, down = round(above.get(day, 0) * scale, 1), round(below.get(day, 0) * scale, 1)
        months.append(
            Month(
                day,
                x,
                Bar(x, round(axis - GAP - up, 1), width, up, above.get(day, 0)),
                Bar(x, round(axis + GAP, 1), width, down, below.get(day, 0)),
                x + width / 2,
                names.get(place, ""),
            )
        )
    has_numbers = text_width(str(tallest)) <= step
    return Chart(
        months, unit, LEFT + len(days) * step + LAST_LABEL + RIGHT, round(label + 8), axis, label, tallest, has_numbers
    )  # fmt: skip


def _names(days: Sequence[date], step: int, unit: str) -> dict[int, str]:
    """Return by its place the name of each period that is named: none comes near the one before."""
    every = _label_interval(len(days))
    found: dict[int, str] = {}
    free = 0.0
    for place, day in enumerate(days):
        number = day.year if unit == "year" else day.month - 1 + day.year * 12
        if place and (number % every or place * step < free):
            continue
        found[place] = str(day.year) if unit == "year" else f"{calendar.month_abbr[day.month]} {day.year}"
        free = place * step + text_width(found[place]) + 8
    return found


def _label_interval(periods: int) -> int:
    """Return after how many months or years a name is written, so that names keep apart."""
    return 3 if periods <= 24 else 6 if periods <= 60 else 12


def _by_year(counts: Mapping[date, int]) -> dict[date, int]:
    years: Counter[date] = Counter()
    for day, number in counts.items():
        years[date(day.year, 1, 1)] += number
    return dict(years)


def _months_between(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
