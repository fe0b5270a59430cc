"""The axes of a drawing: round numbers upwards, and the days, months or years of a calendar across. Pure."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from assertions.charts.text import Box, Text, text_width, write


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and what is written there."""

    at: float
    text: Text


@dataclass(frozen=True, slots=True)
class Scale:
    """From days and numbers to pixels."""

    first: int
    last: int
    across: tuple[float, float]
    values: tuple[Decimal, Decimal]
    up: tuple[float, float]

    def x(self, day: float) -> float:
        left, right = self.across
        return round(left + (day - self.first) / (self.last - self.first) * (right - left), 1)

    def y(self, value: Decimal) -> float:
        bottom, top = self.up
        lowest, highest = self.values
        return round(bottom + float((value - lowest) / (highest - lowest)) * (top - bottom), 1)


def number_ticks(lowest: Decimal, highest: Decimal, *, most: int, share: bool = False) -> list[Decimal]:
    """Return round numbers (1, 2 or 5 times a power of ten apart) from below the lowest to above the highest.

    Zero is among them. There are about ``most`` of them and never fewer than two.
    """
    bottom, top = min(lowest, Decimal(0)), max(highest, Decimal(0))
    if share and bottom == 0 and top <= 100:
        top = Decimal(1) if top <= 1 else Decimal(100)
    if bottom == top:
        top = Decimal(1)
    step = _round_step((top - bottom) / most)
    start = int((bottom / step).to_integral_value(ROUND_FLOOR))
    stop = int((top / step).to_integral_value(ROUND_CEILING))
    return [step * number for number in range(start, stop + 1)]


def _round_step(least: Decimal) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)


_WORDS = [(15, "quadrillion"), (12, "trillion"), (9, "billion"), (6, "million")]


def number_labels(values: Sequence[Decimal]) -> list[str]:
    """Return the numbers of an axis as they are written there: 5,000, 0.5, 2 million."""
    greatest = max(abs(value) for value in values)
    power, word = next(
        ((power, f" {word}") for power, word in _WORDS if greatest >= Decimal(10) ** power), (0, "")
    )
    return [f"{_plain(value.scaleb(-power))}{word}" if value else "0" for value in values]


def _plain(value: Decimal) -> str:
    text = f"{value:,f}".replace("-", "−")
    return text.rstrip("0").rstrip(".") if "." in text else text


def days_across(
    days: Iterable[date | None], *, room_before: bool = False, room_after: bool = False
) -> tuple[int, int]:
    """Return the first and last day of an axis that holds some days, as ordinals, at least three weeks apart.

    There is room before or after for what began or ended nobody knows when.
    """
    known = [day.toordinal() for day in days if day]
    first, last = min(known), max(known)
    if last - first < 21:
        first, last = max(1, first - 10), min(date.max.toordinal(), last + 11)
        first = min(first, last - 21)
    room = (last - first) // 12
    first, last = first - room * room_before, last + room * room_after
    return max(1, first), min(date.max.toordinal(), last)


_DAYS, _MONTHS, _YEARS = (1, 2, 7, 14), (1, 2, 3, 6), (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def date_ticks(scale: Scale, bottom: float, frame: Box) -> list[Tick]:
    """Return the finest regular days, months or years whose names stand apart below the axis."""
    rarely: list[Tick] = []
    for days in _calendars(scale.first, scale.last):
        ticks = _named(days, scale, bottom, frame)
        if len(ticks) == len(days) > 1:
            return ticks
        rarely = rarely or ticks[:1]
    ends = [date.fromordinal(scale.first), date.fromordinal(scale.last)]
    both = _named(ends, scale, bottom, frame, every_year=True)
    return both or rarely


def _calendars(first: int, last: int) -> Iterator[list[date]]:
    """Yield the days of ever rarer calendars between two, where they are not too many to be named."""
    span, most = last - first, 30
    for step in _DAYS:
        if span / step <= most:
            yield [date.fromordinal(day) for day in range(first, last + 1) if (day - 1) % step == 0]
    begin, end = date.fromordinal(first), date.fromordinal(last)
    months = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
    for step in _MONTHS:
        if len(months) / step <= most:
            days = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
            yield [day for day in days if first <= day.toordinal() <= last]
    for step in _YEARS:
        if (end.year - begin.year) / step <= most:
            days = [date(year, 1, 1) for year in range(begin.year, end.year + 1) if year % step == 0]
            yield [day for day in days if first <= day.toordinal() <= last]


def _named(
    days: Sequence[date], scale: Scale, bottom: float, frame: Box, *, every_year: bool = False
) -> list[Tick]:
    """Return the ticks of days with their names, without those whose names would come too near to the one before.

    The year stands with the first and wherever it changes.
    """
    yearly = all(day.month == day.day == 1 for day in days) and len({day.year for day in days}) == len(days)
    monthly = all(day.day == 1 for day in days)
    ticks: list[Tick] = []
    year = None
    for day in days:
        x = scale.x(day.toordinal())
        month = calendar.month_abbr[day.month]
        name = "" if yearly and not every_year else month if monthly else f"{day.day} {month}"
        if not name or day.year != year or every_year:
            name = f"{name} {day.year}".strip()
        year = day.year
        width = text_width(name)
        start = min(max(x - width / 2, frame.left), frame.right - width)
        text = write((name,), start, bottom + 8)
        if ticks and text.box.left < ticks[-1].text.box.right + 10:
            continue
        ticks.append(Tick(x, text))
    return ticks
