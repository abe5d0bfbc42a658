"""What no worker does by itself: taking up what a dead one left, trying another channel, trying again in time.

Any number of processes may sweep at once: each row is done by one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from watchkeeper.notify.channels.answer import Answer
from watchkeeper.notify.models import Attempt, Notice, NoticeQuerySet
from watchkeeper.notify.outbox.attempts import settle
from watchkeeper.notify.outbox.fallback import fall_back
from watchkeeper.notify.outbox.record import call_for_delivery
from watchkeeper.notify.outbox.stalled import release_stalled_jobs
from watchkeeper.notify.urgency import URGENCIES
from watchkeeper.people import clock
from watchkeeper.people.wall import for_the_desk

AT_ONCE = 500
"""How many notices one step of a sweep takes up; the next sweep goes on."""

_ABANDONED = Answer(Attempt.Outcome.ABANDONED, "its worker was not heard of any more")


@dataclass(frozen=True, slots=True)
class Swept:
    """How many notices were taken from workers that fell silent, given to another channel, and sent for again."""

    abandoned: int
    fell_back: int
    called: int


def sweep() -> Swept:
    """Put right what stands still. Each part is a transaction of its own."""
    release_stalled_jobs()
    return Swept(abandoned=_take_from_the_silent(), fell_back=_fall_back_in_time(), called=_call_for_what_is_due())


def _take_from_the_silent() -> int:
    with for_the_desk():
        now = clock.now()
        silent = list(_locked(Notice.objects.abandoned(now)))
        for notice in silent:
            settle(Notice.objects.filter(pk=notice.pk), notice, _ABANDONED, now=now)
        return len(silent)


def _fall_back_in_time() -> int:
    with for_the_desk():
        now = clock.now()
        too_long = [
            notice
            for urgency in URGENCIES.values()
            for notice in _locked(
                Notice.objects.unaccepted_since(now - urgency.accepted_within)
                .filter(urgency=urgency.key, channel__in=urgency.channels[:-1])
                .without_fallback()
            )
        ]
        return sum(fall_back(notice, now=now) is not None for notice in too_long)


def _call_for_what_is_due() -> int:
    with for_the_desk():
        # A list that PostgreSQL reads once: by a question for each notice it may read all jobs for each of thousands.
        called = ProcrastinateJob.objects.filter(status="todo", queueing_lock__isnull=False).values("queueing_lock")
        waiting = Notice.objects.due_to_be_sent(clock.now()).alias(lock=Cast("pk", CharField()))
        due = list(_locked(waiting.exclude(lock__in=called)))
        for notice in due:
            call_for_delivery(notice)
        return len(due)


def _locked(notices: NoticeQuerySet) -> NoticeQuerySet:
    return notices.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE]
