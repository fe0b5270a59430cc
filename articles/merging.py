"""Bringing two versions of a text together that both come from a third: diff3, word by word. Pure.

The method is that of Khanna, Kunal and Pierce 2007, "A formal investigation of diff3": what all three have in common
holds the rest in place; between two such stretches a change by one side is taken, and a change by both is a
conflict. A conflict holds the words of both; `Segment.merged` has mine.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from cms.differences import CELLS, matches

Kind = Literal["same", "theirs", "mine", "both", "conflict"]
T = TypeVar("T", bound=Hashable)

_TOKEN = re.compile(r"<[^>]*>|\s+|[^\s<]+|<")
_INLINE = re.compile(r"\s+|</?(?:a|strong|em|code|sub|sup|br)\b[^>]*>")
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_BLOCK = re.compile(r"</?(?:p|h2|h3|hr|ul|ol|li|blockquote)>")
_VOID = {"br", "hr"}


@dataclass(frozen=True, slots=True)
class Segment(Generic[T]):
    """A stretch of the three versions. "theirs" and "mine": one side changed it; "both": both did, to the same."""

    kind: Kind
    base: tuple[T, ...]
    theirs: tuple[T, ...]
    mine: tuple[T, ...]

    @property
    def merged(self) -> tuple[T, ...]:
        return self.theirs if self.kind == "theirs" else self.mine


@dataclass(frozen=True, slots=True)
class Overlap:
    """Words that both changed: as they were, and as either has them now."""

    base: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A text that has the changes of both sides, with mine where they overlap, and those places in their order."""

    text: str
    overlaps: tuple[Overlap, ...] = ()


def merge(
    base: Sequence[T],
    theirs: Sequence[T],
    mine: Sequence[T],
    *,
    parts_nothing: Callable[[T], bool] = lambda token: False,
) -> list[Segment[T]]:
    """Return the three versions as segments; those of one version joined are that version.

    A stretch that all three have in common, but of which ``parts_nothing`` is true throughout (such as white space),
    does not keep the changes before and after it apart.
    """
    segments: list[Segment[T]] = []
    i = k = m = 0
    for at, there, here, size in [
        *_stable(base, theirs, mine, parts_nothing),
        (len(base), len(theirs), len(mine), 0),
    ]:
        between = (tuple(base[i:at]), tuple(theirs[k:there]), tuple(mine[m:here]))
        if any(between):
            segments.append(Segment(_kind(*between), *between))
        i, k, m = at + size, there + size, here + size
        if size:
            kept = tuple(base[at:i])
            segments.append(Segment("same", kept, kept, kept))
    return segments


def merge_text(base: str, theirs: str, mine: str) -> Merged:
    """Return the merge of a plain text, word by word."""
    return _by_words(base, theirs, mine)


def merge_html(base: str, theirs: str, mine: str) -> Merged:
    """Return the merge of a clean body: block by block, and word by word within blocks that both changed.

    Inline tags count as words, so the result may have to be cleaned again. Blocks that both added at the same place
    are both kept, theirs first. The overlaps are HTML.
    """
    pieces: list[str] = []
    overlaps: list[Overlap] = []
    for segment in merge(_blocks(base), _blocks(theirs), _blocks(mine)):
        texts = ("".join(segment.base), "".join(segment.theirs), "".join(segment.mine))
        if segment.kind != "conflict":
            pieces.append("".join(segment.merged))
        elif not segment.base:
            pieces += texts[1:]
        else:
            merged = _by_words(*texts)
            pieces.append(merged.text)
            overlaps += merged.overlaps
    return Merged("".join(pieces), tuple(overlaps))


def merge_value(base: T, theirs: T, mine: T) -> tuple[T, bool]:
    """Return the merge of something that has no parts, and whether both changed it, differently: then it is mine."""
    return (theirs if mine == base else mine), len({base, theirs, mine}) == 3


def merge_set(base: Sequence[T], theirs: Sequence[T], mine: Sequence[T]) -> list[T]:
    """Return the merge of things without an order: mine, with what the other side added, without what it removed."""
    removed = set(base) - set(theirs)
    kept = [item for item in mine if item not in removed]
    return kept + [item for item in theirs if item not in base and item not in kept]


