"""Jobs: slow work that a worker does after the request, kept in a queue inside PostgreSQL (procrastinate)."""

from enum import Enum

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue

WAITING = "todo"
RUNNING = "doing"
FAILED = "failed"
ATTEMPTS = 5
"""So often is a job begun: one that fails each time, or ends its worker, as for want of memory, is given up."""


class Progress(Enum):
    """How far a job is: there is none or it succeeded, it will be done, or it failed too often."""

    DONE = "done"
    UNDER_WAY = "under way"
    GIVEN_UP = "given up"


def queue_once(task: str, lock: str, *, priority: int = 0, **arguments: JSONValue) -> bool:
    """Queue a task by its name, with JSON arguments, unless one waits under the lock; True if it was queued.

    The higher ``priority`` goes first. It is a part of the transaction that runs: what is rolled back leaves no job.
    A job that waits already may be taken by a worker before this transaction ends. So the task has to wait for whoever
    queues it, by a lock of the row that both are about, before it looks at what is new.
    """
    if ProcrastinateJob.objects.filter(queueing_lock=lock, status=WAITING).exists():
        return False
    try:
        # The clash of two who queue at once would abort the whole transaction.
        with transaction.atomic():
            app.configure_task(task, queueing_lock=lock, priority=priority).defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def progress_of(lock: str) -> Progress:
    """Return how far what was queued under a lock is; a job that failed is under way while it is tried again."""
    rows = (
        ProcrastinateJob.objects.filter(queueing_lock=lock).order_by("-pk").values_list("status", "attempts")
    )
    found = list(rows[:2])  # one that runs, and one that was queued since
    if any(status in (WAITING, RUNNING) for status, _ in found):
        return Progress.UNDER_WAY
    if not found or found[0][0] != FAILED:
        return Progress.DONE
    return Progress.UNDER_WAY if found[0][1] < ATTEMPTS else Progress.GIVEN_UP
