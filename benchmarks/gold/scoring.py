"""How statements and mentions that were found are scored against those marked by hand.

A statement found is one marked if their contents share enough words (by place: F1 of the words at least 0.5) and their
sources share a head word, or neither has a source. The pairs are one to one, those that share most first. PolNeAR and
PARC 3 are scored in like ways, by the words of content and source.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from assertions.suggestions.shapes import Span

ENOUGH = 0.5
_WORD = re.compile(r"\w+(?:[’'.]\w+)*")
# What ends the part of a noun phrase that can hold its head: what follows describes it.
_AFTER_HEAD = re.compile(
    r"[(—–]|\b(?:of|in|at|for|from|with|within|on|to|by|near|about|than|using|including|such as|that|who|whom|whose"
    r"|which|known|carried|formerly|once|named|called|here|there|himself|herself|themselves)\b"
)
_JOINT = re.compile(r",|;|\band\b|\bor\b")
_POSSESSIVE = re.compile(r"(?<=\w)[’']s?$")


class Attributed(Protocol):
    @property
    def source(self) -> Span | None: ...
    @property
    def content(self) -> Span: ...


class Named(NamedTuple):
    """A mention to be scored."""

    start: int
    end: int
    actor: str


class Score(NamedTuple):
    """How many were right, of how many found, of how many marked."""

    right: int
    found: int
    marked: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.marked) if self.found + self.marked else 0.0

    def plus(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.found + other.found, self.marked + other.marked)


def pairs(found: Sequence[Attributed], marked: Sequence[Attributed]) -> list[tuple[int, int]]:
    """Return which of the statements found is which of those marked, as indexes, each in one pair at most."""
    found_words = [_words(statement.content) for statement in found]
    marked_words = [_words(statement.content) for statement in marked]
    fitting = []
    for i, ours in enumerate(found_words):
        for j, theirs in enumerate(marked_words):
            shared = 2 * len(ours & theirs) / (len(ours) + len(theirs) or 1)
            if shared >= ENOUGH and same_source(found[i].source, marked[j].source):
                fitting.append((-shared, i, j))
    taken: list[tuple[int, int]] = []
    for _, i, j in sorted(fitting):
        if all(i != other and j != another for other, another in taken):
            taken.append((i, j))
    return taken


def same_source(found: Span | None, marked: Span | None) -> bool:
    """Tell whether a source found shares a head word of the one marked, or both are unsaid."""
    if found is None or marked is None:
        return found is marked
    return any(found.start < end and start < found.end for start, end in heads(marked))


def heads(source: Span) -> list[tuple[int, int]]:
    """Return where the head words of a noun phrase stand: of the phrase, of its appositions, of what is joined in it.

    A head is the last word before what describes it (a preposition, a relative clause). No parser is asked, since it
    would share its errors with those who are scored.
    """
    found = []
    begin = 0
    for end in [*(match.start() for match in _JOINT.finditer(source.text)), len(source.text)]:
        piece = source.text[begin:end]
        described = _AFTER_HEAD.search(piece)
        words = list(_WORD.finditer(piece, 0, described.start() if described else len(piece)))
        words = [word for word in words if word[0] not in ("and", "or", "both")]
        if words:
            found.append((source.start + begin + words[-1].start(), source.start + begin + words[-1].end()))
        begin = end
    return found or [(source.start, source.end)]


def mentions(found: Iterable[Named], marked: Iterable[Named]) -> tuple[Score, Score]:
    """Return the score of mentions whose words overlap, and of those whose words are the same; the actor always is."""
    found, marked = sorted(found), sorted(marked)
    same = len(set(found) & set(marked))
    left = list(marked)
    right = 0
    for mention in found:
        for other in left:
            if mention.actor == other.actor and mention.start < other.end and other.start < mention.end:
                left.remove(other)
                right += 1
                break
    return Score(right, len(found), len(marked)), Score(same, len(found), len(marked))


def _words(content: Span) -> set[int]:
    """Return where the words of a span begin."""
    return {content.start + match.start() for match in _WORD.finditer(content.text)}
