"""The worker process: carries the jobs that were deferred inside a business transaction."""

import asyncio
import os

CONCURRENCY = int(os.environ.get("WATCHKEEPER_WORKER_CONCURRENCY", "8"))
POLL_SECONDS = 1.0  # a notification starts a job in milliseconds; this is for one that was missed
SECONDS_TO_FINISH = 2.0


def work() -> int:
    """Work until SIGTERM or SIGINT. Raises when the database stays away: whoever started the worker starts it again."""
    asyncio.run(_work())
    return 0


async def _work() -> None:
    from procrastinate.contrib.django import app

    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        await worker_app.run_worker_async(
            name="watchkeeper",
            concurrency=CONCURRENCY,
            fetch_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=SECONDS_TO_FINISH,
            delete_jobs="successful",  # the Message row is the record; a finished job says nothing more
        )
