"""The gold's files, read: annotated articles, and short passages for ambiguous names. Positions as in README.md."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assertions.suggestions.shapes import Span

FOLDER = Path(__file__).resolve().parent
PARTS = ("develop", "held")


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement as an annotator marked it; ``source`` or ``cue`` is None where the text does not say it."""

    source: Span | None
    cue: Span | None
    content: Span
    speaker: str | None
    act: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A place that names an actor; ``actor`` is None where it cannot be told which of the ``candidates`` is meant."""

    span: Span
    actor: str | None
    candidates: Sequence[str]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated text. ``own`` tells the project's articles, those of its domain, from all others."""

    id: str
    headline: str
    address: str
    licence: str
    published: date | None
    own: bool
    text: str
    statements: Sequence[GoldStatement]
    mentions: Sequence[GoldMention]


def articles(part: str, folder: Path = FOLDER) -> list[GoldArticle]:
    """Return the articles of a part ("develop" or "held"), by file name."""
    return [article(path) for path in sorted((folder / part).glob("*.json"))]


def article(path: Path) -> GoldArticle:
    """Return the article of a file. ValueError names a span that does not hold its words."""
    entry = json.loads(path.read_text(encoding="utf-8"))
    text = entry["text"]
    return GoldArticle(
        id=entry["id"],
        headline=entry["headline"],
        address=entry["address"],
        licence=entry["licence"],
        published=date.fromisoformat(entry["date"]) if entry["date"] else None,
        own=entry["address"].startswith("demo/"),
        text=text,
        statements=[_statement(path, text, row) for row in entry["statements"]],
        mentions=[_mention(path, text, row) for row in entry["mentions"]],
    )


def passages(path: Path = FOLDER / "names.json") -> list[tuple[str, str, list[GoldMention]]]:
    """Return the id, text and mentions of each passage for ambiguous names. ValueError as for an article."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    return [
        (entry["id"], entry["text"], [_mention(path, entry["text"], row) for row in entry["mentions"]])
        for entry in entries
    ]


def twice(folder: Path = FOLDER) -> list[tuple[GoldArticle, GoldArticle]]:
    """Return the articles that two annotators marked apart, as the first and as the second did."""
    firsts = sorted((folder / "twice").glob("*.first.json"))
    seconds = [path.with_name(path.name.replace(".first.", ".second.")) for path in firsts]
    return [
        (article(first), article(second))
        for first, second in zip(firsts, seconds, strict=True)
        if second.exists()
    ]


def _statement(path: Path, text: str, row: dict[str, Any]) -> GoldStatement:
    return GoldStatement(
        source=_span(path, text, row["source"]) if row["source"] else None,
        cue=_span(path, text, row["cue"]) if row["cue"] else None,
        content=_span(path, text, row["content"]),
        speaker=row["speaker"],
        act=row["act"],
        quoted=row["quoted"],
    )


def _mention(path: Path, text: str, row: dict[str, Any]) -> GoldMention:
    return GoldMention(_span(path, text, row), row["actor"], row.get("candidates", []))


def _span(path: Path, text: str, row: dict[str, Any]) -> Span:
    start, end, words = row["start"], row["end"], row["text"]
    if not words or text[start:end] != words:
        raise ValueError(f"{path.name}: at {start}:{end} stands {text[start:end]!r}, not {words!r}")
    return Span(start, end, words)
