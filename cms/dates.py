"""Dates as sources give them: EDTF, level 1 (Library of Congress, 2019), and the days they cover.

The same grammar stands twice, here for people (errors, words) and as ``edtf_range`` in PostgreSQL, which derives the
stored ranges; a test holds the two together.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

_DATE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)")
_SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}
_QUALIFIERS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_EXAMPLES = "EDTF: 2024-10-23, 2024-10, 2024~ …"
_HELP = "Write a day (2024-10-23), a month (2024-10), a season (2024-23), a year, an interval (2024-10-08/2024-10-13)."


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a date covers: first and last, both included; None is an open or unknown side."""

    first: date | None
    last: date | None


def parse(text: str) -> Days:
    """Return the days that an EDTF text covers; raise ValueError with a sentence if it is none.

    Seasons are the northern meteorological ones: 21 spring (March to May) to 24 winter (December to February).
    """
    days = _parse_interval(text) if "/" in text else _parse_date(text)
    if days.last == date.max:
        # A range of days in PostgreSQL ends with the day after, which no Python date is.
        raise ValueError(f"“{text}” ends on the last day of the calendar. Write one that ends by 9999-12-30.")
    return days


def _parse_interval(text: str) -> Days:
    sides = text.split("/")
    if len(sides) != 2 or not any(side.strip(".") for side in sides):
        raise ValueError(f"“{text}” is no date interval. {_HELP}")
    first = None if sides[0] in ("", "..") else _parse_date(sides[0]).first
    last = None if sides[1] in ("", "..") else _parse_date(sides[1]).last
    if first and last and first > last:
        raise ValueError(f"“{text}” ends before it begins.")
    return Days(first, last)


def _parse_date(text: str) -> Days:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"“{text}” is no date. {_HELP}")
    year, month, day, _ = match.groups()
    try:
        if "X" in year or month == "XX":
            return _parse_unspecified(text, year, month, day)
        if month is None:
            return Days(date(int(year), 1, 1), date(int(year), 12, 31))
        if day is None or day == "XX":
            return _month_or_season(int(year), int(month), season=day is None)
        return Days(exact := date(int(year), int(month), int(day)), exact)
    except ValueError as error:
        raise ValueError(f"“{text}” is no date of the calendar. {_HELP}") from error


def _parse_unspecified(text: str, year: str, month: str | None, day: str | None) -> Days:
    if (month is not None and ("X" in year or month != "XX")) or (day is not None and day != "XX"):
        raise ValueError(text)
    return Days(date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31))


def _month_or_season(year: int, month: int, *, season: bool) -> Days:
    if season and month in _SEASONS:
        first = date(year, _SEASONS[month][1], 1)
        after = date(year + (month == 24), (first.month + 2) % 12 + 1, 1)
        return Days(first, after - timedelta(days=1))
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def describe(text: str) -> str:
    """Return an EDTF text in words: "23 October 2024", "about spring 2024", "8–13 October 2024", "" for ""."""
    if not text:
        return ""
    if "/" not in text:
        return _describe_date(text)
    left, right = text.split("/")
    if left in ("", ".."):
        return f"until {_describe_date(right)}"
    if right in ("", ".."):
        return f"since {_describe_date(left)}"
    if left[:8] == right[:8] and len(left) == len(right) == 10 and "X" not in left + right:
        return f"{int(left[8:])}–{_describe_date(right)}"
    return f"{_describe_date(left)} to {_describe_date(right)}"


def _describe_date(text: str) -> str:
    match = _DATE.fullmatch(text)
    if not match:
        return text
    year, month, day, qualifier = match.groups()
    words = f"the {year.replace('X', '0')}s" if "X" in year else year
    if month and month != "XX":
        number = int(month)
        words = f"{_SEASONS[number][0] if number in _SEASONS else calendar.month_name[number]} {words}"
    if day and day != "XX":
        words = f"{int(day)} {words}"
    return _QUALIFIERS[qualifier] + words


def validate_edtf(value: str) -> None:
    """Raise ValidationError if ``value`` is not EDTF as ``parse`` reads it."""
    try:
        parse(value)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class EdtfField(models.CharField[str, str]):
    """A date as EDTF text; "" is no date. Its days are derived in the database by ``EdtfRange``."""

    def __init__(self, verbose_name: str | None = None, **options: Any) -> None:
        usual: dict[str, Any] = {
            "max_length": 64,
            "blank": True,
            "default": "",
            "validators": [validate_edtf],
            "help_text": _EXAMPLES,
        }
        super().__init__(verbose_name, **(usual | options))

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, path, args, kwargs


class EdtfRange(models.Func):
    """The days of an EDTF column as a daterange, null for ""; bad EDTF is refused by the database."""

    function = "edtf_range"


EDTF_RANGE_SQL = r"""
CREATE OR REPLACE FUNCTION edtf_range(edtf text) RETURNS daterange LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    sides text[] := string_to_array(edtf, '/');
    bounds date[] := ARRAY[NULL, NULL]::date[];
    side text;
    parts text[];
    first date;
    after date;
BEGIN
    IF edtf = '' THEN RETURN NULL; END IF;
    IF cardinality(sides) > 2 OR replace(replace(edtf, '.', ''), '/', '') = '' THEN
        RAISE data_exception USING MESSAGE = format('%L is not an EDTF date', edtf);
    END IF;
    FOR i IN 1 .. cardinality(sides) LOOP
        side := sides[i];
        CONTINUE WHEN cardinality(sides) = 2 AND side IN ('', '..');
        parts := regexp_match(side, '^([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?$');
        IF parts IS NULL THEN
            RAISE data_exception USING MESSAGE = format('%L is not an EDTF date', edtf);
        END IF;
        IF parts[1] LIKE '%X' OR parts[2] = 'XX' THEN
            IF (parts[2] IS NOT NULL AND (parts[1] LIKE '%X' OR parts[2] <> 'XX')) OR parts[3] <> 'XX' THEN
                RAISE data_exception USING MESSAGE = format('%L is not an EDTF date', edtf);
            END IF;
            first := make_date(replace(parts[1], 'X', '0')::int, 1, 1);
            after := make_date(replace(parts[1], 'X', '9')::int + 1, 1, 1);
        ELSIF parts[2] IS NULL THEN
            first := make_date(parts[1]::int, 1, 1);
            after := make_date(parts[1]::int + 1, 1, 1);
        ELSIF parts[3] IS NULL AND parts[2]::int BETWEEN 21 AND 24 THEN
            first := make_date(parts[1]::int, (parts[2]::int - 20) * 3, 1);
            after := (first + interval '3 months')::date;
        ELSIF parts[3] IS NULL OR parts[3] = 'XX' THEN
            first := make_date(parts[1]::int, parts[2]::int, 1);
            after := (first + interval '1 month')::date;
        ELSE
            first := make_date(parts[1]::int, parts[2]::int, parts[3]::int);
            after := first + 1;
        END IF;
        IF i = 1 THEN bounds[1] := first; END IF;
        IF i = cardinality(sides) THEN bounds[2] := after; END IF;
    END LOOP;
    IF bounds[1] >= bounds[2] THEN
        RAISE data_exception USING MESSAGE = format('%L ends before it begins', edtf);
    END IF;
    IF bounds[2] > '9999-12-31' THEN
        RAISE data_exception USING MESSAGE = format('%L ends after 9999-12-30', edtf);
    END IF;
    RETURN daterange(bounds[1], bounds[2]);
END $$;
"""
