"""``manage.py import_articles``: articles from files and folders."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from articles.actions import import_item
from articles.importers import BadItem, Item, find, read


class Command(BaseCommand):
    help = (
        "Import articles as drafts from plain text, Markdown with front matter, JSON Lines, or folders of them. "
        "The same item twice changes nothing, so an import can be stopped and run again. "
        "What cannot be read is named, skipped and counted, and the exit status is then 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument(
            "--publish", action="store_true", help="make them public, from the day that they bear"
        )

    def handle(self, *args: Any, paths: list[Path], publish: bool = False, **options: Any) -> None:
        counts: Counter[str] = Counter()
        for path in paths:
            for item in read(path):
                counts[self._import(item, publish)] += 1
                if counts.total() % 100 == 0:
                    self.stderr.write(f"{counts.total()} items read")
        passed_over = _passed_over(paths)
        self.stdout.write(
            f"{counts['imported']} imported, {counts['known']} imported before, {counts['skipped']} skipped"
            + (f"; {passed_over} of other kinds passed over." if passed_over else ".")
        )
        if counts["skipped"]:
            sys.exit(1)

    def _import(self, item: Item | BadItem, publish: bool) -> str:
        if isinstance(item, BadItem):
            self.stderr.write(self.style.ERROR(f"{item.origin}: {item.reason}"))
            return "skipped"
        try:
            article = import_item(item, None, public=publish)
        except ValidationError as error:
            self.stderr.write(self.style.ERROR(f"{item.origin}: {' '.join(error.messages)}"))
            return "skipped"
        except DatabaseError as error:
            self.stderr.write(self.style.ERROR(f"{item.origin}: the database refused it: {error}"))
            return "skipped"
        if article is None:
            self.stdout.write(f"{item.origin}: imported before, left as it is")
            return "known"
        self.stdout.write(f"{item.origin}: {article.slug}")
        return "imported"


def _passed_over(paths: list[Path]) -> str:
    """Return how many files of folders no importer knows, "" for none."""
    number = sum(find(path).others for path in paths)
    return f"{number} file{'' if number == 1 else 's'}" if number else ""
