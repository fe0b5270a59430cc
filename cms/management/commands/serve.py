"""`manage.py serve`: the whole site on this machine, from the database to the address to open."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.checks import Tags
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from cms import newsroom, static_files
from cms.postgres import PostgresError
from cms.webserver import ADDRESS, THREADS

PREPARING = 0x64796164  # key of the advisory lock: several sites may start on one database at once
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Command(BaseCommand):
    help = (
        "Run the site on 127.0.0.1 at PORT: start the database unless DATABASE_URL names one, bring it up to "
        "date, collect the static files, open the newsroom if it is empty (DEMO=0: without the demonstration "
        "coverage), and answer until stopped, with a worker for background jobs beside it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_port_in_use(settings.PORT)
        for signum in STOPPING:
            signal.signal(signum, stop)
        embedded = settings.EMBEDDED_POSTGRES
        try:
            if embedded:
                embedded.ensure_running()
            self.prepare()
            self.answer()
        finally:
            for signum in STOPPING:
                signal.signal(signum, signal.SIG_IGN)
            connections.close_all()
            if embedded:
                embedded.release()

    def prepare(self) -> None:
        """Bring the database and the static files up to date, and open the newsroom if it is empty."""
        self.say("Preparing the database and the static files ...")
        try:
            with one_at_a_time():
                self.check(databases=["default"], tags=[Tags.database])
                if has_unapplied_migrations():
                    call_command("migrate", interactive=False, verbosity=0)
                static_files.collect_if_changed()
                passwords = newsroom.open_if_empty(settings.DATA_DIR / "credentials.json", demo=settings.DEMO)
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        if passwords:
            self.say(f"Accounts made; their passwords, kept in {settings.DATA_DIR / 'credentials.json'}:")
            for name, password in passwords.items():
                self.say(f"  {name:10} {password}")

    def answer(self) -> None:
        """Run the web server, and a worker beside it, until the web server ends or we are told to stop."""
        connections.close_all()
        web = subprocess.Popen(
            [sys.executable, "-m", "cms.webserver", str(settings.PORT), str(os.getpid())],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DATABASE_POOL": str(settings.DATABASE_POOL or THREADS)},
        )
        worker: subprocess.Popen[bytes] | None = None
        try:
            while web.poll() is None and not answers(settings.PORT):
                time.sleep(0.05)
            if web.poll() is None:
                self.say(f"Dyad answers at http://{ADDRESS}:{settings.PORT}/ (Ctrl-C stops it)")
            while web.poll() is None:
                self.keep_database()
                worker = self.keep_worker(worker)
                wait(web, seconds=5)
            raise CommandError(f"The web server ended by itself with status {web.returncode}; see above.")
        finally:
            end(web, worker)

    def keep_database(self) -> None:
        """Start the embedded server again if it was killed."""
        embedded = settings.EMBEDDED_POSTGRES
        if embedded and not embedded.answers():
            self.stderr.write("The embedded PostgreSQL does not answer; starting it again.")
            try:
                embedded.ensure_running()
            except PostgresError as error:
                self.stderr.write(str(error))

    def keep_worker(self, worker: subprocess.Popen[bytes] | None) -> subprocess.Popen[bytes]:
        """Start the worker for background jobs, after the site answers, and again if it ended."""
        if worker is not None and worker.poll() is None:
            return worker
        if worker is not None:
            self.stderr.write(f"The worker ended with status {worker.returncode}; starting another one.")
        return subprocess.Popen(
            [sys.executable, "-m", "cms.worker", str(os.getpid())], cwd=settings.BASE_DIR, env=os.environ
        )

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # whoever waits for the address may read from a pipe


def refuse_port_in_use(port: int) -> None:
    """Raise CommandError if another program listens on the port: granian would share it without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on port {port}: {error.strerror}. Stop the program that uses it, "
                f"or choose another port, such as PORT={8000 if port != 8000 else 8001}."
            ) from error


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold a lock of the database, so that two sites do not bring it up to date at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def answers(port: int) -> bool:
    """Whether an HTTP answer comes from the port, whatever it says."""
    http_connection = http.client.HTTPConnection(ADDRESS, port, timeout=10)
    try:
        http_connection.request("GET", "/healthz")
        http_connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        http_connection.close()
    return True


def end(*processes: subprocess.Popen[bytes] | None) -> None:
    """Tell processes to stop, all at once, and kill those that are not done in the time that a job is given."""
    running = [process for process in processes if process is not None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + settings.WORKER_GRACE + 10
    for process in running:
        if not wait(process, seconds=max(0.1, deadline - time.monotonic())):
            process.kill()
            process.wait()


def wait(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait for the end of the process; True if it came in time."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def stop(signum: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
