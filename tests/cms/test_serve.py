"""`manage.py serve`, as a person runs it: real processes, a data folder of its own, a free port."""

import contextlib
import http.client
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from cms.postgres import PORT, SUPERUSER, EmbeddedServer

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds; a machine may be busy


class Site:
    """A data folder and what serves it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.first_words = ""
        self.processes: list[subprocess.Popen[str]] = []

    def command(self, **environment: str) -> subprocess.Popen[str]:
        """Start `serve` in a session of its own."""
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "DATA_DIR": str(self.home),
                "PORT": str(self.port),
                "DEMO": "0",
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def serve(self) -> str:
        """Start `serve`, wait for its address, and return what it said until then."""
        process = self.command()
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if f"http://127.0.0.1:{self.port}/" in line:
                return said
        pytest.fail(f"serve ended with {process.wait()}:\n{said}")

    @property
    def main(self) -> subprocess.Popen[str]:
        """The `serve` that was started last."""
        return self.processes[-1]

    def get(self, path: str) -> tuple[int, str]:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def living(self) -> list[psutil.Process]:
        """Every process of the site: those of `serve`, and those of the database."""
        return [
            process
            for process in psutil.process_iter(["cwd", "cmdline", "status"])
            if process.info["status"] != psutil.STATUS_ZOMBIE
            and (
                process.info["cwd"] == str(self.home / "postgres")
                or process.pid == self.main.pid
                or ("cms.webserver" in (words := process.info["cmdline"] or []) and str(self.port) in words)
                or ("cms.worker" in words and str(self.main.pid) in words)
            )
        ]

    def worker(self) -> psutil.Process | None:
        """The process that does background jobs."""
        return next((process for process in self.living() if "cms.worker" in process.cmdline()), None)

    def manage(self, *arguments: str) -> str:
        """What a command of the site says."""
        environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(self.home)}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def count(self, table: str) -> int:
        """How many rows a table of the site's database has."""
        server = EmbeddedServer(self.home)
        address = {"host": str(server.sockets), "port": PORT, "user": SUPERUSER, "dbname": "postgres"}
        with psycopg.connect(**address) as connection:  # type: ignore[arg-type]
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert row is not None
        return int(row[0])

    def passwords(self) -> dict[str, str]:
        kept: dict[str, str] = json.loads((self.home / "credentials.json").read_text())
        return kept


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site without a demonstration that answers; each test leaves it answering."""
    home = Path(tempfile.mkdtemp(prefix="dyad-test-"))
    site = Site(home)
    site.first_words = site.serve()
    yield site
    site.main.terminate()
    for process in site.processes:
        process.communicate(timeout=PATIENCE)
    shutil.rmtree(home)


def sign_in(site: Site, username: str, password: str) -> str:
    """The address to which the sign-in leads."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"http://127.0.0.1:{site.port}/admin/login/?next=/healthz"
    with opener.open(address) as page:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    assert found is not None
    form = {"csrfmiddlewaretoken": found[1], "username": username, "password": password, "next": "/healthz"}
    with opener.open(address, urllib.parse.urlencode(form).encode()) as answer:
        return str(urllib.parse.urlsplit(answer.geturl()).path)


def test_a_site_answers_with_its_database(site: Site) -> None:
    assert site.get("/healthz") == (200, "ok\n")
    assert site.get("/readyz") == (200, "ready\n")


def test_the_first_passwords_are_said_kept_and_good(site: Site) -> None:
    assert (site.home / "credentials.json").stat().st_mode & 0o777 == 0o600
    assert list(site.passwords()) == ["admin"]
    assert site.passwords()["admin"] in site.first_words
    assert sign_in(site, "admin", site.passwords()["admin"]) == "/healthz"


def test_static_files_are_served_under_names_that_change_with_them(site: Site) -> None:
    _, page = site.get("/admin/login/")
    stylesheet = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    assert stylesheet is not None
    assert site.get(stylesheet[1])[0] == 200


def test_a_second_site_on_the_port_is_refused_and_the_first_goes_on(site: Site) -> None:
    second = site.command()
    said, _ = second.communicate(timeout=PATIENCE)
    site.processes.remove(second)
    assert second.returncode == 1
    assert f"Cannot listen on port {site.port}" in said
    assert "Traceback" not in said
    assert site.get("/readyz")[0] == 200


def test_a_database_that_is_killed_under_the_site_is_started_again(site: Site) -> None:
    note = site.home / "postgres" / "postmaster.pid"
    killed = int(note.read_text().split()[0])
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: note.exists() and note.read_text().split()[0] != str(killed))
    wait_until(lambda: site.get("/readyz")[0] == 200)


def test_a_worker_reads_what_comes_in_and_stands_back_behind_the_site(site: Site, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Ships left\n\nThe minister said that ships had left.\n")
    site.manage("import_articles", str(story))
    wait_until(lambda: site.count("assertions_suggestion") == 1)
    wait_until(lambda: site.count("procrastinate_jobs WHERE task_name = 'assertions.suggest'") == 0)
    worker = site.worker()
    assert worker is not None
    assert worker.nice() == min(psutil.Process(site.main.pid).nice() + 10, 19)


def test_a_worker_that_is_killed_is_replaced(site: Site) -> None:
    wait_until(lambda: site.worker() is not None)
    killed = site.worker()
    assert killed is not None
    killed.kill()
    wait_until(lambda: (other := site.worker()) is not None and other.pid != killed.pid)
    assert site.get("/readyz")[0] == 200


def test_no_worker_outlives_a_killed_serve_and_the_next_has_all_data(site: Site) -> None:
    kept = site.passwords()
    site.main.kill()
    site.main.communicate()
    wait_until(lambda: all(left.cwd() == str(site.home / "postgres") for left in site.living()))
    for process in site.living():  # the database, so that nothing is left at all
        process.kill()
    wait_until(lambda: not site.living())

    said = site.serve()
    assert kept["admin"] not in said
    assert site.passwords() == kept
    assert sign_in(site, "admin", kept["admin"]) == "/healthz"


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_ends_everything_in_order(site: Site, signum: signal.Signals) -> None:
    site.main.send_signal(signum)
    said, _ = site.main.communicate(timeout=PATIENCE)
    assert site.main.returncode == 0
    assert "Traceback" not in said
    assert site.living() == []

    site.command()
    assert site.main.stdout is not None
    assert site.main.stdout.readline()
    site.main.send_signal(signum)  # in the middle of the start
    site.main.communicate(timeout=PATIENCE)
    assert site.living() == []
    site.serve()


def test_a_database_that_does_not_answer_is_named(site: Site) -> None:
    other = site.command(DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing", PORT=str(free_port()))
    said, _ = other.communicate(timeout=PATIENCE)
    site.processes.remove(other)
    assert other.returncode == 1
    assert "The database does not answer" in said
    assert "Traceback" not in said
