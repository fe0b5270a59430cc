"""Quoted passages in a text: where they begin and end, whatever marks a writer used or forgot."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_DOUBLE = re.compile(r"[\"“”„«»‟]|``|''")
_SINGLE_CURLY = re.compile(r"(?<![^\W_])‘(?=\S)([^‘\n]{1,400}?[^\s‘])’(?![^\W_])")
_SINGLE_PLAIN = re.compile(
    r"(?:(?<=^)|(?<=[\s(—–\-:]))'(?=[^\W\d_])([^'\n]{2,200}(?:(?<=\w)'\w[^'\n]*)*)'(?!\w)"
)
_OPENING = frozenset({"“", "„", "«", "``", "‟"})
_CLOSING = frozenset({"”", "»", "''"})
# An opening mark that is never closed counts up to the end of its paragraph only if that is not far.
_LONGEST_UNCLOSED = 1_500


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text between quotation marks, which belong to ``start``:``end``.

    ``is_closed``: the closing mark is there. ``goes_on``: the next quotation is the next paragraph of the same one.
    """

    start: int
    end: int
    is_closed: bool
    goes_on: bool = False


def quotations(text: str) -> list[Quotation]:
    """Return the outermost quotations of ``text`` in order, none within another."""
    found: list[Quotation] = []
    for line in _LINE.finditer(text):
        in_line = _of_line(line.group(), line.start())
        if found and in_line and not found[-1].is_closed:
            begins = in_line[0].start - line.start() <= 1
            if begins:
                found[-1] = replace(found[-1], goes_on=True)
            elif found[-1].end - found[-1].start > _LONGEST_UNCLOSED:
                found.pop()
        found += in_line
    return found


def _of_line(line: str, offset: int) -> list[Quotation]:
    double = _double(line, offset)
    starts = [quotation.start for quotation in double]
    single = []
    for pattern in (_SINGLE_CURLY, _SINGLE_PLAIN):
        if ("‘" if pattern is _SINGLE_CURLY else "'") not in line:
            continue
        for match in pattern.finditer(line):
            start, end = match.start() + offset, match.end() + offset
            before = bisect_right(starts, start) - 1
            after = before + 1
            if before >= 0 and double[before].end > start:
                continue
            if after < len(double) and double[after].start < end:
                continue
            single.append(Quotation(start, end, is_closed=True))
    return sorted(double + single, key=lambda quotation: quotation.start) if single else double


def _double(line: str, offset: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    nested = 0
    for match in _DOUBLE.finditer(line):
        side = _side(line, match.start(), match.end(), is_open=opened is not None)
        if side == "opens":
            if opened is None:
                opened, nested = match.start(), 0
            elif match.group() in _OPENING:
                nested += 1
        elif side == "closes" and opened is not None:
            if nested:
                nested -= 1
            else:
                found.append(Quotation(offset + opened, offset + match.end(), is_closed=True))
                opened = None
    if opened is not None:
        found.append(Quotation(offset + opened, offset + len(line.rstrip()), is_closed=False))
    return found


def _side(line: str, start: int, end: int, *, is_open: bool) -> str:
    mark = line[start:end]
    if mark in _OPENING:
        return "opens"
    if mark in _CLOSING and (mark != "''" or is_open):
        return "closes"
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    opens = (before.isspace() or before in "([—–-/:‘'") and not after.isspace()
    if is_open:
        return "opens" if opens and not before.isspace() else "closes"
    # A closing mark without an opening one, as in 6": nothing.
    return "opens" if opens or (not before.isalnum() and not after.isspace()) else ""
