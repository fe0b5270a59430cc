"""``manage.py analyse``: what the suggester finds in a plain text; nothing is stored."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from actors.models import Actor
from actors.name_table import known_names
from actors.names import NameTrie
from assertions.suggestions.precision import precision_of
from assertions.suggestions.statements import KnownActor, Span, Statement, find_statements


class Command(BaseCommand):
    help = (
        "Show the actors that a plain text mentions, as the name table knows them, and the statements it ascribes to "
        "somebody. Positions count Unicode code points of the text as given. With several paths and --json: one JSON "
        "object a line, with its path."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a text file in UTF-8, or - for standard input"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")

    def handle(self, *args: Any, paths: list[str], as_json: bool = False, **options: Any) -> None:
        names, actors = known_names(), known_actors()
        failed = 0
        for path in paths:
            try:
                text = _read(path)
            except (OSError, UnicodeDecodeError) as error:
                failed += 1
                self.stderr.write(self.style.ERROR(f"{path}: {_why(error)}"))
                continue
            found = analyse(text, names, actors)
            if as_json:
                found = {"path": path, **found} if len(paths) > 1 else found
                self.stdout.write(json.dumps(found, ensure_ascii=False))
            else:
                self._print(path, found)
        if failed:
            sys.exit(1)

    def _print(self, path: str, found: dict[str, Any]) -> None:
        for mention in found["mentions"]:
            actor = mention["actor"] or "? " + ", ".join(mention["candidates"])
            self.stdout.write(f"{mention['start']:>7} {mention['text']}  {mention['kind']}  {actor}")
        for statement in found["statements"]:
            content = statement["content"]
            who = statement["speaker"] or statement["speaker_description"] or "?"
            words = " ".join(content["text"].split())
            self.stdout.write(
                f"{content['start']:>7} {who} {statement['act']}: {words}  ({statement['rule']})"
            )
        self.stdout.write(f"{path}: {len(found['mentions'])} mentions, {len(found['statements'])} statements")


def known_actors() -> dict[str, KnownActor]:
    """Return, by slug, what the resolution of speakers asks of every actor, public or not."""
    rows = Actor.objects.values_list("slug", "kind", "country__slug")
    return {slug: KnownActor(kind, country or "") for slug, kind, country in rows}


def analyse(text: str, names: NameTrie, actors: Mapping[str, KnownActor]) -> dict[str, Any]:
    """Return ``mentions`` (start, end, text, actor or None, candidates, kind) and ``statements`` of a text.

    A statement has its spans (source, cue, content), speaker, act, whether it is quoted, and what a suggestion needs
    besides, under the names of ``Statement``; ``confidence`` is the measured precision of its rule.
    """
    found = names.find(text)
    mentions = [
        {
            "start": hit.start,
            "end": hit.end,
            "text": hit.text,
            "actor": hit.actor,
            "candidates": list(hit.candidates),
            "kind": hit.kind,
        }
        for hit in found
        if not hit.is_place
    ]
    statements = find_statements(text, found, actors=actors)
    return {"mentions": mentions, "statements": [_as_json(statement) for statement in statements]}


def _as_json(statement: Statement) -> dict[str, Any]:
    return {
        "source": _place(statement.source),
        "cue": _place(statement.cue),
        "content": _place(statement.content),
        "speaker": statement.speaker,
        "act": statement.act,
        "quoted": statement.quoted != "indirect",
        "speaker_description": statement.speaker_description,
        "quotation": statement.quoted,
        "parts": [_place(part) for part in statement.parts],
        "rule": statement.rule,
        "confidence": precision_of(statement.rule),
        "negated": statement.negated,
        "certainty": statement.certainty,
        "hedge": statement.hedge,
        "condition": statement.condition,
        "event_class": statement.event_class,
        "subjects": list(statement.subjects),
        "objects": list(statement.objects),
        "relays": [{"actor": relay.actor, "description": relay.description} for relay in statement.relays],
        "said": statement.said,
        "quantities": [
            {
                **(_place(quantity.span) or {}),
                "low": None if quantity.low is None else str(quantity.low),
                "high": None if quantity.high is None else str(quantity.high),
                "low_open": quantity.low_open,
                "high_open": quantity.high_open,
                "is_approximate": quantity.is_approximate,
                "unit": quantity.unit,
            }
            for quantity in statement.quantities
        ],
    }


def _place(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}


def _read(path: str) -> str:
    data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    return data.decode("utf-8")


def _why(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 text (byte {error.start}); save it as UTF-8."
    return f"{error.strerror}."
