"""Writing a notice down, once, with the job that sends it in the same transaction."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from watchkeeper.notify.models import Notice

DELIVER = "watchkeeper.notify.deliver"
QUEUE = "notices"


def record(notice: Notice) -> Notice:
    """``notice`` as it stands in the outbox: itself when it is new, else the one that said this step before.

    Two transactions that say the same at once wait for each other: one of them writes, both get the same notice.
    """
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    said = Notice.objects.get(
        incident_id=notice.incident_id, step=notice.step, recipient=notice.recipient, channel=notice.channel
    )
    if said.pk == notice.pk and said.status == Notice.Status.QUEUED:
        call_for_delivery(said)
    return said


def call_for_delivery(notice: Notice) -> None:
    """Ask the workers to deliver a notice, unless they have been asked and none has begun."""
    order = app.configure_task(DELIVER, queue=QUEUE, queueing_lock=str(notice.pk), priority=notice.how_urgent.priority)
    with suppress(AlreadyEnqueued), transaction.atomic():
        order.defer(notice_id=str(notice.pk))
