"""A parsed text as plain lists: what the rules read, without the parser's own objects.

Labels of dependencies are those of the ClearNLP scheme, tags those of the Penn Treebank.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

# Words in small letters that the rules take for a pair of quotation marks' sides.
PUNCTUATION = frozenset({".", ",", ":", "``", "''", "-LRB-", "-RRB-", "NFP", "_SP", "HYPH"})

_NEGATIVE = frozenset({"never", "neither", "nor"})


@dataclass(slots=True)
class Tree:
    """All tokens of a text in their order, one list a property; token ``i`` stands at ``starts[i]``:``ends[i]``."""

    text: str
    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    # The index of the head; of a root its own.
    heads: list[int] = field(default_factory=list)
    # The first and the last token of what depends on the token.
    left: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    # The number of the sentence; and of each sentence its first token and the one after its last.
    sentence: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def child(self, token: int, *deps: str) -> int | None:
        """Return the first dependant of ``token`` with one of the labels."""
        for child in self.children[token]:
            if self.deps[child] in deps:
                return child
        return None

    def all(self, token: int, *deps: str) -> list[int]:
        """Return the dependants of ``token`` with one of the labels, in order."""
        return [child for child in self.children[token] if self.deps[child] in deps]

    def is_verb(self, token: int) -> bool:
        return self.tags[token].startswith(("VB", "MD"))

    def is_noun(self, token: int) -> bool:
        return self.tags[token].startswith(("NN", "PRP", "WP", "DT", "CD"))

    def is_proper(self, token: int) -> bool:
        return self.tags[token].startswith("NNP")

    def is_punctuation(self, token: int) -> bool:
        return self.tags[token] in PUNCTUATION

    def is_negated(self, token: int) -> bool:
        """Whether a negation stands with the verb itself ("did not say", "never said")."""
        own = (child for child in self.children[token] if child < token)
        if any(self.deps[child] == "neg" or self.lower[child] in _NEGATIVE for child in own):
            return True
        if self.deps[token] != "conj":
            return False
        return any(self.lower[child] == "nor" and child < token for child in self.children[self.heads[token]])

    def subtree(self, token: int) -> Iterator[int]:
        """Yield the token and all that depends on it, in no particular order."""
        waiting = [token]
        while waiting:
            current = waiting.pop()
            yield current
            waiting.extend(self.children[current])
