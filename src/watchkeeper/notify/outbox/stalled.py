"""Jobs of workers that died: Procrastinate leaves them marked as being done, and nobody does them."""

from __future__ import annotations

from datetime import UTC, datetime

from asgiref.sync import async_to_sync
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
"""Past by the clock of any host: Procrastinate's own "now" would be this process's, not the database's."""


def release_stalled_jobs() -> int:
    """Give every job of a worker that no longer shows signs of life to another; how many there were."""
    stalled = list(async_to_sync(app.job_manager.get_stalled_jobs)())
    for job in stalled:
        _release(job)
    return len(stalled)


def _release(job: Job) -> None:
    assert job.id is not None, "a job that was fetched has an id"
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job.id, retry_at=AT_ONCE)
    except UniqueViolation:
        # The same work waits already in a job of its own.
        async_to_sync(app.job_manager.finish_job)(job, Status.FAILED, delete_job=True)
