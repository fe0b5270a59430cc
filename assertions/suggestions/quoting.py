"""Rules for quotations: whose they are where the parse does not say, and how far the content of a statement reaches."""

from bisect import bisect_right

from assertions.suggestions.ascribing import ascribed
from assertions.suggestions.clauses import Piece
from assertions.suggestions.drafts import Draft, Reading
from assertions.suggestions.quotations import Quotation
from assertions.suggestions.tree import Tree


def extent(tree: Tree, quotation: Quotation) -> Piece | None:
    """Return the first and the last token of a quotation, its marks included; None if it holds no word."""
    first = bisect_right(tree.starts, quotation.start) - 1
    if first < 0 or tree.ends[first] <= quotation.start:
        first += 1
    last = bisect_right(tree.starts, quotation.end - 1) - 1
    if first > last or not any(word[0].isalnum() for word in tree.words[first : last + 1]):
        return None
    return first, last


def with_quotations(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with their contents stretched over the quotations they stand in, and those of quotations that
    none of them reaches.
    """
    spans = [extent(reading.tree, quotation) for quotation in reading.quotations]
    for draft in drafts:
        _stretch(reading, draft, spans)
    reached = _reached(reading, drafts)
    by_sentence: dict[int, list[Draft]] = {}
    for waiting in reading.waiting:
        assert waiting.cue_head is not None
        by_sentence.setdefault(reading.tree.sentence[waiting.cue_head], []).append(waiting)
    by_cue = {draft.cue_head: draft for draft in drafts if draft.cue_head is not None}
    added: list[Draft] = []
    last: Draft | None = None
    in_order = sorted(drafts, key=lambda draft: draft.pieces[0][0])
    at = 0
    for number, span in enumerate(spans):
        if span is None:
            continue
        while at < len(in_order) and in_order[at].pieces[0][0] <= span[0]:
            at += 1
        if number in reached:
            last = reached[number]
            continue
        found = ascribed(reading, number, span, by_sentence, last)
        if found is None:
            continue
        if found is not last:
            found = _joined(found, by_cue) or found
            if found.rule == "continued quotation":
                added.append(found)
            elif found.cue_head is not None and found.cue_head not in by_cue:
                by_cue[found.cue_head] = found
                added.append(found)
        last = found
    return drafts + added


def _joined(found: Draft, by_cue: dict[int, Draft]) -> Draft | None:
    """Return the statement that the same cue already makes, with the new piece added; None if there is none."""
    known = by_cue.get(found.cue_head) if found.cue_head is not None else None
    if known is None or found.rule == "continued quotation":
        return None
    known.pieces = sorted([*known.pieces, *found.pieces])
    return known


def _stretch(reading: Reading, draft: Draft, spans: list[Piece | None]) -> None:
    """Let a content that begins or ends within a quotation reach to the quotation's own edges."""
    inside = reading.quoted[draft.cue_head] if draft.cue_head is not None else -1
    stretched = []
    for first, last in draft.pieces:
        at, to = reading.quoted[first], reading.quoted[last]
        begin, end = spans[at] if at >= 0 else None, spans[to] if to >= 0 else None
        if begin is not None and at != inside:
            first = min(first, begin[0])
        if end is not None and to != inside:
            last = max(last, end[1])
        stretched.append((first, last))
    draft.pieces = stretched


def _reached(reading: Reading, drafts: list[Draft]) -> dict[int, Draft]:
    """Return by quotation the draft whose content it is in, of those whose cue stands outside of it."""
    reached: dict[int, Draft] = {}
    for draft in drafts:
        inside = reading.quoted[draft.cue_head] if draft.cue_head is not None else -1
        for first, last in draft.pieces:
            token = first
            while token <= last:
                number = reading.quoted[token]
                if number >= 0 and number != inside:
                    reached.setdefault(number, draft)
                token += 1
    return reached
