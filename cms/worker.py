"""The worker of `serve`: it does the jobs in the queue, run as `python -m cms.worker PARENT`."""

import asyncio
import os
import sys

from cms.webserver import end_with

PRIORITY = 10
"""Added to the niceness: readers and editors come first."""


def main(parent: int) -> None:
    """Do jobs until SIGTERM or SIGINT."""
    end_with(parent)
    os.nice(PRIORITY)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    import django
    from procrastinate.exceptions import ConnectorException

    django.setup()
    from cms.tasks import work

    try:
        asyncio.run(work())
    except ConnectorException as error:
        sys.exit(f"The worker lost the database: {error.__cause__ or error}")


if __name__ == "__main__":
    main(parent=int(sys.argv[1]))
