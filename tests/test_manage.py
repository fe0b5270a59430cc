"""The command line starts a database server only for commands that need one."""

import pytest

from manage import needs_database


@pytest.mark.parametrize("line", ["migrate", "import_articles folder", "shell", "check --database default"])
def test_commands_that_read_or_write_need_the_database(line: str) -> None:
    assert needs_database(line.split())


@pytest.mark.parametrize(
    "line",
    ["", "--version", "help", "check --deploy", "migrate --help", "collectstatic", "makemigrations --check"],
)
def test_commands_that_only_look_at_the_code_do_not(line: str) -> None:
    assert not needs_database(line.split())
