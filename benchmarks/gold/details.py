"""What suggestions say besides who, how and which words, scored against details written by hand: details.json.

Each row of the file is a statement of ``develop/``; its article is in one half or the other, so that rules can be
written against one half and scored once on the other. How they were chosen and written: README.md.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from assertions.drafting.claims import claim_of, told_quantities
from assertions.suggestions.shapes import FoundQuantity, Statement
from benchmarks.gold.files import FOLDER, GoldArticle
from benchmarks.gold.finding import ACTORS, Scored

HALVES = ("develop", "held")
FIELDS = ("negated", "certainty", "hedge", "condition", "event", "quantities", "said_on")
_TOKEN = re.compile(r"\w+(?:[’'.,]\w+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of the file, and what was found of it: a statement, and the claim that was made of it, or ""."""

    gold: Mapping[str, Any]
    found: Statement | None
    claim: str

    @property
    def is_right(self) -> dict[str, bool]:
        """Which fields are as they should be; of a statement that was found, and that is worth keeping."""
        assert self.found is not None
        found = {
            "negated": self.found.negated,
            "certainty": self.found.certainty,
            "hedge": _plain(self.found.hedge),
            "condition": _plain(self.found.condition),
            "event": self.found.event_class,
            "quantities": sorted(map(_of_found, told_quantities(self.found))),
            "said_on": self.found.said,
        }
        wanted = dict(self.gold) | {
            "hedge": _plain(self.gold["hedge"]),
            "condition": _plain(self.gold["condition"]),
            "quantities": sorted(map(_of_gold, self.gold["quantities"])),
        }
        return {name: found[name] == wanted[name] for name in FIELDS}


def rows(articles: Sequence[GoldArticle], path: Path = FOLDER / "details.json") -> list[dict[str, Any]]:
    """Return the rows of the file. ValueError names one that is no statement of its article any more."""
    known = {(article.id, *_place(row)) for article in articles for row in article.statements}
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    for row in found:
        content, source = row["content"], row["source"]
        place = (content["start"], content["end"], source["start"] if source else None)
        if (row["article"], *place) not in known:
            raise ValueError(
                f"{path.name}: {row['article']} has no statement {content['text'][:60]!r} at {place}"
            )
        row["place"] = place
    return found


def told(results: Sequence[Scored], half: str, find: Callable[[str], Sequence[Any]]) -> Iterator[Told]:
    """Yield the statements of a half with what was found of each; ``find`` returns the mentions in a text."""
    wanted = {
        (row["article"], row["place"]): row
        for row in rows([result.article for result in results])
        if row["half"] == half
    }
    called = names()
    for result in results:
        article = result.article
        found = {_place(theirs): ours for ours, theirs in result.matched()}
        mentions = find(article.text)
        for statement in article.statements:
            row = wanted.get((article.id, _place(statement)))
            if row is None:
                continue
            ours = found.get(_place(statement))
            claim = claim_of(ours, article.text, called, mentions) if ours is not None else ""
            yield Told(row, ours, claim)


def report(half: str, rows_of_half: Sequence[Told], *, show: bool) -> None:
    """Print the share of what is right, by field; with ``show`` also what is wrong."""
    worth = [row for row in rows_of_half if row.gold["keep"]]
    found = [row for row in worth if row.found is not None]
    made = [row for row in found if row.claim]
    print(f"\ndetails, {half}: {len(rows_of_half)} statements, {len(worth)} worth keeping")
    print(
        f"  of those found           {_share(len(found), len(worth))}, with a claim {_share(len(made), len(worth))}"
    )
    bare = [row for row in rows_of_half if not row.gold["keep"]]
    print(f"  of the others left out   {_share(sum(not row.claim for row in bare), len(bare))}")
    shared = [f1(row.claim, row.gold["proposition"]) for row in made]
    same = sum(_plain(row.claim) == _plain(row.gold["proposition"]) for row in made)
    print(
        f"  proposition, its words   F1 {sum(shared) / (len(shared) or 1):.3f}, to the letter {_share(same, len(made))}"
    )
    right = Counter(name for row in found for name, is_right in row.is_right.items() if is_right)
    for name in FIELDS:
        print(f"  {name:24} {_share(right[name], len(found))}")
    dated = [row for row in found if row.found is not None and row.found.said]
    print(f"  … of the days told       {_share(sum(row.is_right['said_on'] for row in dated), len(dated))}")
    classed = [row for row in found if row.found is not None and row.found.event_class]
    print(f"  … of the events told     {_share(sum(row.is_right['event'] for row in classed), len(classed))}")
    if show:
        _show(rows_of_half)


def _show(told_rows: Sequence[Told]) -> None:
    for row in told_rows:
        gold, found = row.gold, row.found
        if not gold["keep"]:
            if row.claim:
                print(f"    kept    {row.claim} ({gold['why']})")
            continue
        if found is None or not row.claim:
            print(f"    {'missed' if found is None else 'none  '}  {gold['content']['text'][:90]}")
            if found is None:
                continue
        elif _plain(row.claim) != _plain(gold["proposition"]):
            print(f"    claim   {row.claim}\n    for     {gold['proposition']}")
        for name, is_right in row.is_right.items():
            if not is_right:
                ours = {"event": found.event_class, "said_on": found.said}.get(name) or getattr(
                    found, name, ""
                )
                if name == "quantities":
                    print(f"      quantities {[_of_found(q) for q in found.quantities]} for "
                          f"{[_of_gold(q) for q in gold['quantities']]} in {row.claim[:60]}")  # fmt: skip
                else:
                    print(f"      {name} {ours!r} for {gold[name]!r} in {row.claim[:60]}")


def names() -> dict[str, str]:
    """Return how the actors of the demonstration are called within a sentence, by their slugs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    import django

    django.setup()
    from actors.models import Actor
    from assertions.drafting.drafts import called

    entries = yaml.safe_load(ACTORS.read_text(encoding="utf-8"))
    return {entry["slug"]: called(Actor(name=entry["name"], kind=entry["kind"])) for entry in entries}


def f1(ours: str, theirs: str) -> float:
    """Return the F1 of the words of two sentences, small letters and capitals alike."""
    mine, wanted = (Counter(_TOKEN.findall(words.casefold())) for words in (ours, theirs))
    common = sum((mine & wanted).values())
    return 2 * common / (mine.total() + wanted.total() or 1)


def _place(row: Any) -> tuple[int, int, int | None]:
    return row.content.start, row.content.end, row.source.start if row.source else None


def _plain(words: str) -> str:
    """Return words without capitals, quotation marks and what ends them."""
    bare = re.sub(r"[“”\"‘’']", "", words.casefold())
    return " ".join(bare.split()).rstrip(".")


def _of_gold(row: Mapping[str, Any]) -> tuple[str, ...]:
    return _as_words(row["low"], row["high"], row["low_open"], row["high_open"], row["about"], row["unit"])


def _of_found(found: FoundQuantity) -> tuple[str, ...]:
    return _as_words(found.low, found.high, found.low_open, found.high_open, found.is_approximate, found.unit)


def _as_words(
    low: Any, high: Any, low_open: bool, high_open: bool, is_about: bool, unit: str
) -> tuple[str, ...]:
    """Return a quantity so that it can be compared; of its unit the last word, by its beginning."""
    last = unit.casefold().rpartition(" ")[2].removesuffix("s")
    bounds = ["" if bound is None else f"{Decimal(bound).normalize():f}" for bound in (low, high)]
    return (*bounds, f"{low_open:d}{high_open:d}{is_about:d}", last)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "– (none)"
