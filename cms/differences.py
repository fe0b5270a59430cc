"""What changed between two texts, for people to read: words, paragraphs, lists. Pure.

A longest common subsequence of words (rapidfuzz, bit-parallel) is the smallest difference, not the most readable
one: it finds an "of" or a comma in common within a sentence that was written anew. So small islands of equal words
between two changes go into the change, and a run of words that went or came is moved to where a sentence or a word
begins.

No comparison takes longer than its texts allow: what begins and ends alike is left out first, then words that stand
once in either text split the rest (patience diff), and a stretch that is too large even then counts as replaced
as a whole.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from rapidfuzz.distance import LCSseq

Kind = Literal["same", "removed", "added"]
Change = Literal["same", "changed", "removed", "added", "moved away", "moved here"]
_Span = tuple[int, int, int, int]

CELLS = 100_000_000
"""The largest stretch that is compared word by word: words before times words after. It needs a bit a cell."""
WORD_BY_WORD = 40_000
"""Characters of two long texts together that are compared where it is one answer among several, or a list of them."""
PAIRS = 2_500
"""The largest stretch in which paragraphs are paired by likeness: paragraphs before times paragraphs after."""
ISLAND = 3
"""Words that are equal between two changes, and at most so many, are read as part of a larger change."""
ALIKE = 0.4
"""Part of the words of two paragraphs that has to be common for one to be the other, changed."""
MOVED = 4
"""Words that a paragraph must have to be told as moved: "Read more" may stand anywhere."""

_DEPTH = 8
"""How often a stretch is split before it counts as replaced."""

# Letters of scripts that part no words by spaces are words of their own; so are marks that end or enclose words.
# A mark within a word or number stays in it: 1,000 or U.S or example.org.
_LETTER = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_SIGN = r".,:;!?…\"“”„«»()\[\]{}–—、。「」『』，；：！？（）"
_TOKEN = re.compile(rf"\s+|[{_LETTER}]|(?:(?<=\w)[.,:](?=\w)|[^\s{_LETTER}{_SIGN}])+|.", re.DOTALL)
_SENTENCE_ENDS = re.compile(r"""[.!?…。！？]["”'’»)\]]*\s*\Z""")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text that both have, or that went, or that came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph before and after; one of them is "" where it was added, removed or moved.

    ``pieces`` are its words: one piece where it is the same, was moved, added or removed. A moved paragraph stands
    twice, "moved away" where it was and "moved here" where it is.
    """

    kind: Change
    before: str
    after: str
    pieces: tuple[Piece, ...]


def words(before: str, after: str) -> list[Piece]:
    """Return what became of the words of a text; what went stands before what came in its place.

    "same" and "removed" pieces joined are ``before``, "same" and "added" ones ``after``, to the character.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for change in _readable(old, new, matches(old, new, CELLS)):
        found = [
            Piece("same", "".join(old[slice(*change.same)])),
            Piece("removed", "".join(old[slice(*change.removed)])),
            Piece("added", "".join(new[slice(*change.added)])),
        ]
        pieces += [piece for piece in found if piece.text]
    return pieces


def words_of_long(before: str, after: str) -> list[Piece]:
    """Return what became of the words of a text, as `words` does, in a time that a reader waits for.

    Texts of together more than ``WORD_BY_WORD`` characters are compared by paragraphs first, and by words only between
    paragraphs that both have; what is longer than that even there counts as replaced.
    """
    if len(before) + len(after) <= WORD_BY_WORD:
        return words(before, after)
    old, new = (text.split("\n\n") for text in (before, after))
    old, new = ([*(f"{text}\n\n" for text in texts[:-1]), texts[-1]] for texts in (old, new))
    pieces: list[Piece] = []
    i = k = 0
    for start, begin, size in [*matches(old, new, CELLS), (len(old), len(new), 0)]:
        went, came = "".join(old[i:start]), "".join(new[k:begin])
        if len(went) + len(came) <= WORD_BY_WORD:
            pieces += words(went, came)
        else:
            pieces += [Piece("removed", went), Piece("added", came)]
        pieces.append(Piece("same", "".join(old[start : start + size])))
        i, k = start + size, begin + size
    return [piece for piece in pieces if piece.text]


