"""The system checks of the site."""

import pytest
from django.db import connection

from cms import checks


@pytest.mark.django_db
def test_the_server_of_the_tests_is_new_enough() -> None:
    assert checks.check_postgres_version(databases=["default"]) == []


@pytest.mark.django_db
def test_an_older_server_is_named_with_both_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = connection.pg_version // 10_000  # type: ignore[attr-defined]
    monkeypatch.setattr(checks, "OLDEST_POSTGRES", ours + 1)
    [error] = checks.check_postgres_version(databases=["default"])
    assert f"PostgreSQL {ours}; this site needs {ours + 1} or newer" in error.msg


def test_without_a_database_nothing_is_asked() -> None:
    assert checks.check_postgres_version(databases=None) == []
