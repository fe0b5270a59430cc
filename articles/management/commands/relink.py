"""``manage.py relink``: find mentions again after names changed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from actors.models import Actor
from actors.name_table import known_names
from articles.actions import relink
from articles.models import Revision


class Command(BaseCommand):
    help = (
        "Find the mentions of actors again, in the latest revision of every article and in all that are or will be "
        "public. What an editor confirmed stays. It can be stopped and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--actor", metavar="SLUG", help="only in texts in which a name of this actor may stand"
        )

    def handle(self, *args: Any, actor: str | None = None, verbosity: int = 1, **options: Any) -> None:
        if actor and not Actor.objects.filter(slug=actor).exists():
            raise CommandError(f"There is no actor “{actor}”; give the last part of the actor's address.")
        revisions = Revision.objects.in_use().order_by("pk")
        total, searched, mentions = revisions.count(), 0, 0
        for number, revision in enumerate(revisions.iterator(chunk_size=100), 1):
            if actor is None or _may_name(revision, actor):
                searched += 1
                mentions += relink(revision)
            if verbosity > 1 or number % 100 == 0:
                self.stderr.write(f"{number} of {total} texts")
        self.stdout.write(f"{searched} of {total} texts linked again, {mentions} mentions in them.")


def _may_name(revision: Revision, slug: str) -> bool:
    """Tell whether the actor is linked in a text, or its names stand there now; no query knows how names inflect."""
    linked = revision.mentions.filter(Q(actor__slug=slug) | Q(candidates__contains=[slug]))
    return linked.exists() or any(
        slug in (hit.actor, *hit.candidates) for hit in known_names().find(revision.text)
    )
