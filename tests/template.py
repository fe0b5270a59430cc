"""Databases that tests copy: one with all migrations applied, and one that holds the demonstration coverage too."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection, connections
from psycopg import sql

from cms.postgres import SUPERUSER, EmbeddedServer

ROOT = Path(__file__).parents[1]
APPS = ("actors", "articles", "assertions", "cms", "demo")


def migrated_template(server: EmbeddedServer) -> str:
    """The name of the template on the running server; it is made if a migration or a library is new."""
    return _template(server, "migrated", _migrations(), source="template1", command="migrate")


def loaded_template(server: EmbeddedServer) -> str:
    """The name of the template with the coverage; it is made anew whenever the coverage or our code is."""
    code = [file for app in APPS for file in sorted(ROOT.glob(f"{app}/**/*.py"))]
    data = [*sorted(ROOT.glob("demo/**/*.yaml")), *sorted(ROOT.glob("demo/**/*.md"))]
    migrated = migrated_template(server)
    return _template(server, "loaded", [*_migrations(), *code, *data], source=migrated, command="load_demo")


@contextmanager
def copied(server: EmbeddedServer, template: str) -> Iterator[None]:
    """Have Django use a copy of a template, made for this, in place of the database that it tests with."""
    used = connection.settings_dict
    name, copy = used["NAME"], f"{used['NAME']}_copy"
    with _administration(server) as administration:
        for statement in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {} TEMPLATE {}"):
            parts = [sql.Identifier(copy), sql.Identifier(template)][: statement.count("{}")]
            administration.execute(sql.SQL(statement).format(*parts))
    connections.close_all()
    # All connections read it from the same settings, those of the server's threads too.
    used["NAME"] = copy
    try:
        yield
    finally:
        connections.close_all()
        used["NAME"] = name
        with _administration(server) as administration:
            administration.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(copy)))


def _template(server: EmbeddedServer, kind: str, depends_on: list[Path], *, source: str, command: str) -> str:
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in depends_on)).hexdigest()[:16]
    name = f"{kind}_{digest}"
    with (server.home / f"{kind}.lock").open("ab") as lock, _administration(server) as administration:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = administration.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [rf"{kind}\_%"]
        )
        templates = {str(row[0]) for row in found}
        if name not in templates:
            for old in templates:
                administration.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            draft = f"{name}_draft"
            create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            administration.execute(create.format(sql.Identifier(draft), sql.Identifier(source)))
            _run(server, draft, command)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            administration.execute(rename.format(sql.Identifier(draft), sql.Identifier(name)))
    return name


def _administration(server: EmbeddedServer) -> psycopg.Connection:
    return psycopg.connect(host=str(server.sockets), user=SUPERUSER, dbname="postgres", autocommit=True)


def _run(server: EmbeddedServer, database: str, command: str) -> None:
    address = f"postgresql://{SUPERUSER}@{quote(str(server.sockets), safe='')}/{database}"
    subprocess.run(
        [sys.executable, "manage.py", command, "--skip-checks", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings", "DATABASE_URL": address},
        check=True,
    )


def _migrations() -> list[Path]:
    return [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements.txt"]
