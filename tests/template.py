"""A database with all migrations applied, from which each process of a test run copies its own."""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from cms.postgres import SUPERUSER, EmbeddedServer

ROOT = Path(__file__).parents[1]


def migrated_template(server: EmbeddedServer) -> str:
    """The name of the template on the running server; it is made if a migration or a library is new."""
    name = f"migrated_{digest()}"
    with (
        (server.home / "template.lock").open("ab") as lock,
        psycopg.connect(
            host=str(server.sockets), user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = connection.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'migrated\_%'")
        templates = {str(row[0]) for row in found}
        if name not in templates:
            for old in templates:
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            draft = f"{name}_draft"
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
            migrate(server, draft)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
    return name


def migrate(server: EmbeddedServer, database: str) -> None:
    address = f"postgresql://{SUPERUSER}@{quote(str(server.sockets), safe='')}/{database}"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings", "DATABASE_URL": address},
        check=True,
    )


def digest() -> str:
    """What the template depends on, in short: our migrations, and the versions of the libraries."""
    sources = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements.txt"]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