def merge_captioned(
    base: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]], mine: Sequence[tuple[str, str]]
) -> tuple[list[tuple[str, str]], bool]:
    """Return the merge of a series of (name, caption), and whether anything overlaps: then it is mine there.

    Where both changed the order, mine stands, with what the other side added at its end. What one side removed
    while the other gave it another caption stays.
    """
    sides = [dict(_numbered(rows)) for rows in (base, theirs, mine)]
    captions: dict[tuple[str, int], str] = {}
    overlap = False
    names: list[tuple[str, int]] = []
    for segment in merge(*(list(side) for side in sides)):
        names += segment.merged
        if segment.kind == "conflict":
            overlap = True
    for name in sides[1]:
        came = name not in sides[0]
        kept_for_its_caption = name in sides[0] and sides[0][name] != sides[1][name] and name not in sides[2]
        if (came or kept_for_its_caption) and name not in names:
            names.append(name)
            overlap = overlap or kept_for_its_caption
    for name, caption in sides[2].items():
        if name in sides[0] and name not in sides[1] and name not in names and caption != sides[0][name]:
            names.append(name)
            overlap = True
    for name in dict.fromkeys(names):
        base_caption, their_caption, my_caption = (side.get(name) for side in sides)
        if their_caption is None or my_caption is None:
            captions[name] = my_caption or their_caption or ""
            continue
        captions[name], both = merge_value(base_caption, their_caption, my_caption)  # type: ignore[assignment]
        overlap = overlap or (both and their_caption != my_caption)
    return [(name[0], caption) for name, caption in captions.items()], overlap


def _numbered(rows: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, int], str]]:
    """Return the rows by name, with a number that tells several of one name apart."""
    times: Counter[str] = Counter()
    for name, caption in rows:
        yield (name, times[name]), caption
        times[name] += 1


def _by_words(base: str, theirs: str, mine: str) -> Merged:
    segments = merge(
        *(_TOKEN.findall(text) for text in (base, theirs, mine)),
        parts_nothing=lambda token: _INLINE.fullmatch(token) is not None,
    )
    pieces: list[str] = []
    overlaps: list[Overlap] = []
    for segment in segments:
        if segment.kind != "conflict":
            pieces.append("".join(segment.merged))
            continue
        text, overlap = _apart("".join(segment.base), "".join(segment.theirs), "".join(segment.mine))
        pieces.append(text)
        overlaps += overlap
    return Merged("".join(pieces), tuple(overlaps))


def _apart(base: str, theirs: str, mine: str) -> tuple[str, list[Overlap]]:
    """Return what stands in place of words that both changed, and what of them overlaps.

    Whole blocks that one of them added there, before or after, do not overlap with words of the other.
    """
    (first, their_words, last), (mine_first, my_words, mine_last) = _core(base, theirs), _core(base, mine)
    overlap = _kind((base,), (their_words,), (my_words,)) == "conflict"
    words = their_words if my_words == base else my_words
    before = first if first == mine_first else first + mine_first
    after = last if last == mine_last else last + mine_last
    return before + words + after, [Overlap(base, their_words, my_words)] if overlap else []


def _core(base: str, side: str) -> tuple[str, str, str]:
    """Return what a side has in place of words of one block, with the blocks that it added before and after them."""
    borders = list(_BLOCK.finditer(side))
    if not borders or _BLOCK.search(base):
        return "", side, ""
    head, tail = side[: borders[0].start()], side[borders[-1].end() :]
    if not base:
        return (side, "", "") if head and not tail else ("", side, "") if head else ("", "", side)
    known = set(base.split())
    if len(known & set(tail.split())) > len(known & set(head.split())):
        return side[: -len(tail)], tail, ""
    return "", head, side[len(head) :]


def _kind(base: tuple[T, ...], theirs: tuple[T, ...], mine: tuple[T, ...]) -> Kind:
    if theirs == mine:
        return "same" if base == mine else "both"
    if theirs == base:
        return "mine"
    return "theirs" if mine == base else "conflict"


def _stable(
    base: Sequence[T], theirs: Sequence[T], mine: Sequence[T], parts_nothing: Callable[[T], bool]
) -> Iterator[tuple[int, int, int, int]]:
    """Return the stretches that all three have in common: where they begin in each, and their length."""
    left, right = matches(base, theirs, CELLS), matches(base, mine, CELLS)
    a = b = 0
    while a < len(left) and b < len(right):
        (i, k, size), (j, m, length) = left[a], right[b]
        start, end = max(i, j), min(i + size, j + length)
        if start < end and not all(parts_nothing(token) for token in base[start:end]):
            yield start, k + start - i, m + start - j, end - start
        if i + size < j + length:
            a += 1
        else:
            b += 1


def _blocks(html: str) -> list[str]:
    """Return the top-level blocks of a clean body."""
    blocks: list[str] = []
    depth = start = 0
    for tag in _TAG.finditer(html):
        if tag[2] not in _VOID:
            depth += -1 if tag[1] else 1
        if depth == 0 and tag[2] != "br":
            blocks.append(html[start : tag.end()])
            start = tag.end()
    return [*blocks, html[start:]] if html[start:] else blocks
