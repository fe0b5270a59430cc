"""The day on which something was said, from the words beside it and the day of the article: EDTF, or nothing."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assertions.suggestions.shapes import Span, Statement

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
        # Not of "the December 31 attack".
        rf"(?<!the ){_MONTH}\s+{_DAY}{_YEAR}",
        rf"(?:in|since|during)\s+(?:early\s+|late\s+|mid-)?{_MONTH}{_YEAR}",
        r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)",
        r"(?P<near>today|yesterday|tonight|this morning|earlier today)",
        rf"(?P<last>last\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})",
        r"in\s+(?P<only>(?:19|20)\d\d)",
    )
)
# Without any of these no expression fits: asked first, since most words tell no day.
_HINT = re.compile(r"\d|day|tonight|morning|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
_WEEK = 7
# The cues of going on, also after a paragraph.
_CONTINUING = re.compile(r"\b(?:continu(?:es|ed|ing)|went on)$")
_EARLIER = ("had ", "has ", "have ")
_NEXT_SENTENCE = 200
_LATER = 2_000
# The share of a headline's words that the sentence of the text has which it sums up.
_SUMMED_UP = 0.6
_STEM = 4
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"\b[A-Z][^\W\d_]+")


def said_on(words: str, published: date | None) -> str:
    """Return the EDTF date that ``words`` (those around a cue, without what was said) tell, or "".

    Days of the week and days without a year are the last ones up to ``published``; without it they tell nothing.
    """
    if not _HINT.search(words):
        return ""
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


def dated_together(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """Give a day to what has none beside it: the day of what it goes on from, or, in a headline, of what it sums up.

    ``statements`` are in the order of the text, and so is what is returned.
    """
    dated: list[Statement] = []
    for statement in statements:
        before = None if statement.said else _gone_on_from(text, dated, statement)
        dated.append(replace(statement, said=before.said) if before is not None else statement)
    headline, gap, _ = text.partition("\n\n")
    for number, statement in enumerate(dated):
        if not gap or statement.content.end > len(headline):
            break
        told = None if statement.said else _summed_up(dated[number + 1 :], statement, len(headline))
        if told is not None:
            dated[number] = replace(statement, said=told.said)
    return dated


def _gone_on_from(text: str, before: Sequence[Statement], statement: Statement) -> Statement | None:
    source, cue = statement.source, statement.cue
    if source is None or cue is None or cue.text.lower().startswith(_EARLIER):
        return None
    continues = _CONTINUING.search(cue.text.lower()) is not None
    for last in reversed(before):
        between = statement.content.start - last.content.end
        if between > _LATER:
            return None
        if not last.said or between < 0 or not _is_same_voice(last, statement):
            continue
        is_next = between <= _NEXT_SENTENCE and "\n" not in text[last.content.end : statement.content.start]
        return last if is_next or continues else None
    return None


def _is_same_voice(one: Statement, other: Statement) -> bool:
    if one.speaker or other.speaker:
        return one.speaker == other.speaker
    names, others = (set(_NAME.findall(row.speaker_description)) for row in (one, other))
    same = one.speaker_description == other.speaker_description != ""
    # "Carla Moor of the council", and then "Moor".
    return same or (bool(names and others) and (names <= others or others <= names))


def _summed_up(later: Sequence[Statement], headline: Statement, end: int) -> Statement | None:
    """Return the first statement of the text, below a headline of so many characters, that a headline's sums up."""
    words = _stems(headline.content)
    for statement in later:
        if statement.content.start < end or statement.act != headline.act:
            continue
        if len(words & _stems(statement.content)) >= _SUMMED_UP * max(1, len(words)):
            return statement if statement.said else None
    return None


def _stems(words: Span) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(words.text.casefold()) if len(word) >= _STEM}
