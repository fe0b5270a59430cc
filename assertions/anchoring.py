"""Where a quotation stands in a text, and what becomes of it in another text. Pure.

A quotation is a W3C Web Annotation TextQuoteSelector (exact words, with some text before and after) together
with a TextPositionSelector (start and end). Positions count Unicode code points, `end` exclusive. Words are
compared code point by code point: nothing is normalised and nothing is matched roughly, so that a quotation
never comes to stand at words that are only like it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assertions.vocabulary import AnchorStatus

CONTEXT = 32
"""Characters of context on each side, as many as common annotation clients keep."""

_COUNTED = 100
_SENTENCE_END = re.compile(r"[.!?…。！？।؟\n]")
_WORD = re.compile(r"\w")
# Of one length each, so that a place in the folded text is one in the text.
_TYPOGRAPHY = str.maketrans("‘’‚‛“”„‟«»\u00a0\u202f‐‑–—", '\'\'\'\'""""""  ----')


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a quotation, and the text directly before and after them, shorter at its borders."""

    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def with_context(self) -> str:
        """The words together with the text around them."""
        return self.prefix + self.exact + self.suffix


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a quotation in another text; `start` and `end` are None where it has no place in it."""

    status: AnchorStatus
    start: int | None = None
    end: int | None = None


class QuoteNotFound(ValueError):
    """The words stand nowhere in the text, or not in the context given."""


class QuoteAmbiguous(ValueError):
    """The words stand at several places of the text: `places` counts them, up to a hundred."""

    def __init__(self, message: str, places: int) -> None:
        super().__init__(message)
        self.places = places


def quote_at(text: str, start: int, end: int, context: int = CONTEXT) -> Quote:
    """Return the quotation of ``text[start:end]`` with up to `context` characters of text on each side.

    Raises ValueError if the span is empty or reaches out of the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is no passage of a text of {len(text)} characters")
    return Quote(text[start:end], text[max(0, start - context) : start], text[end : end + context])


def locate(text: str, exact: str, prefix: str = "", suffix: str = "") -> tuple[int, int]:
    """Return start and end of the one place of `text` where `exact` stands between `prefix` and `suffix`.

    Raises QuoteNotFound or QuoteAmbiguous with a sentence for the writer of the quotation, ValueError if
    `exact` is empty.
    """
    if not exact:
        raise ValueError("a quotation needs words")
    places = _places(text, prefix + exact + suffix, _COUNTED)
    if not places:
        raise QuoteNotFound(_why_not_found(text, exact))
    if len(places) > 1:
        raise QuoteAmbiguous(_how_to_tell_apart(text, exact, places), len(places))
    start = places[0] + len(prefix)
    return start, start + len(exact)


def carry(quote: Quote, start: int, old_text: str, new_text: str) -> Carried:
    """Return what becomes in `new_text` of the quotation that stands at `start` of `old_text`.

    - *exact*: the same words, between the same prefix and suffix, at the same position; and if they stand
      more than once in this context in either text, nothing before them changed either.
    - *moved*: the words stand in one place only, in both texts, and there they still follow or precede what
      their sentence said before or after them, unless they are a sentence of their own; or, if they recur in
      either text, the words in their full prefix and suffix stand in one place only in both. Judging by the
      new text alone would take a look-alike: of two equal sentences one may have been deleted, and the other
      is not the one quoted; "denied it" may be what another person does now.
    - *ambiguous*: the words are there, but whether or which of them are the ones quoted is for a person to
      say (``candidates``).
    - *lost*: the words stand nowhere.

    Raises ValueError if the quotation does not stand at `start` of `old_text` in its context.
    """
    length = len(quote.exact)
    if not quote.exact or not _stands(quote, start, old_text):
        raise ValueError(f"the quotation does not stand at {start} of the text that it is carried from")
    words = _places(new_text, quote.exact, 2)
    if not words:
        return Carried(AnchorStatus.LOST)
    in_context = _only_place(quote.with_context, old_text, new_text)
    if _stands(quote, start, new_text) and (in_context is not None or new_text[:start] == old_text[:start]):
        return Carried(AnchorStatus.EXACT, start, start + length)
    if (
        len(words) == 1
        and len(_places(old_text, quote.exact, 2)) == 1
        and _keeps_its_sentence(quote, words[0], new_text)
    ):
        return Carried(AnchorStatus.MOVED, words[0], words[0] + length)
    if in_context is not None:
        moved = in_context + len(quote.prefix)
        return Carried(AnchorStatus.MOVED, moved, moved + length)
    return Carried(AnchorStatus.AMBIGUOUS)


