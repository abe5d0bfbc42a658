"""The work of the outbox as Procrastinate carries it: one job for one attempt."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from watchkeeper.notify import outbox
from watchkeeper.notify.channels import ways
from watchkeeper.notify.outbox.lease import held
from watchkeeper.notify.outbox.record import DELIVER, QUEUE


@app.task(name=DELIVER, queue=QUEUE)
def deliver(notice_id: str) -> None:
    """Make one attempt, if one is due. Running it twice, or for a notice that is finished, does nothing.

    The handing over happens between two transactions, never inside one.
    """
    notice = outbox.claim(UUID(notice_id))
    if notice is None:
        return
    _give_back_the_connection()
    with held(notice):
        answer = ways.send(notice)
    outbox.finish(notice, answer)


def _give_back_the_connection() -> None:
    """A server may keep us waiting for a minute, and the pool is for all. A caller's transaction keeps its own."""
    if not connection.in_atomic_block:
        connection.close()
