"""System checks: what this site needs of its surroundings."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

OLDEST_POSTGRES = 15


@register(Tags.database)
def check_postgres_version(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each of the named databases whose server is older than the site's SQL allows."""
    found = {alias: connections[alias].pg_version // 10_000 for alias in databases or ()}  # type: ignore[attr-defined]
    return [
        Error(
            f"The database '{alias}' is PostgreSQL {version}; this site needs {OLDEST_POSTGRES} or newer.",
            hint="Give DATABASE_URL of a newer server, or none for the embedded one.",
            id="cms.E001",
        )
        for alias, version in found.items()
        if version < OLDEST_POSTGRES
    ]
