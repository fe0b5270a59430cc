"""Pieces of annotated texts, damaged as texts are on their way: cut anywhere, quotes unclosed, odd characters."""

import random
from collections.abc import Iterator, Sequence

_ODD = [
    "\x00", "\x07", "\x1b[0m", "\ufeff", "\u200b", "\u200d", "\u202e", "\u2066", "\u0301", "\ud800",
    "\U0001f1f0\U0001f1f5", "\r\n", "\r", "\t\t", "\u2028", "\x85", "\xa0", '"', "“", "”", "‘", "’", "«", "(", "…", "—",
    "שלום", "مرحبا", "조선", "ﬁ", "İ", "said", " said that that ", ", according to", "“said “",
]  # fmt: skip


def mangled(texts: Sequence[str], count: int, seed: int = 7, length: int = 300) -> Iterator[str]:
    """Yield ``count`` damaged pieces of at most about ``length`` characters; the same seed gives the same pieces."""
    rng = random.Random(seed)
    for _ in range(count):
        text = rng.choice(texts)
        start = rng.randrange(max(1, len(text) - length))
        piece = list(text[start : start + rng.randint(0, length)])
        for _ in range(rng.randint(1, 8)):
            at = rng.randint(0, len(piece))
            match rng.randrange(4):
                case 0:
                    piece.insert(at, rng.choice(_ODD))
                case 1:
                    del piece[at : at + rng.randint(1, 12)]
                case 2:
                    piece[at : at + 1] = piece[at : at + 1] * rng.randint(2, 5)
                case _:
                    piece[at : at + 20] = reversed(piece[at : at + 20])
        yield "".join(piece)
