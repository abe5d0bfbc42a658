"""Writing a notice down, once, with the job that sends it in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer

from watchkeeper.notify.models import Notice

DELIVER = "watchkeeper.notify.deliver"
QUEUE = "notices"


def record(notice: Notice) -> Notice:
    """``notice`` as it stands in the outbox: itself when it is new, else the one that said this step before.

    Two transactions that say the same at once wait for each other: one of them writes, both get the same notice.
    """
    return record_all([notice])[0]


def record_all(notices: Sequence[Notice]) -> list[Notice]:
    """``record`` for several notices at once."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    new = set(Notice.objects.filter(pk__in=[notice.pk for notice in notices]).values_list("pk", flat=True))
    orders = [_order(notice) for notice in notices if notice.pk in new and _may_leave(notice)]
    if orders:
        app.job_manager.batch_defer_jobs([order.job for order in orders])
    return [notice if notice.pk in new else _said_before(notice) for notice in notices]


def _may_leave(notice: Notice) -> bool:
    """Whether it may be sent at once; the sweep calls for what may leave later, when it may."""
    return notice.status == Notice.Status.QUEUED and notice.next_attempt_at <= notice.queued_at


def _said_before(notice: Notice) -> Notice:
    return Notice.objects.get(
        incident_id=notice.incident_id, step=notice.step, recipient=notice.recipient, channel=notice.channel
    )


def call_for_delivery(notice: Notice) -> None:
    """Ask the workers to deliver a notice, unless they have been asked and none has begun."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.job_manager.defer_job(_order(notice).job)


def _order(notice: Notice) -> JobDeferrer:
    return app.configure_task(
        DELIVER,
        queue=QUEUE,
        queueing_lock=str(notice.pk),
        priority=notice.how_urgent.priority,
        task_kwargs={"notice_id": str(notice.pk)},
    )