def carry_on(steps: Sequence[tuple[Quote, int, str]], new_text: str) -> Carried:
    """Return what becomes in `new_text` of a quotation that people have placed in several texts.

    `steps` are its places: the quotation as it stands there, where it begins, and that text; first where it was
    quoted, then where people found it since, and the first of them that leads to a place decides. At least one is
    needed. Raises ValueError as ``carry`` does.
    """
    first, *later = [carry(quote, start, text, new_text) for quote, start, text in steps]
    if first.start is not None:
        return first
    placed = next((carried for carried in later if carried.start is not None), None)
    return Carried(AnchorStatus.MOVED, placed.start, placed.end) if placed else first


def candidates(text: str, exact: str) -> list[int]:
    """Return the places, at most a hundred, where the words of an ambiguous quotation begin in a text."""
    return _places(text, exact, _COUNTED)


def _keeps_its_sentence(quote: Quote, start: int, text: str) -> bool:
    """Tell whether words at `start` stand beside what their own sentence says on one side at least.

    Only the sentence counts, so that a whole sentence may go to another paragraph. A quotation that is a sentence of
    its own still begins or ends one; at the border of its text there was nothing to keep.
    """
    end = start + len(quote.exact)
    before, after = _SENTENCE_END.split(quote.prefix)[-1], _SENTENCE_END.split(quote.suffix)[0]
    if _WORD.search(before + after):
        return (bool(_WORD.search(before)) and text.endswith(before, 0, start)) or (
            bool(_WORD.search(after)) and text.startswith(after, end)
        )
    now_before = _SENTENCE_END.split(text[max(0, start - CONTEXT) : start])[-1]
    now_after = _SENTENCE_END.split(text[end : end + CONTEXT])[0]
    return not (quote.prefix and _WORD.search(now_before)) or not (quote.suffix and _WORD.search(now_after))


def _stands(quote: Quote, start: int, text: str) -> bool:
    begin = start - len(quote.prefix)
    return begin >= 0 and text.startswith(quote.with_context, begin)


def _only_place(words: str, old_text: str, new_text: str) -> int | None:
    """Return where `words` stand in `new_text` if they stand once there and once in `old_text`."""
    places = _places(new_text, words, 2)
    return places[0] if len(places) == 1 and len(_places(old_text, words, 2)) == 1 else None


def _places(text: str, words: str, limit: int) -> list[int]:
    """Return the first places, at most `limit`, where `words` begin in `text`; they may overlap.

    The limit bounds the time: each search is linear, but their number is not.
    """
    places: list[int] = []
    at = text.find(words)
    while at >= 0 and len(places) < limit:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _why_not_found(text: str, exact: str) -> str:
    if at := _places(text, exact, 1):
        around = quote_at(text, at[0], at[0] + len(exact))
        return (
            f"“{_short(exact)}” stands in the text, but not between the words given before and after it; "
            f"there it stands after “{around.prefix}” and before “{around.suffix}”"
        )
    if at := _places(text.translate(_TYPOGRAPHY), exact.translate(_TYPOGRAPHY), 1):
        there = text[at[0] : at[0] + len(exact)]
        other = "which has other quotation marks, dashes or spaces"
        return f"“{_short(exact)}” is not in the text, {other}: “{_short(there)}”"
    return f"“{_short(exact)}” is not in the text; copy the words from it, character by character"


def _how_to_tell_apart(text: str, exact: str, places: list[int]) -> str:
    number = f"{len(places)}" if len(places) < _COUNTED else f"at least {_COUNTED}"
    first, second = (quote_at(text, at, at + len(exact), 16) for at in places[:2])
    return (
        f"“{_short(exact)}” stands at {number} places; "
        "give the words before it (prefix) or after it (suffix): "
        f"first “{first.prefix}[…]{first.suffix}”, then “{second.prefix}[…]{second.suffix}”"
    )


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79]}…"
