"""``manage.py analyse``: what the suggester finds in a plain text; nothing is stored."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from actors.name_table import known_names
from actors.names import PLACE, NameTrie


class Command(BaseCommand):
    help = (
        "Show the actors that a plain text mentions, as the name table knows them. Positions count Unicode code points "
        "of the text as given. With several paths and --json: one JSON object a line, with its path."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a text file in UTF-8, or - for standard input"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")

    def handle(self, *args: Any, paths: list[str], as_json: bool = False, **options: Any) -> None:
        names = known_names()
        failed = 0
        for path in paths:
            try:
                text = _read(path)
            except (OSError, UnicodeDecodeError) as error:
                failed += 1
                self.stderr.write(self.style.ERROR(f"{path}: {_why(error)}"))
                continue
            found = analyse(text, names)
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
        self.stdout.write(f"{path}: {len(found['mentions'])} mentions")


def analyse(text: str, names: NameTrie) -> dict[str, Any]:
    """Return ``mentions`` (start, end, text, actor or None, candidates, kind) and ``statements`` of a text."""
    mentions = [
        {
            "start": hit.start,
            "end": hit.end,
            "text": hit.text,
            "actor": hit.actor,
            "candidates": list(hit.candidates),
            "kind": hit.kind,
        }
        for hit in names.find(text)
        if hit.kind != PLACE
    ]
    return {"mentions": mentions, "statements": []}


def _read(path: str) -> str:
    data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    return data.decode("utf-8")


def _why(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 text (byte {error.start}); save it as UTF-8."
    return f"{error.strerror}."
