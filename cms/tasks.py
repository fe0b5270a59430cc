"""What workers do besides their jobs: those whose worker was killed are queued again, old failures are forgotten."""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.worker import Worker

from cms.jobs import ATTEMPTS

BEAT = 10.0
"""Seconds between two signs of life of a worker."""
MISSED = 3
"""So many beats without a sign of life, and a worker counts as dead."""
KEPT_HOURS = 30 * 24

log = logging.getLogger(__name__)


async def work(beat: float = BEAT) -> None:
    """Do jobs as settings.PROCRASTINATE_WORKER_DEFAULTS says, until SIGTERM or SIGINT, and give back lost ones.

    A job whose worker died is queued again after four times ``beat`` at the latest, in seconds, however busy this
    worker is: looking for such jobs is no job itself, since it would wait in the queue behind long ones.
    """
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()):
        opened: Any
        async with app.open_async() as opened:
            opened.perform_import_paths()
            settings = opened.worker_defaults
            beats = {"update_heartbeat_interval": beat, "stalled_worker_timeout": MISSED * beat}
            worker: Any = Worker(opened, **(settings | beats))
            looking = asyncio.create_task(_keep_giving_back(worker, beat))
            try:
                await worker.run()
            finally:
                looking.cancel()
                with suppress(asyncio.CancelledError):
                    await looking


async def _keep_giving_back(worker: Worker, beat: float) -> None:
    while True:
        try:
            await give_back(worker.app.job_manager, MISSED * beat, but_of=worker.worker_id)
        except Exception:
            # Another worker was quicker with the same job, or the database is away for a moment.
            log.exception("Looking for lost jobs failed; it is tried again.")
        await asyncio.sleep(beat / 2)


@app.periodic(cron="17 3 * * *")
@app.task(name="cms.forget_jobs", queueing_lock="cms.forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Delete what ended a month ago and was given up; what succeeded is deleted at once."""
    await context.app.job_manager.delete_old_jobs(
        KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def give_back(manager: JobManager, without_sign_of_life: float, *, but_of: int | None = None) -> int:
    """Queue again the jobs of workers without a sign of life for so many seconds, and failed ones; return how many.

    The worker with the id ``but_of`` lives, whatever its last sign says: after a machine has slept, all are old.
    procrastinate's own retry of a failed job is not used: if the same work was queued meanwhile, the two clash at the
    queueing lock, and the job would run for ever.
    """
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=without_sign_of_life)
    lost = [job for job in stalled if but_of is None or job.worker_id != but_of]
    failed = [job for job in await manager.list_jobs_async(status="failed") if job.attempts < ATTEMPTS]
    return sum([await _queue_again(manager, job) for job in [*lost, *failed]])


async def _queue_again(manager: JobManager, job: Job) -> bool:
    is_lost = job.status == Status.DOING.value
    if job.attempts >= ATTEMPTS:
        log.error("Job %s was lost with its worker %s times and is given up.", job.call_string, ATTEMPTS)
        await manager.finish_job(job, Status.FAILED, delete_job=False)
        return False
    try:
        await manager.retry_job(job)
    except UniqueViolation:
        # The same work waits already, under the lock of this one.
        if is_lost:
            await manager.finish_job(job, Status.ABORTED, delete_job=True)
        return False
    log.warning("Job %s is queued again: it %s.", job.call_string, "lost its worker" if is_lost else "failed")
    return True
