"""``manage.py suggest``: store what the rules find in articles, at once and without the queue."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from assertions.actions import store_suggestions


class Command(BaseCommand):
    help = (
        "Read the newest texts of articles and store the statements found in them as suggestions for the desk. What "
        "was suggested before is not suggested again, so it can be stopped and run again. Each text that is saved is "
        "read by the worker of the site anyway; this is for older texts, and after the rules or names changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--article", nargs="+", metavar="SLUG", help="these articles, by the last part of their addresses"
        )
        which.add_argument(
            "--all", action="store_true", help="every article, the newest first; so it is without an option"
        )

    def handle(
        self, *args: Any, article: list[str] | None = None, verbosity: int = 1, **options: Any
    ) -> None:
        keys = list(Article.objects.order_by("-pk").values_list("pk", flat=True))
        unknown: list[str] = []
        if article is not None:
            by_slug = dict(Article.objects.filter(slug__in=article).values_list("slug", "pk"))
            keys = [by_slug[slug] for slug in dict.fromkeys(article) if slug in by_slug]
            unknown = [slug for slug in dict.fromkeys(article) if slug not in by_slug]
        for slug in unknown:
            self.stderr.write(
                self.style.ERROR(
                    f"There is no article “{slug}”; give the last part of the article's address."
                )
            )
        proposed, taken_back = self._read(keys, verbosity)
        self.stdout.write(
            f"{len(keys)} article{'' if len(keys) == 1 else 's'} read, {proposed} new suggestion"
            f"{'' if proposed == 1 else 's'}, {taken_back} taken back."
        )
        if unknown:
            raise CommandError(
                f"{len(unknown)} of the articles named {'is' if len(unknown) == 1 else 'are'} unknown."
            )

    def _read(self, keys: list[int], verbosity: int) -> tuple[int, int]:
        proposed = taken_back = 0
        for number, key in enumerate(keys, 1):
            stored = store_suggestions(key)
            proposed, taken_back = proposed + stored.proposed, taken_back + stored.taken_back
            if verbosity > 1 or number % 25 == 0:
                self.stderr.write(f"{number} of {len(keys)} articles, {proposed} new suggestions")
        return proposed, taken_back