def paragraphs(before: str, after: str) -> list[Changed]:
    """Return what became of the paragraphs of a text, parted by an empty line, in the order of the new text.

    Those that are the same in both orders hold the rest in place. Between them a paragraph that stands elsewhere too
    was moved, and the others are paired with those most like them; so a changed paragraph is compared with its own
    former wording. ``before`` of all but the "added" and "moved here", joined by an empty line, is the text before;
    ``after`` of all but the "removed" and "moved away" the text after.
    """
    old, new = _split(before), _split(after)
    runs = matches(old, new, CELLS)
    kept_old = {i for start, _, size in runs for i in range(start, start + size)}
    kept_new = {k for _, start, size in runs for k in range(start, start + size)}
    away, here = _moved(
        {i: text for i, text in enumerate(old) if i not in kept_old},
        {k: text for k, text in enumerate(new) if k not in kept_new},
    )
    result: list[Changed] = []
    i = k = 0
    for start, begin, size in [*runs, (len(old), len(new), 0)]:
        result += _between(old, new, range(i, start), range(k, begin), away, here)
        result += [Changed("same", text, text, (Piece("same", text),)) for text in old[start : start + size]]
        i, k = start + size, begin + size
    return result


def items(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    """Return what became of the items of a list, such as topics: those that went stand where they stood.

    An item that only changed its place is "removed" there and "added" here.
    """
    pieces: list[Piece] = []
    i = k = 0
    for start, begin, size in [*matches(before, after, CELLS), (len(before), len(after), 0)]:
        pieces += [Piece("removed", text) for text in before[i:start]]
        pieces += [Piece("added", text) for text in after[k:begin]]
        pieces += [Piece("same", text) for text in before[start : start + size]]
        i, k = start + size, begin + size
    return pieces


def word_counts(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Return how many words went and how many came."""
    went, came = (
        sum(len(piece.text.split()) for piece in pieces if piece.kind == kind)
        for kind in ("removed", "added")
    )
    return went, came


def shortened(piece: Piece, ends: int) -> Piece:
    """Return a stretch that is the same, if it is long, with about ``ends`` characters at either end only."""
    if piece.kind != "same" or len(piece.text) <= 2 * ends:
        return piece
    return Piece("same", f"{piece.text[:ends].rpartition(' ')[0]} […] {piece.text[-ends:].partition(' ')[2]}")


# What two sequences have in common


def matches(old: Sequence[Hashable], new: Sequence[Hashable], cells: int) -> list[tuple[int, int, int]]:
    """Return runs that both have in the same order: (start before, start after, length), not touching."""
    numbers: dict[Hashable, int] = {}
    before = [numbers.setdefault(token, len(numbers)) for token in old]
    after = [numbers.setdefault(token, len(numbers)) for token in new]
    runs: list[tuple[int, int, int]] = []
    for i, k, size in _aligned(before, after, (0, len(before), 0, len(after)), cells):
        if not size:
            continue
        if runs and runs[-1][0] + runs[-1][2] == i and runs[-1][1] + runs[-1][2] == k:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + size)
        else:
            runs.append((i, k, size))
    return runs


def _aligned(
    old: list[int], new: list[int], span: _Span, cells: int, depth: int = 0
) -> Iterator[tuple[int, int, int]]:
    """Return the runs in order; a stretch of more than ``cells`` cells is split at what stands once in both."""
    i, j, k, m = span
    head = _alike(old, new, i, j, k, m)
    yield i, k, head
    i, k = i + head, k + head
    tail = _alike_at_the_end(old, new, i, j, k, m)
    j, m = j - tail, m - tail
    if (j - i) * (m - k) <= cells:
        for code in LCSseq.opcodes(old[i:j], new[k:m]):
            if code.tag == "equal":
                yield i + code.src_start, k + code.dest_start, code.src_end - code.src_start
    elif depth < _DEPTH and (anchors := _standing_once(old, new, i, j, k, m)):
        for (a, c), (b, d) in pairwise([(i, k), *anchors, (j, m)]):
            yield from _aligned(old, new, (a, b, c, d), cells, depth + 1)
    yield j, m, tail


def _alike(old: list[int], new: list[int], i: int, j: int, k: int, m: int) -> int:
    size = 0
    while i + size < j and k + size < m and old[i + size] == new[k + size]:
        size += 1
    return size


def _alike_at_the_end(old: list[int], new: list[int], i: int, j: int, k: int, m: int) -> int:
    size = 0
    while i + size < j and k + size < m and old[j - 1 - size] == new[m - 1 - size]:
        size += 1
    return size


def _standing_once(old: list[int], new: list[int], i: int, j: int, k: int, m: int) -> list[tuple[int, int]]:
    """Return places of what stands once in either stretch, the longest series that is in order in both."""
    once_before, once_after = _once(old, i, j), _once(new, k, m)
    pairs = sorted((place, once_after[token]) for token, place in once_before.items() if token in once_after)
    # The longest increasing subsequence, by patience sorting.
    tops: list[int] = []
    piles: list[int] = []
    below: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        below.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        piles[pile : pile + 1] = [number]
    series: list[tuple[int, int]] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        series.append(pairs[number])
        number = below[number]
    return series[::-1]


def _once(tokens: list[int], start: int, end: int) -> dict[int, int]:
    times = Counter(tokens[start:end])
    return {tokens[place]: place for place in range(start, end) if times[tokens[place]] == 1}


# Making it readable


@dataclass(slots=True)
class _Step:
    """A run that both have, and what was changed after it: positions before, before and after."""

    same: tuple[int, int]
    removed: tuple[int, int]
    added: tuple[int, int]


def _readable(old: list[str], new: list[str], runs: list[tuple[int, int, int]]) -> list[_Step]:
    """Return the changes with small islands taken into them, each begun where a word or sentence begins."""
    sizes = _Sizes(old, new)
    joined: list[_Step] = []
    for step in _steps(len(old), len(new), runs):
        joined.append(step)
        while len(joined) > 1 and sizes.is_island(joined[-2], joined[-1]):
            last = joined.pop()
            left = joined.pop()
            removed, added = (left.removed[0], last.removed[1]), (left.added[0], last.added[1])
            joined.append(_Step(left.same, removed, added))
    for step, following in zip(joined, [*joined[1:], None], strict=True):
        _slide(old, new, step, following)
    return joined


def _steps(before: int, after: int, runs: list[tuple[int, int, int]]) -> Iterator[_Step]:
    """Return runs, and what was changed after each; ``before`` and ``after`` are the lengths of the sequences."""
    same, k = (0, 0), 0
    for start, begin, size in [*runs, (before, after, 0)]:
        yield _Step(same, (same[1], start), (k, begin))
        same, k = (start, start + size), begin + size
    yield _Step(same, (before, before), (after, after))


class _Sizes:
    """How many words and how many line ends stand before each position of either text."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        self._old, self._new = (
            [0, *accumulate(any(map(str.isalnum, token)) for token in tokens)] for tokens in (old, new)
        )
        self._lines = [0, *accumulate("\n" in token for token in old)]

    def is_island(self, left: _Step, right: _Step) -> bool:
        """Tell whether what is the same between two changes is too little to be read as such."""
        if any(
            step.removed[0] == step.removed[1] and step.added[0] == step.added[1] for step in (left, right)
        ):
            return False
        start, end = right.same
        size = self._old[end] - self._old[start]
        if not size:
            return self._lines[end] == self._lines[start]
        sides = [
            max(
                self._old[step.removed[1]] - self._old[step.removed[0]],
                self._new[step.added[1]] - self._new[step.added[0]],
            )
            for step in (left, right)
        ]
        return size <= ISLAND and size <= min(sides)


def _slide(old: list[str], new: list[str], step: _Step, following: _Step | None) -> None:
    """Move a run that only went, or only came, to the most natural of the places at which it can stand.

    "the [big ]cat" and "the[ big] cat" say the same; the first is read more easily.
    """
    came = step.removed[0] == step.removed[1]
    if following is None or came == (step.added[0] == step.added[1]):
        return
    tokens, (start, end) = (new, step.added) if came else (old, step.removed)
    # The words around are the same in both texts, so each of the two can be asked in its own positions.
    room_before = step.same[1] - step.same[0]
    room_after = following.same[1] - following.same[0]
    back = ahead = 0
    while back < room_before and tokens[start - 1 - back] == tokens[end - 1 - back]:
        back += 1
    while ahead < room_after and tokens[start + ahead] == tokens[end + ahead]:
        ahead += 1
    best = max(range(-back, ahead + 1), key=lambda by: (_start(tokens, start + by), -abs(by)))
    step.same = (step.same[0], step.same[1] + best)
    step.removed = (step.removed[0] + best, step.removed[1] + best)
    step.added = (step.added[0] + best, step.added[1] + best)
    following.same = (following.same[0] + best, following.same[1])


def _start(tokens: list[str], place: int) -> int:
    """Return how well something begins at a place: 3 a line, 2 a sentence, 1 a word."""
    if place == len(tokens) or tokens[place].isspace():
        return 0
    before = "".join(tokens[max(0, place - 3) : place])
    if not before or before.endswith("\n"):
        return 3
    if not before[-1].isspace():
        return 0
    return 2 if _SENTENCE_ENDS.search(before) else 1


# Paragraphs


def _split(text: str) -> list[str]:
    return text.split("\n\n") if text else []


def _moved(old: dict[int, str], new: dict[int, str]) -> tuple[set[int], set[int]]:
    """Return which paragraphs, by their places before and after, only changed their place."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for k, text in new.items():
        places[text].append(k)
    away: set[int] = set()
    here: set[int] = set()
    for i, text in old.items():
        if len(text.split()) >= MOVED and places[text]:
            away.add(i)
            here.add(places[text].pop(0))
    return away, here


def _between(
    old: list[str], new: list[str], gone: range, come: range, away: set[int], here: set[int]
) -> list[Changed]:
    """Return the paragraphs between two that stayed, the former ones before those that took their place."""
    partners = _partners(old, new, [i for i in gone if i not in away], [k for k in come if k not in here])
    result: list[Changed] = []
    following = iter(gone)

    def until(stop: int | None) -> Iterator[Changed]:
        for i in following:
            if i == stop:
                return
            kind: Change = "moved away" if i in away else "removed"
            yield Changed(kind, old[i], "", (Piece("removed", old[i]),) if old[i] else ())

    for k in come:
        if k in partners:
            result += until(partners[k])
            before, after = old[partners[k]], new[k]
            result.append(Changed("changed", before, after, tuple(words(before, after))))
        else:
            kind: Change = "moved here" if k in here else "added"
            result.append(Changed(kind, "", new[k], (Piece("added", new[k]),) if new[k] else ()))
    result += until(None)
    return result


def _partners(old: list[str], new: list[str], gone: list[int], come: list[int]) -> dict[int, int]:
    """Return for new paragraphs which former ones they are, changed: the likest pairs that keep the order."""
    if not gone or not come:
        return {}
    if len(gone) * len(come) > PAIRS:
        same = len(gone) == len(come)
        return dict(zip(come, gone, strict=True)) if same else {}
    bags = [_bag(new[k]) for k in come]
    alike = [[_likeness(former, bag) for bag in bags] for former in (_bag(old[i]) for i in gone)]
    # The best sum of likeness over pairs in order, as in the alignment of Needleman and Wunsch (1970).
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]
    for a in range(len(gone) - 1, -1, -1):
        for b in range(len(come) - 1, -1, -1):
            pair = alike[a][b] + best[a + 1][b + 1] if alike[a][b] >= ALIKE else 0.0
            best[a][b] = max(pair, best[a + 1][b], best[a][b + 1])
    pairs: dict[int, int] = {}
    a = b = 0
    while a < len(gone) and b < len(come):
        if alike[a][b] >= ALIKE and best[a][b] == alike[a][b] + best[a + 1][b + 1]:
            pairs[come[b]] = gone[a]
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _bag(text: str) -> Counter[str]:
    return Counter(token.casefold() for token in _TOKEN.findall(text) if any(map(str.isalnum, token)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the part of their words that two paragraphs have in common: Dice's coefficient of the words."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
