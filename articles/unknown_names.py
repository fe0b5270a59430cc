"""Names in a text that no actor bears: runs of words in capitals, without what has its capitals otherwise. Pure.

What begins a sentence, a title before a name, months and days, lines of capitals and place lines are no names. That is
less than a parser finds, and costs a fiftieth; a worklist of what many texts name can do without the rest. Of each name
it is told how often it reads as a place's: no list of places is asked, since the words around a name tell most of them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from actors.contexts import ARTICLES, COMMON_WORDS
from actors.tokens import HYPHEN, Line, Text
from articles.name_words import (
    BODIES,
    DAYS_AND_MONTHS,
    FOLLOWERS,
    IN_A_PLACE,
    NO_NAMES,
    NOTHING_ALONE,
    NOUNS_IN_CAPITALS,
    OF_A_PLACE,
    PARTICLES,
    PARTS_OF_THE_EARTH,
    PERSONS,
    PLACE_BEGINNINGS,
    PLACE_ENDINGS,
    SHORT_TITLES,
    WITHIN,
)

LONGEST = 8
"""Words that a name may have: longer runs of capitals are headings and lists."""
AROUND = 200
"""Characters of its paragraph that are kept before and after a name."""

_SPACE = re.compile(r"[ \u00a0\u202f]+")
_DOT_AND_SPACE = re.compile(r"\.[ \u00a0\u202f]+")
_APOSTROPHE = re.compile(r"['’]")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no actor bears: where it stands first, how often it stands in the text, and the words around it.

    ``placed`` of these times what stands around it, or its own words, tell that it is a place.
    """

    text: str
    start: int
    times: int
    sentence: str
    placed: int = 0


@dataclass(slots=True)
class _Seen:
    """A name while the text is read: how often in all, with capitals that are surely its own, and as a place."""

    start: int
    line: Line
    times: int = 0
    surely: int = 0
    placed: int = 0


