"""The database as its migrations left it, put back after a test that committed."""

from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

KEPT = "migrated"
"""The schema with a copy of each table that the migrations fill."""


def remember() -> None:
    """Keep the rows that came with the migrations, such as the groups; no test may have written yet."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(KEPT)))
        for table in _filled(cursor):
            cursor.execute(
                sql.SQL("CREATE TABLE {} AS TABLE {}").format(
                    sql.Identifier(KEPT, table), sql.Identifier("public", table)
                )
            )


def put_back() -> None:
    """Empty all tables, and fill those that the migrations fill.

    Only what holds something is emptied, without its triggers and keys, which a superuser may: to truncate all tables
    takes longer than most tests. Django truncates them where we are none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        is_superuser = bool(cursor.fetchone()[0])
    if not is_superuser:
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    with transaction.atomic(), connection.cursor() as cursor:
        if is_superuser:
            cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _filled(cursor):
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier("public", table)))
        for table in _tables(cursor, KEPT):
            cursor.execute(
                sql.SQL("INSERT INTO {} SELECT * FROM {}").format(
                    sql.Identifier("public", table), sql.Identifier(KEPT, table)
                )
            )


def _filled(cursor: CursorWrapper) -> list[str]:
    """Return the tables that hold something."""
    looks = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(table, sql.Identifier("public", table))
        for table in _tables(cursor, "public")
    ]
    cursor.execute(sql.SQL(" UNION ALL ").join(looks))
    return [name for (name,) in cursor.fetchall()]


def _tables(cursor: CursorWrapper, schema: str) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    return [name for (name,) in cursor.fetchall()]
