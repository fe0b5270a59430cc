"""Two versions of an article that were written on top of the same revision, part by part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from articles.body.limits import LONGEST
from articles.merging import Overlap, merge_captioned, merge_html, merge_set, merge_text, merge_value
from articles.working_copies import LABELS, Fields, as_text
from cms.differences import WORD_BY_WORD, Piece, items, shortened, words_of_long

CONTEXT = 200
"""Characters of what is the same, before and after a change."""
PLACES = 100
"""Places where both changed the same words that are shown of a part, the first ones."""
WHOLE = ("language", "dated")
"""Parts that are one thing: there are no words in them to merge."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that somebody changed: the three versions and the merge as a form holds them, and both changes in words.

    ``overlaps`` are the words that both changed, as plain text, and ``further`` the number of such places beyond
    them; ``before`` is the part as words. ``changed_by`` is "theirs", "mine" or "both". Where both together would be
    longer than a text may be (``is_too_long``), the merge is mine.
    """

    name: str
    label: str
    theirs: Any
    mine: Any
    merge: Any
    before: str
    their_words: list[Piece]
    my_words: list[Piece]
    overlaps: tuple[Overlap, ...]
    changed_by: str
    further: int = 0
    is_too_long: bool = False


def three_ways(
    base: Fields, theirs: Fields, mine: Fields, names: Mapping[str, Mapping[str, str]]
) -> tuple[Fields, list[Part]]:
    """Return the merge, and the parts that differ. ``names`` says what rows are called, by part and number."""
    merged: dict[str, Any] = {}
    parts: list[Part] = []
    for name in (field.name for field in fields(Fields)):
        before, their, my = (getattr(side, name) for side in (base, theirs, mine))
        merged[name], overlaps = _merge(name, before, their, my)
        is_too_long = name == "body" and len(merged[name]) > LONGEST and merged[name] != my
        if is_too_long:
            merged[name], overlaps = my, ()
        if before == their == my:
            continue
        shown = [_in_words(name, value, names.get(name, {})) for value in (before, their, my)]
        parts.append(
            Part(
                name, LABELS[name], their, my, merged[name],
                before=_before(shown),
                their_words=_change(shown[0], shown[1]), my_words=_change(shown[0], shown[2]),
                overlaps=tuple(_plain(name, overlap) for overlap in overlaps[:PLACES]),
                further=max(0, len(overlaps) - PLACES),
                is_too_long=is_too_long,
                changed_by="mine" if their == before else "theirs" if my == before else "both",
            )
        )  # fmt: skip
    return Fields(**merged), parts


def _merge(name: str, base: Any, theirs: Any, mine: Any) -> tuple[Any, tuple[Overlap, ...]]:
    if name == "topics":
        return tuple(merge_set(base, theirs, mine)), ()
    if name == "images":
        rows, overlap = merge_captioned(base, theirs, mine)
        return tuple(rows), (Overlap("", "", ""),) if overlap else ()
    if name in WHOLE:
        value, overlap = merge_value(base, theirs, mine)
        return value, (Overlap(base, theirs, mine),) if overlap else ()
    merged = (merge_html if name == "body" else merge_text)(base, theirs, mine)
    return merged.text, merged.overlaps


def _plain(name: str, overlap: Overlap) -> Overlap:
    """Return an overlap as plain text; where only the markup was changed by both, there are no words to show."""
    sides = (overlap.base, overlap.theirs, overlap.mine)
    if name == "body":
        sides = tuple(as_text(html).strip() for html in sides)  # type: ignore[assignment]
    return Overlap(*(_ends(text) for text in sides))


def _in_words(name: str, value: Any, names: Mapping[str, str]) -> str | list[str]:
    if name == "topics":
        return [names.get(key, key) for key in value]
    if name == "images":
        return [
            f"{names.get(key, key)}: {caption}" if caption else names.get(key, key) for key, caption in value
        ]
    return as_text(value) if name == "body" else str(value)


def _before(shown: Sequence[str | list[str]]) -> str:
    """Return the former words: of a long text the paragraphs that somebody changed."""
    before, *after = shown
    if not isinstance(before, str):
        return ", ".join(before)
    kept = set.intersection(*(set(text.split("\n\n")) for text in after if isinstance(text, str)))
    return _ends("\n\n".join(paragraph for paragraph in before.split("\n\n") if paragraph not in kept))


def _change(before: str | Sequence[str], after: str | Sequence[str]) -> list[Piece]:
    if isinstance(before, str) and isinstance(after, str):
        pieces = (shortened(piece, CONTEXT) for piece in words_of_long(before, after))
        return [Piece(piece.kind, _ends(piece.text)) for piece in pieces]
    return items(before, after)


def _ends(text: str) -> str:
    """Return a text, of one too long to be shown beside others its ends only."""
    return text if len(text) <= WORD_BY_WORD else f"{text[:CONTEXT]} […] {text[-CONTEXT:]}"
