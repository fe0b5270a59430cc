"""What a worker does on a schedule: jobs whose worker was killed are given to another, old failures are forgotten."""

import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from cms.jobs import ATTEMPTS

WITHOUT_SIGN_OF_LIFE = 30.0
"""Seconds after which a worker counts as dead; each one tells that it lives every ten."""
KEPT_HOURS = 30 * 24

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */15")
@app.task(name="cms.give_back_jobs", queueing_lock="cms.give_back_jobs", pass_context=True)
async def give_back_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again the jobs whose worker is dead, and those that failed. A worker also does this when it starts."""
    await give_back(context.app.job_manager)


@app.periodic(cron="17 3 * * *")
@app.task(name="cms.forget_jobs", queueing_lock="cms.forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Delete what ended a month ago and was given up; what succeeded is deleted at once."""
    await context.app.job_manager.delete_old_jobs(
        KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def give_back(manager: JobManager, without_sign_of_life: float = WITHOUT_SIGN_OF_LIFE) -> int:
    """Queue again the jobs of workers without a sign of life for so many seconds, and failed ones; return how many.

    procrastinate's own retry of a failed job is not used: if the same work was queued meanwhile, the two clash at the
    queueing lock, and the job would run for ever.
    """
    lost = list(await manager.get_stalled_jobs(seconds_since_heartbeat=without_sign_of_life))
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
