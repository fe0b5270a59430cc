#!/usr/bin/env python
"""Django's command line, with the embedded PostgreSQL running for the commands that need a database."""

import io
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError
from environs import EnvError
from psycopg.errors import UndefinedColumn, UndefinedTable

from cms.postgres import PostgresError

# `serve` starts the server itself, since it also stops it.
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "serve",
    "startapp",
    "version",
}


def needs_database(arguments: list[str]) -> bool:
    """Whether the command line (without the program's name) is of a command that uses the database."""
    if not arguments or arguments[0].startswith("-") or {"-h", "--help"} & set(arguments):
        return False
    return arguments[0] not in WITHOUT_DATABASE or "--database" in arguments


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file's name may be no text, and still has to be named.
            stream.reconfigure(errors="backslashreplace")
    try:
        from django.conf import settings

        if settings.EMBEDDED_POSTGRES and needs_database(sys.argv[1:]):
            settings.EMBEDDED_POSTGRES.ensure_running()
        execute_from_command_line(sys.argv)
    except (EnvError, ImproperlyConfigured, PostgresError) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database does not answer as it should: {error}")
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
            raise
        sys.exit("The database is not up to date: run make serve, or .venv/bin/python manage.py migrate.")


if __name__ == "__main__":
    main()
