"""The embedded server: started once, used by all, found again after whatever happened to it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from cms.postgres import EmbeddedServer, PostgresError, socket_folder

QUICK = {"fsync": "off"}
ROOT = Path(__file__).parents[2]
START = """
import sys
from pathlib import Path
from cms.postgres import EmbeddedServer
EmbeddedServer(Path(sys.argv[1])).ensure_running()
"""

MakeServer = Callable[[str], EmbeddedServer]


@pytest.fixture
def home() -> Iterator[Path]:
    # Not tmp_path: as root the server runs as another account, which cannot enter pytest's folders.
    path = Path(tempfile.mkdtemp(prefix="dyad-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def make_server(home: Path) -> Iterator[MakeServer]:
    made: list[EmbeddedServer] = []

    def make(name: str = "") -> EmbeddedServer:
        made.append(EmbeddedServer(home / name, QUICK))
        return made[-1]

    yield make
    for server in made:
        server.release()
        if server.sockets != server.folder:
            shutil.rmtree(server.sockets, ignore_errors=True)


@pytest.fixture
def server(make_server: MakeServer) -> EmbeddedServer:
    return make_server("")


def ask(server: EmbeddedServer, query: str) -> str:
    with psycopg.connect(host=str(server.sockets), user="postgres", dbname="postgres") as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def run(server: EmbeddedServer, statement: str) -> None:
    with psycopg.connect(host=str(server.sockets), user="postgres", dbname="postgres") as connection:
        connection.execute(statement)


def main_process(server: EmbeddedServer) -> int:
    return int((server.folder / "postmaster.pid").read_text().split()[0])


def processes(server: EmbeddedServer) -> dict[int, int]:
    """The parent of each process of the server."""
    return {
        process.pid: process.info["ppid"]
        for process in psutil.process_iter(["cwd", "ppid"])
        if process.info["cwd"] == str(server.folder)
    }


def test_a_started_server_answers_until_its_user_releases_it(server: EmbeddedServer) -> None:
    server.ensure_running()
    assert server.answers()
    assert server.release()
    assert not server.answers()


def test_a_running_server_is_used_and_only_its_last_user_stops_it(make_server: MakeServer) -> None:
    first, second = make_server(""), make_server("")
    first.ensure_running()
    process = main_process(first)
    second.ensure_running()
    assert main_process(second) == process
    assert not first.release()
    assert second.answers()
    assert second.release()
    assert not second.answers()


def test_the_server_never_runs_as_root(server: EmbeddedServer) -> None:
    server.ensure_running()
    assert psutil.Process(main_process(server)).uids().real == server.account().pw_uid != 0
    assert (server.folder / "PG_VERSION").stat().st_uid == server.account().pw_uid


@pytest.mark.parametrize("made_before", [True, False])
def test_nobody_else_may_enter_the_data(make_server: MakeServer, home: Path, made_before: bool) -> None:
    if made_before:
        (home / "data").mkdir(mode=0o700)
    server = make_server("data")
    server.ensure_running()
    assert server.folder.stat().st_mode & 0o777 == 0o700
    assert server.home.stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("left_behind", ["as it was", "empty", "a living process"])
def test_a_killed_server_is_started_again_with_its_data(server: EmbeddedServer, left_behind: str) -> None:
    server.ensure_running()
    run(server, "CREATE TABLE kept AS SELECT 'here' AS word")
    os.kill(main_process(server), signal.SIGKILL)
    note = server.folder / "postmaster.pid"
    if left_behind == "empty":
        note.write_text("")
    elif left_behind == "a living process":
        lines = note.read_text().splitlines()
        note.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    server.ensure_running()
    assert ask(server, "SELECT word FROM kept") == "here"


def test_a_process_that_got_the_id_of_a_killed_server_is_let_be(server: EmbeddedServer) -> None:
    server.ensure_running()
    os.kill(main_process(server), signal.SIGKILL)
    note = server.folder / "postmaster.pid"
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as bystander:
        lines = note.read_text().splitlines()
        note.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
        while processes(server):
            time.sleep(0.05)
        server.release()
        assert bystander.poll() is None
        bystander.kill()


def test_four_processes_that_start_at_once_get_one_server(server: EmbeddedServer) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", START, server.home], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    assert [(start.communicate()[1], start.returncode) for start in starts] == [("", 0)] * 4
    server.ensure_running()
    running = processes(server)
    assert [pid for pid, parent in running.items() if parent not in running] == [main_process(server)]


@pytest.mark.parametrize(
    "name",
    ["x" * 120, "one,two", 'it\'s "quoted" $HOME `id`', "соседи/이웃"],
    ids=["long", "comma", "quotes", "scripts"],
)
def test_the_data_may_lie_under_any_name(make_server: MakeServer, name: str) -> None:
    server = make_server(name)
    server.ensure_running()
    assert ask(server, "SHOW data_directory") == str(server.folder)


def test_sockets_lie_with_the_data_or_under_a_short_name_of_their_own() -> None:
    assert socket_folder(Path("/srv/site/postgres")) == Path("/srv/site/postgres")
    long, other = (socket_folder(Path("/srv") / letter / ("x" * 100)) for letter in "ab")
    assert long != other
    assert len(str(long)) < 50


def test_a_short_folder_that_is_not_ours_is_refused(make_server: MakeServer, home: Path) -> None:
    server = make_server("x" * 120)
    server.sockets.symlink_to(home)
    try:
        with pytest.raises(PostgresError, match=str(server.sockets)):
            server.ensure_running()
    finally:
        server.sockets.unlink()


def test_text_is_utf8_and_sorted_alike_in_an_empty_environment(server: EmbeddedServer) -> None:
    subprocess.run([sys.executable, "-c", START, server.home], cwd=ROOT, env={}, check=True)
    server.ensure_running()
    assert ask(server, "SHOW server_encoding") == "UTF8"
    assert ask(server, "SELECT datlocale FROM pg_database WHERE datname = 'postgres'") == "C.UTF-8"
    assert ask(server, "SELECT lower('ПХЕНЬЯН')") == "пхеньян"


def test_variables_of_other_databases_do_not_lead_it_astray(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    monkeypatch.setenv("PGDATA", "/nowhere")
    server.ensure_running()
    assert server.answers()


def test_a_folder_that_the_account_cannot_enter_is_refused_and_left_as_it_is(
    make_server: MakeServer, home: Path
) -> None:
    closed = home / "closed"
    closed.mkdir()
    closed.chmod(0o000)
    with pytest.raises(PostgresError, match=str(closed)):
        make_server("closed/data").ensure_running()
    assert closed.stat().st_mode & 0o777 == 0o000


def test_data_that_were_being_made_when_it_was_killed_are_made_anew(server: EmbeddedServer) -> None:
    half_made = server.home / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")
    server.ensure_running()
    assert server.answers()
    assert not half_made.exists()


def test_an_empty_folder_becomes_the_data(server: EmbeddedServer) -> None:
    server.folder.mkdir()
    server.ensure_running()
    assert server.answers()


def test_a_folder_with_something_else_is_refused_and_left_as_it_is(server: EmbeddedServer) -> None:
    server.folder.mkdir()
    (server.folder / "thesis.txt").write_text("mine")
    with pytest.raises(PostgresError, match="holds no PostgreSQL data"):
        server.ensure_running()
    assert [path.name for path in server.folder.iterdir()] == ["thesis.txt"]


def test_data_of_another_version_are_refused_with_the_way_out(server: EmbeddedServer) -> None:
    server.folder.mkdir()
    (server.folder / "PG_VERSION").write_text("15\n")
    with pytest.raises(PostgresError, match=r"written by PostgreSQL 15.*pg_dump"):
        server.ensure_running()


def test_a_server_that_does_not_start_says_what_its_log_says(home: Path) -> None:
    server = EmbeddedServer(home, {"no_such_setting": "1"})
    with pytest.raises(PostgresError, match="no_such_setting"):
        server.ensure_running()
