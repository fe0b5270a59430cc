"""``manage.py export``: the whole database as JSON Lines."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.exporting import BadFolder, one_instant, write


class Command(BaseCommand):
    help = (
        "Write all that the newsroom has written into a folder: one file of JSON Lines a kind, sorted, all of one "
        "instant; two exports of one database are the same. It is for the newsroom itself: drafts, notes, and versions "
        "that were withdrawn or removed are in it, and who wrote and decided, by user name. Passwords and e-mail "
        "addresses are not, nor what is open in somebody's browser. The files of an earlier export in that folder are "
        "replaced when all is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", metavar="DIR", type=Path, help="an empty folder, or one of an earlier export"
        )

    def handle(self, *args: Any, folder: Path, verbosity: int = 1, **options: Any) -> None:
        files = total = 0
        try:
            with one_instant():
                for kind, number in write(folder):
                    files, total = files + 1, total + number
                    if verbosity > 0:
                        self.stderr.write(f"{kind.file}: {number}")
        except BadFolder as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{total} lines in {files} files written to {folder}.")
