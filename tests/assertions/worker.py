"""The worker of tests: it does what is queued and ends, or runs in a process of its own that can be killed."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from cms.tasks import give_back

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
"""Seconds; a machine may be busy."""
Result = TypeVar("Result")
BEAT = 0.5
"""Seconds between two signs of life of a worker here; all that the worker waits for is a multiple of it."""
PROGRAM = """
import asyncio, sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from cms.tasks import work
asyncio.run(work(float(sys.argv[2])))
"""


def work() -> None:
    """Do all jobs that wait."""
    _in_a_loop(app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False))


def give_back_now() -> int:
    """Queue again the jobs of all workers, as if each of them were without a sign of life; return how many."""
    return _in_a_loop(give_back(app.job_manager, 0))


def _in_a_loop(act: Coroutine[Any, Any, Result]) -> Result:
    """Run what asks the queue as a worker does, in a thread of its own: the caller's may have a loop."""

    async def run() -> Result:
        connector: Any = app.connector
        with app.replace_connector(connector.get_worker_connector()):
            async with app.open_async():
                return await act

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, run()).result()


@contextmanager
def worker_process() -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker on the database of the test; it is killed in the end."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(connection.settings_dict["NAME"]), str(BEAT)],
        cwd=ROOT,
        env=environment,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def jobs(status: str = "") -> list[ProcrastinateJob]:
    """Return the jobs about articles, the oldest first."""
    found = ProcrastinateJob.objects.filter(task_name="assertions.suggest").order_by("pk")
    return list(found.filter(status=status) if status else found)


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait for what another process does."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
