"""``manage.py make_renditions``: make what is missing of the files that pages show of pictures."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from articles.actions import make_renditions
from articles.models import Image


class Command(BaseCommand):
    help = (
        "Make the renditions of images that are missing: AVIF, WebP and JPEG or PNG at each width, and the card. "
        "They can all be made again from the pictures. It can be stopped and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="make all of them, also those that are there"
        )

    def handle(self, *args: Any, again: bool = False, verbosity: int = 1, **options: Any) -> None:
        total, mended, made, failed = Image.objects.count(), 0, 0, 0
        for number, image in enumerate(Image.objects.order_by("pk").iterator(chunk_size=100), 1):
            try:
                new = make_renditions(image, again=again)
            except (OSError, SyntaxError, ValueError) as error:
                self.stderr.write(f"{image.file.name}: {error}")
                failed += 1
                continue
            made, mended = made + new, mended + bool(new)
            if verbosity > 1 or number % 100 == 0:
                self.stderr.write(f"{number} of {total} images")
        self.stdout.write(
            f"{mended} of {total} images: {made} renditions made." + (f" {failed} failed." if failed else "")
        )
        if failed:
            sys.exit(1)
