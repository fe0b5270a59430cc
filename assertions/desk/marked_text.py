"""A plain text as paragraphs with marks, and how much of a long one to show. Pure.

All positions are Unicode code points of the text, ``end`` exclusive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WHOLE = 40_000
"""Characters up to which a text is shown whole, some twenty minutes of reading."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to mark. ``kind`` names the sort of mark; ``name`` the place on the page, "" for none."""

    start: int
    end: int
    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one paragraph that share their marks: their kinds, parted by spaces, and the name of one that begins."""

    text: str
    kinds: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or what the window has of it: where it begins in the text, and its words."""

    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text from ``start`` to ``end``; ``length`` is that of the text."""

    start: int
    end: int
    length: int

    @property
    def is_whole(self) -> bool:
        return self.start == 0 and self.end == self.length

    @property
    def has_more_before(self) -> bool:
        return self.start > 0

    @property
    def has_more_after(self) -> bool:
        return self.end < self.length


def window(text: str, start: int, end: int, size: int = WHOLE) -> Window:
    """Return the part of about ``size`` characters around ``text[start:end]``, the whole text if it is not longer.

    It begins and ends between paragraphs where there is such a place near, else between words.
    """
    if len(text) <= size:
        return Window(0, len(text), len(text))
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    around = max(0, size - (end - start)) // 2
    begin, finish = max(0, start - around), min(len(text), end + around)
    if begin:
        begin = _border(text, begin, start)
    if finish < len(text):
        finish = _border_before(text, end, finish)
    return Window(begin, finish, len(text))


def part(text: str, start: int, size: int = WHOLE) -> Window:
    """Return the part of about ``size`` characters that begins at ``start``; the next begins where it ends."""
    start = max(0, min(start, len(text)))
    if len(text) - start <= size:
        return Window(start, len(text), len(text))
    return Window(start, _border_before(text, start + size // 2, start + size), len(text))


def paragraphs(text: str, shown: Window, marks: Sequence[Mark]) -> list[Paragraph]:
    """Return the paragraphs of a window with the marks that stand in it; marks may overlap and cross paragraphs."""
    within = sorted(
        (
            mark
            for mark in marks
            if mark.start < shown.end and shown.start < mark.end and mark.start < mark.end
        ),
        key=lambda mark: (mark.start, -mark.end),
    )
    named: set[str] = set()
    found = []
    first = 0
    for start, end in _spans(text, shown):
        while first < len(within) and within[first].end <= start:
            first += 1
        inside = [mark for mark in within[first:] if mark.start < end and start < mark.end]
        found.append(Paragraph(start, tuple(_pieces(text, start, end, inside, named))))
    return found


def _spans(text: str, shown: Window) -> Iterator[tuple[int, int]]:
    at = shown.start
    while at < shown.end:
        gap = text.find("\n\n", at, shown.end)
        end = gap if gap >= 0 else shown.end
        if text[at:end].strip():
            yield at, end
        at = end + 2


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], named: set[str]) -> Iterator[Piece]:
    borders = {border for mark in marks for border in (mark.start, mark.end) if start < border < end}
    at = start
    for border in sorted(borders | {end}):
        over = [mark for mark in marks if mark.start <= at < mark.end]
        # A mark's name stands once: where its first words are shown.
        fresh = next((mark.name for mark in over if mark.name and mark.name not in named), "")
        named.add(fresh)
        yield Piece(text[at:border], " ".join(dict.fromkeys(mark.kind for mark in over)), fresh)
        at = border


def _border(text: str, begin: int, latest: int) -> int:
    """Return where a window that should begin at ``begin`` begins: no later than ``latest``."""
    reach = min(latest, begin + 2_000)
    gap = text.find("\n\n", begin, reach)
    if gap >= 0:
        return gap + 2
    space = text.find(" ", begin, reach)
    return space + 1 if space >= 0 else begin


def _border_before(text: str, earliest: int, finish: int) -> int:
    reach = max(earliest, finish - 2_000)
    gap = text.rfind("\n\n", reach, finish)
    if gap >= 0:
        return gap
    space = text.rfind(" ", reach, finish)
    return space if space >= 0 else finish