class _Spans:
    """Spans of a text, in any order, asked whether one of them has a character of another span."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._begins: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if start == end:
                continue
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._begins.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        before = bisect_right(self._begins, end - 1) - 1
        return before >= 0 and self._ends[before] > start


def unknown_names(text: str, known: Iterable[tuple[int, int]], language: str = "en") -> list[Unknown]:
    """Return the names in a text outside the spans that are known (code points, end exclusive), in order, each once.

    A name that is the end or the beginning of a longer one in the same text ("Vale" of "Ada Vale") is that one. There
    are none in a script without capitals, nor in a language that writes all nouns with capitals.
    """
    if language.split("-")[0].lower() in NOUNS_IN_CAPITALS:
        return []
    spans = _Spans(known)
    words = Text(text)
    in_small = _only_in_small(words.tokens)
    seen: dict[str, _Seen] = {}
    index = 0
    while index < len(words.tokens):
        line, _, index = words.line_at(index)
        if not (line.is_capitals or line.is_title_case):
            _read(line, spans, in_small, seen)
    return _told(text, seen)


def _only_in_small(tokens: Sequence[str]) -> set[str]:
    """Return the words that a text writes in small letters, and not in capitals after such a word."""
    small = {token for token in tokens if token[0].islower()}
    return small - {
        token.lower() for before, token in pairwise(tokens) if token[0].isupper() and before[0].islower()
    }


def _read(line: Line, spans: _Spans, in_small: set[str], seen: dict[str, _Seen]) -> None:
    """Add the names of a line."""
    free = _free(line, spans)
    at = 0
    while at < len(line.tokens):
        if not (free[at] and _begins(line.tokens[at])):
            at += 1
            continue
        end = _end_of_run(line, free, at)
        name = _without_what_is_none(line, at, end, in_small)
        if name is not None:
            _add(line, *name, free, seen)
        at = end


def _free(line: Line, spans: _Spans) -> list[bool]:
    """Tell of each word whether it may be in an unknown name: in no known one, and in no place line."""
    return [
        start >= line.dateline and not spans.touch(start, line.token_end(number))
        for number, start in enumerate(line.starts)
    ]


def _begins(token: str) -> bool:
    return token[0].isupper() and token.lower() not in DAYS_AND_MONTHS


def _end_of_run(line: Line, free: Sequence[bool], at: int) -> int:
    """Return the first word after the run of capitals that begins at a word."""
    tokens, end = line.tokens, at + 1
    while end < len(tokens) and free[end]:
        gap, token = line.gap(end), tokens[end]
        joined = (
            _joins(gap, tokens[end - 1]) if _begins(token) else HYPHEN.fullmatch(gap) and _continues(token)
        )
        if joined:
            end += 1
        elif after := _after_particles(line, free, end):
            end = after
        else:
            break
    return end


def _joins(gap: str, before: str) -> bool:
    """Tell whether what stands between two words in capitals leaves them one name: "J. Vale", "Jong-Un", "O’Brien"."""
    if _SPACE.fullmatch(gap) or HYPHEN.fullmatch(gap) or _APOSTROPHE.fullmatch(gap):
        return True
    return bool(_DOT_AND_SPACE.fullmatch(gap)) and (len(before) == 1 or before.lower() in SHORT_TITLES)


def _continues(token: str) -> bool:
    """Tell whether a word in small letters after a hyphen belongs to the name: "Jong-un", but not "Vale-led"."""
    return token.isalpha() and len(token) <= 6 and token not in FOLLOWERS


def _after_particles(line: Line, free: Sequence[bool], at: int) -> int:
    """Return the word after "van der Berg" or "of the North" if such a one begins at a word, else 0."""
    tokens = line.tokens
    for end in range(at, min(at + 3, len(tokens))):
        hyphened = end > at and HYPHEN.fullmatch(line.gap(end))
        if not (free[end] and (hyphened or _SPACE.fullmatch(line.gap(end)))):
            return 0
        if end > at and _begins(tokens[end]):
            return end + 1
        if tokens[end] not in PARTICLES | WITHIN:
            return 0
    return 0


def _without_what_is_none(line: Line, first: int, end: int, in_small: set[str]) -> tuple[int, int] | None:
    """Return a run without what begins the sentence and without titles: its first word and the one after its last."""
    tokens = line.tokens
    while (
        first < end and line.starts_sentence(first) and _is_opening(tokens[first], first + 1 < end, in_small)
    ):
        first += 1
        if first < end and tokens[first][0].islower():
            return None
        if first < end and not line.starts_sentence(first):
            break
    titles = [at for at in range(first, end - 1) if tokens[at].lower() in PERSONS]
    if titles:
        first = titles[-1] + 1
        if tokens[first][0].islower():
            return None
    while end - first > 1 and _is_common(tokens[end - 1]):
        end -= 1
    if first >= end or end - first > LONGEST or any(map(str.isdigit, tokens[end - 1])):
        return None
    if all(len(token) == 1 for token in tokens[first:end]):
        return None
    return first, end


def _is_opening(token: str, has_more: bool, in_small: set[str]) -> bool:
    """Tell whether the first word of a sentence is no part of the name that follows, or seems to follow."""
    lower = token.lower()
    if _is_common(token):
        return True
    return has_more and (lower in in_small or (lower.endswith(("ing", "ly")) and lower.isascii()))


def _is_common(token: str) -> bool:
    """Tell whether it is a word that has its capital from its place; an abbreviation ("WHO") is none."""
    return token.lower() in COMMON_WORDS | ARTICLES and not (len(token) > 1 and token.isupper())


def _add(line: Line, first: int, end: int, free: Sequence[bool], seen: dict[str, _Seen]) -> None:
    words = [token.lower() for token in line.tokens[first:end]]
    is_body = words[-1] in BODIES
    if is_body and first and not free[first - 1] and _SPACE.fullmatch(line.gap(first)):
        # "Ostrian Navy": whose it is, is a part of its name.
        first -= 1
        while first and not free[first - 1] and line.gap(first) and line.tokens[first][0].islower():
            first -= 1
        words = [token.lower() for token in line.tokens[first:end]]
    if len(words) == 1:
        token = line.tokens[first]
        nothing = NO_NAMES if len(token) > 1 and token.isupper() else NOTHING_ALONE
        if len(token) < 3 or words[0] in nothing:
            return
    elif NOTHING_ALONE.issuperset(words):
        return
    start = line.starts[first]
    name = " ".join(line.text[start : line.token_end(end - 1)].split())
    found = seen.setdefault(name, _Seen(start, line))
    found.times += 1
    found.surely += not line.starts_sentence(first) or len(words) > 1
    found.placed += _is_place(line, first, end)


def _is_place(line: Line, first: int, end: int) -> bool:
    """Tell whether a name is a place's there: by its own words, by "in" or "near" before it, by "region" after it."""
    words = [token.lower() for token in line.tokens[first:end]]
    if len(words) > 1 and (words[-1] in PLACE_ENDINGS or words[0] in PLACE_BEGINNINGS):
        return True
    if PARTS_OF_THE_EARTH.issuperset(words):
        return True
    if end < len(line.tokens) and line.tokens[end] in OF_A_PLACE and _SPACE.fullmatch(line.gap(end)):
        return True
    before = [token.lower() for token in line.tokens[max(0, first - 2) : first]]
    if before[-1:] == ["of"] and before[0] in OF_A_PLACE:
        return True
    return bool(before) and before[-1] in IN_A_PLACE


def _told(text: str, seen: dict[str, _Seen]) -> list[Unknown]:
    """Return the names that are names, shorter forms counted with the longer."""
    whole: dict[str, str] = {}
    for name in seen:
        parts = name.split()
        for part in (parts[0], parts[-1], " ".join(parts[1:])) if len(parts) > 1 else ():
            whole.setdefault(part, name)
    for name in [name for name in seen if name in whole]:
        longer = name
        while longer in whole:
            longer = whole[longer]
        shorter = seen.pop(name)
        seen[longer].times += shorter.times
        seen[longer].placed += shorter.placed
    return [
        Unknown(
            name, found.start, found.times, _around(text, found.line, found.start, len(name)), found.placed
        )
        for name, found in sorted(seen.items(), key=lambda item: item[1].start)
        if found.surely and len(name) <= 300
    ]


def _around(text: str, line: Line, start: int, length: int) -> str:
    """Return the sentence in which a name stands, or as much of it as is kept, in one line."""
    begin, finish = max(line.start, start - AROUND), min(line.end, start + length + AROUND)
    before, after = text[begin:start], text[start + length : finish]
    if sentences := list(_SENTENCE.finditer(before)):
        before = before[sentences[-1].end() :]
    elif begin > line.start:
        before = before.partition(" ")[2]
    if end := _SENTENCE.search(after):
        after = after[: end.end()]
    elif finish < line.end:
        after = after.rpartition(" ")[0]
    return " ".join(f"{before}{text[start : start + length]}{after}".split())
