"""The worker of `serve`: it does the jobs in the queue, run as `python -m cms.worker PARENT`."""

import os
import sys

from cms.webserver import end_with

PRIORITY = 10
"""Added to the niceness: readers and editors come first."""


def main(parent: int) -> None:
    """Do jobs, as settings.PROCRASTINATE_WORKER_DEFAULTS says, until SIGTERM or SIGINT."""
    end_with(parent)
    os.nice(PRIORITY)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("procrastinate", "worker")


if __name__ == "__main__":
    main(parent=int(sys.argv[1]))
