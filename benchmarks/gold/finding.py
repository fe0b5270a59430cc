"""What the name table and the statement finder find in an annotated article, with the actors of the demonstration."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from actors.names import Name, NameTrie
from actors.tokens import can_stand_in_text
from assertions.suggestions.shapes import KnownActor, Span, Statement
from assertions.suggestions.statements import find_statements
from benchmarks.gold.files import GoldArticle, GoldStatement
from benchmarks.gold.scoring import Named, pairs

ACTORS = Path(__file__).resolve().parents[2] / "demo" / "actors.yaml"


@dataclass(frozen=True, slots=True)
class Scored:
    """An article, what was found in it, and which of that is which of the statements marked (indexes)."""

    article: GoldArticle
    found: Sequence[Statement]
    named: Sequence[Named]
    pairs: Sequence[tuple[int, int]]

    def matched(self) -> Iterator[tuple[Statement, GoldStatement]]:
        return ((self.found[i], self.article.statements[j]) for i, j in self.pairs)


class Finder:
    """The name table and the statement finder, with the actors of the demonstration coverage."""

    def __init__(self) -> None:
        entries = yaml.safe_load(ACTORS.read_text(encoding="utf-8"))
        # States first, as the coverage is stored.
        entries.sort(key=lambda entry: (entry["kind"] != "state", "affiliations" in entry))
        self.actors = {
            entry["slug"]: KnownActor(entry["kind"], entry.get("country", "")) for entry in entries
        }
        self.names = NameTrie(
            Name(
                text=name["text"],
                actor=entry["slug"],
                kind=name["kind"],
                language=name["language"],
                is_ambiguous=name.get("ambiguous", False),
                actor_kind=entry["kind"],
                family_first=entry.get("family_name_first", False),
                belongs_to=entry.get("country", ""),
            )
            for entry in entries
            for name in [{"text": entry["name"], "kind": "name", "language": "en"}, *entry.get("names", ())]
            if can_stand_in_text(name["text"])
        )

    def statements(self, article: GoldArticle) -> list[Statement]:
        return find_statements(
            article.text, self.names.find(article.text), actors=self.actors, published=article.published
        )

    def named(self, text: str) -> list[Named]:
        return [Named(hit.start, hit.end, hit.actor) for hit in self.names.find(text) if hit.actor]

    def misplaced(self, text: str) -> int:
        """Return how many of the spans found in a text do not hold their words there."""
        hits = self.names.find(text)
        spans = [Span(hit.start, hit.end, hit.text) for hit in hits]
        for found in find_statements(text, hits, actors=self.actors):
            told = (found.source, found.cue, found.content, *found.parts)
            spans.extend(span for span in told if span is not None)
            spans.extend(quantity.span for quantity in found.quantities)
        return sum(
            not 0 <= span.start < span.end <= len(text) or text[span.start : span.end] != span.text
            for span in spans
        )

    def score(self, article: GoldArticle) -> Scored:
        found = self.statements(article)
        return Scored(article, found, self.named(article.text), pairs(found, article.statements))
