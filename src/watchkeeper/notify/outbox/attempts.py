"""Who is sending a notice now, and what came of it: a lease, and a number that keeps late finishers out."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from watchkeeper.notify.channels.answer import ACCEPTED, REFUSED, Answer
from watchkeeper.notify.instants import DatabaseNow
from watchkeeper.notify.models import Attempt, Notice, NoticeQuerySet
from watchkeeper.notify.outbox.fallback import after_failure
from watchkeeper.notify.outbox.schedule import next_attempt
from watchkeeper.notify.urgency import SIGN_IN
from watchkeeper.people import clock
from watchkeeper.people.wall import for_the_desk

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=6)
"""How long a worker may be silent before another takes over. A living one renews it while it sends."""


def claim(notice_id: UUID) -> Notice | None:
    """Begin the next attempt, with a lease; ``None`` where there is nothing to send, or not yet, or not by us.

    The notice that comes back carries the number of this attempt, which ``finish`` asks for.
    """
    with for_the_desk():
        claimed = Notice.objects.filter(
            pk=notice_id, status=Notice.Status.QUEUED, next_attempt_at__lte=DatabaseNow()
        ).update(status=Notice.Status.SENDING, attempt=F("attempt") + 1, lease_until=DatabaseNow() + LEASE)
        if not claimed:
            return None
        notice = Notice.objects.get(pk=notice_id)
        Attempt.objects.create(notice=notice, number=notice.attempt, began_at=clock.now())
        return notice


def renew(notice: Notice) -> bool:
    """Hold the lease for another while; false where it is no longer ours."""
    with for_the_desk():
        return bool(_still_ours(notice).update(lease_until=DatabaseNow() + LEASE))


def finish(notice: Notice, answer: Answer) -> bool:
    """End the attempt that ``claim`` began, with what the server said; false where another has taken over.

    A late answer changes nothing but the record of its own attempt.
    """
    with for_the_desk():
        if settle(_still_ours(notice), notice, answer, now=clock.now()):
            return True
        log.warning("%s: attempt %d came back after its lease: %s", notice, notice.attempt, answer.text)
        _attempt(notice).update(answer=f"after its lease had ended: {answer.outcome}: {answer.text}")
        return False


def settle(rows: NoticeQuerySet, notice: Notice, answer: Answer, *, now: datetime) -> bool:
    """Write down how attempt ``notice.attempt`` ended, if ``rows`` still holds the notice; whether it did."""
    ending = _ending(notice, answer, now)
    if not rows.update(lease_until=None, **ending):
        return False
    _attempt(notice).update(ended_at=now, outcome=answer.outcome, answer=answer.text)
    if ending["status"] == Notice.Status.FAILED:
        after_failure(notice, because=answer.text, now=now)
    return True


def _ending(notice: Notice, answer: Answer, now: datetime) -> dict[str, Any]:
    if answer.outcome == ACCEPTED:
        return _finished(notice, Notice.Status.SENT, now)
    again_at = None
    if answer.outcome != REFUSED:
        give_up_at = notice.queued_at + notice.how_urgent.tried_for
        again_at = next_attempt(attempt=notice.attempt, now=now, give_up_at=give_up_at)
    if again_at is None:
        return _finished(notice, Notice.Status.FAILED, now)
    return {"status": Notice.Status.QUEUED, "next_attempt_at": again_at}


def _finished(notice: Notice, status: str, now: datetime) -> dict[str, Any]:
    secret = {"text": Notice.ERASED} if notice.urgency == SIGN_IN else {}
    return {"status": status, "finished_at": now} | secret


def _still_ours(notice: Notice) -> NoticeQuerySet:
    return Notice.objects.filter(pk=notice.pk, attempt=notice.attempt, status=Notice.Status.SENDING)


def _attempt(notice: Notice) -> Any:
    return Attempt.objects.filter(notice=notice, number=notice.attempt)
