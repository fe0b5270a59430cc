"""``manage.py load_demo``: the demonstration coverage."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from demo.load import CoverageError, read_coverage
from demo.store import store


class Command(BaseCommand):
    help = (
        "Load the demonstration coverage: actors, topics, measures, articles, assertions and questions. "
        "What stands there already is left as it is, so a second run changes nothing."
    )

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        try:
            new = store(read_coverage())
        except CoverageError as error:
            raise CommandError(f"The demonstration coverage was not loaded.\n{error}") from error
        if any(new.values()):
            # The server gathers statistics in its own time; until then it plans the pages as if there were no rows.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        if verbosity:
            self.stdout.write("Loaded: " + ", ".join(f"{count} {sort}" for sort, count in new.items()) + ".")
