"""The day on which something was said, from the words beside it and the day of the article: EDTF, or nothing."""

import re
from datetime import date, timedelta

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)|may|june?|july?|aug(?:ust|\.)|sept?(?:ember|\.)|"
    r"oct(?:ober|\.)|nov(?:ember|\.)|dec(?:ember|\.))"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
_EXPRESSIONS = tuple(
    re.compile(rf"\b{pattern}(?![\w-])", re.IGNORECASE)
    for pattern in (
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}",
        rf"{_MONTH}\s+{_DAY}{_YEAR}",
        rf"(?:in|since|during)\s+(?:early\s+|late\s+|mid-)?{_MONTH}{_YEAR}",
        r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)",
        r"(?P<near>today|yesterday|tonight|this morning|earlier today)",
        rf"(?P<last>last\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})",
        r"in\s+(?P<only>(?:19|20)\d\d)",
    )
)
_WEEK = 7


def said_on(words: str, published: date | None) -> str:
    """Return the EDTF date that ``words`` (those around a cue, without what was said) tell, or "".

    Days of the week and days without a year are the last ones up to ``published``; without it they tell nothing.
    """
    for expression in _EXPRESSIONS:
        for match in expression.finditer(words):
            found = _read(match.groupdict(), published)
            if found:
                return found
    return ""


def _read(parts: dict[str, str | None], published: date | None) -> str:
    try:
        if parts.get("iso"):
            return date.fromisoformat(parts["iso"] or "").isoformat()
        if parts.get("only"):
            return parts["only"] or ""
        if parts.get("month"):
            return _of_month(parts, published)
        if published is None:
            return ""
        if parts.get("near"):
            back = 1 if (parts["near"] or "").lower() == "yesterday" else 0
            return (published - timedelta(days=back)).isoformat()
        return _of_weekday((parts.get("weekday") or "").lower(), published, is_last=bool(parts.get("last")))
    except (ValueError, OverflowError):
        return ""


def _of_month(parts: dict[str, str | None], published: date | None) -> str:
    month = next(
        n for n, name in enumerate(_MONTHS, 1) if name.startswith((parts["month"] or "").lower()[:3])
    )
    day = int(parts["day"] or 0) if parts.get("day") else None
    if parts.get("year"):
        year = int(parts["year"] or 0)
    elif published is None:
        return ""
    else:
        year = published.year - ((month, day or 1) > (published.month, published.day))
    return f"{year:04d}-{month:02d}" if day is None else date(year, month, day).isoformat()


def _of_weekday(name: str, published: date, *, is_last: bool) -> str:
    back = (published.weekday() - _WEEKDAYS.index(name)) % _WEEK
    return (published - timedelta(days=back + (_WEEK if is_last and not back else 0))).isoformat()
