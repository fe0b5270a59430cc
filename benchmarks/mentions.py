"""Words a second of the name matcher, as a ratio to flashtext over the same names and texts in the same run.

Run by ``make bench``, or as ``python benchmarks/mentions.py [--names N] [--rounds N]``. Names are synthetic and
reproducible; the texts are the demonstration articles, each with a few of the names put in, so that mentions are about
as dense as in news. flashtext finds strings; the matcher also decides who is meant.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from flashtext import KeywordProcessor

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from actors.names import Name, NameTrie  # noqa: E402

SYLLABLES = "ba cho do fen gar hul im jo kel lan mor nu os pak ri san tov ul vik won yar zen".split()


@dataclass(frozen=True, slots=True)
class Race:
    """Seconds that each took in each round, over ``words`` words in which ``found`` names stand."""

    words: int
    found: int
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """How many times the other's words a second ours are, by round."""
        return [theirs / ours for ours, theirs in zip(self.ours, self.theirs, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    race = against_flashtext(options.names, options.rounds)
    print(f"{options.names:,} names, {race.words:,} words, {race.found:,} mentions, {options.rounds} rounds")
    print(f"dyad       {race.words / statistics.median(race.ours):>12,.0f} words a second (median)")
    print(f"flashtext  {race.words / statistics.median(race.theirs):>12,.0f} words a second (median)")
    ratios = race.ratios
    print(f"ratio      {min(ratios):.2f} to {max(ratios):.2f}, median {statistics.median(ratios):.2f}")


def against_flashtext(names_wanted: int, rounds: int) -> Race:
    """Find the same synthetic names in the same texts with both, turn by turn, and return the times."""
    rng = random.Random(7)
    names = [" ".join(_word(rng) for _ in range(rng.choice([2, 2, 3]))) for _ in range(names_wanted)]
    texts = [
        _with_names(path.read_text(encoding="utf-8"), names, rng)
        for path in sorted(ROOT.glob("demo/articles/*.md"))
    ]
    trie = NameTrie(
        Name(text=name, actor=str(key), kind="name", actor_kind="person") for key, name in enumerate(names)
    )
    flash = KeywordProcessor(case_sensitive=False)
    for key, name in enumerate(names):
        flash.add_keyword(name, str(key))

    race = Race(
        words=sum(len(text.split()) for text in texts), found=sum(len(trie.find(text)) for text in texts)
    )
    for _ in range(rounds):
        race.ours.append(seconds(trie.find, texts))
        race.theirs.append(seconds(flash.extract_keywords, texts))
    return race


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice([3, 3, 4]))).capitalize()


def _with_names(text: str, names: list[str], rng: random.Random) -> str:
    """Put a name before every fortieth word or so."""
    return " ".join(
        f"{rng.choice(names)} {word}" if rng.random() < 1 / 40 else word for word in text.split(" ")
    )


def seconds(find: Callable[[str], object], texts: Iterable[str]) -> float:
    """Return how long it takes to call ``find`` with every text."""
    begin = time.perf_counter()
    for text in texts:
        find(text)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
