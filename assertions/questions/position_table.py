"""Positions as a table of parties and periods: which periods get a column, and what stands in a cell.

Only periods in which something was said have a column. Their length follows from how many there would be: days,
months, quarters or years. A date that is of no one such period has a column of its own, named as what it is.
"""

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from assertions.questions.positions import Party, Position, Voice

COLUMNS = 8
"""So many columns fit beside each other; for more, periods are taken longer. Years are never joined."""
ROWS = 30
"""How many parties, and how many voices of one, have a row."""
ENTRIES = 6
"""How many stances a cell tells one by one."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of column: how it numbers the days, and how it names one of its columns."""

    name: str
    number: Callable[[date], int]
    label: Callable[[date], str]


_DAYS = Period("day", date.toordinal, lambda day: f"{day.day} {calendar.month_abbr[day.month]} {day.year}")
_MONTHS = Period(
    "month",
    lambda day: day.year * 12 + day.month - 1,
    lambda day: f"{calendar.month_abbr[day.month]} {day.year}",
)
_QUARTERS = Period(
    "quarter",
    lambda day: day.year * 4 + (day.month - 1) // 3,
    lambda day: "{}–{} {}".format(
        *(calendar.month_abbr[(day.month - 1) // 3 * 3 + place] for place in (1, 3)), day.year
    ),
)
_YEARS = Period("year", lambda day: day.year, lambda day: str(day.year))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what that leaves open, and how long after the column before it it lies."""

    key: tuple[date, int, date]
    label: str
    note: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stance in a cell, as it was first taken there; ``more`` further claims of the same stance follow on it."""

    position: Position
    more: int = 0


@dataclass(slots=True)
class Cell:
    """What was said in one period: one entry a change of stance; ``rest`` claims beyond the last one shown."""

    column: Column
    entries: list[Entry] = field(default_factory=list)
    rest: int = 0


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """A voice of a party and its cells."""

    voice: Voice
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Row:
    """A party, its cells, and those who speak for it; no voices where the party itself is the only one."""

    party: Party
    cells: list[Cell]
    voices: list[VoiceRow]
    more_voices: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on record of it."""
        return not any(cell.entries for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table; ``more_parties`` have no row in it."""

    columns: list[Column]
    rows: list[Row]
    more_parties: int = 0


def tabulate(positions: Sequence[Position], sides: Sequence[Party]) -> Matrix:
    """Return the table of positions. The two sides have a row whether they spoke or not, and stand first.

    Then come others in the order in which they first spoke, those who are not named, and the articles' own voice.
    """
    period = _period_for(positions)
    columns = _columns(positions, period)
    by_party: dict[str, list[Position]] = {side.key: [] for side in sides}
    for position in positions:
        by_party.setdefault(position.party.key, []).append(position)
    parties = {position.party.key: position.party for position in positions} | {
        side.key: side for side in sides
    }
    keys = sorted(by_party, key=lambda key: _rank(parties[key]))
    rows = [_row(parties[key], by_party[key], columns, period) for key in keys[:ROWS]]
    return Matrix(columns, rows if positions else [], max(0, len(keys) - ROWS))


def _rank(party: Party) -> int:
    """Order parties; the sort is stable, so that equal ones stay in the order in which they first spoke."""
    return 0 if party.side else 3 if party.is_article else 1 if party.actor else 2


def _period_for(positions: Iterable[Position]) -> Period:
    days = [(position.first, position.last) for position in positions]
    for period in (_MONTHS, _QUARTERS):
        numbers = {
            period.number(first)
            for first, last in days
            if first and last and period.number(first) == period.number(last)
        }
        if (
            period is _MONTHS
            and len(numbers) == 1
            and len({first for first, last in days if first and first == last}) > 1
        ):
            return _DAYS
        if len(numbers) <= COLUMNS:
            return period
    return _YEARS


def _columns(positions: Iterable[Position], period: Period) -> list[Column]:
    found = {column.key: column for column in (_column_of(position, period) for position in positions)}
    columns: list[Column] = []
    before: int | None = None
    for key in sorted(found):
        column = found[key]
        if column.note:
            columns.append(column)
            continue
        number = period.number(key[0])
        later = number - before if before is not None else 0
        gap = f"{later} {period.name}s later" if later > 1 else ""
        columns.append(Column(key, column.label, gap=gap))
        before = number
    return columns


def _column_of(position: Position, period: Period) -> Column:
    """Return the column of a position: its period, or else the shortest span of years that holds its days."""
    first, last = position.first, position.last
    if first is None or last is None:
        return Column((date.max, 2, date.max), "No date", "neither said nor published on a known day")
    if period.number(first) == period.number(last):
        begin = _begin(first, period)
        return Column((begin, 1, begin), period.label(first))
    span = _YEARS if period is _YEARS else _MONTHS
    begin, end = _begin(first, span), _begin(last, span)
    years = span is _YEARS or (begin.month, end.month) == (1, 12)
    return Column((begin, 0, end), _span(begin, end, _YEARS if years else _MONTHS), f"no one {period.name}")


def _span(first: date, last: date, period: Period) -> str:
    """Name a span of months or years: "2024", "Oct–Nov 2024", "2023–2024", "since 2024"."""
    begin, end = period.label(first), period.label(last)
    if first.year == date.min.year:
        return f"until {end}"
    if last.year == date.max.year:
        return f"since {begin}"
    if begin == end:
        return begin
    return f"{begin.removesuffix(f' {last.year}')}–{end}"


def _begin(day: date, period: Period) -> date:
    """Return the first day of the period that a day is in."""
    if period is _DAYS:
        return day
    month = {_MONTHS: day.month, _QUARTERS: (day.month - 1) // 3 * 3 + 1}.get(period, 1)
    return date(day.year, month, 1)


def _row(party: Party, positions: list[Position], columns: list[Column], period: Period) -> Row:
    voices: dict[str, list[Position]] = {}
    for position in positions:
        voices.setdefault(position.voice.key, []).append(position)
    if list(voices) == [party.key]:
        voices = {}
    rows = [VoiceRow(said[0].voice, _cells(said, columns, period)) for said in list(voices.values())[:ROWS]]
    return Row(party, _cells(positions, columns, period), rows, len(voices) - len(rows))


def _cells(positions: Iterable[Position], columns: list[Column], period: Period) -> list[Cell]:
    cells = {column.key: Cell(column) for column in columns}
    seen = set()
    for position in positions:
        if position.assertion.pk in seen:
            continue
        seen.add(position.assertion.pk)
        cell = cells[_column_of(position, period).key]
        last = cell.entries[-1] if cell.entries else None
        if last and not cell.rest and _same(last.position, position):
            cell.entries[-1] = Entry(last.position, last.more + 1)
        elif len(cell.entries) < ENTRIES:
            cell.entries.append(Entry(position))
        else:
            cell.rest += 1
    return [cells[column.key] for column in columns]


def _same(one: Position, other: Position) -> bool:
    return (one.stance, one.is_tentative, one.is_public) == (
        other.stance,
        other.is_tentative,
        other.is_public,
    )
