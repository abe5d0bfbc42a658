"""The time left of a commitment in words for the team; the row of a commitment read back as core's value."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext, gettext_lazy

from watchkeeper.clocks.models import Commitment as CommitmentRow
from watchkeeper.core.commitments import Commitment
from watchkeeper.core.policy import ESCALATION_ANSWER, Target
from watchkeeper.core.promise import Promise
from watchkeeper.ui.moments import duration
from watchkeeper.ui.time_left import BREACHED, CANCELLED, OUTSIDE, TimeLeft

_CANCELLED_BECAUSE = {
    "withdrawn": gettext_lazy("Withdrawn by the customer"),
    "recovered": gettext_lazy("The alert recovered"),
    "merged": gettext_lazy("Merged into another incident"),
    "closed": gettext_lazy("Closed first"),
    "confirmed": gettext_lazy("Closed first"),
    "reopened": gettext_lazy("Reopened first"),
    "escalation_ended": gettext_lazy("The escalation ended first"),
}


def time_left_for_the_team(commitment: Commitment, *, now: datetime) -> TimeLeft:
    """``TimeLeft.of``, and for what is still owed how late it is."""
    left = TimeLeft.of(commitment, now=now)
    if left.outcome == BREACHED and left.settled_at is None and left.due_at is not None:
        return replace(left, words=_owed(now - left.due_at))
    if left.outcome == OUTSIDE:
        return replace(left, words=gettext("Outside the level at this severity"))
    if left.outcome == CANCELLED:
        return replace(left, words=str(_CANCELLED_BECAUSE.get(commitment.reason or "", left.words)))
    return left


def _owed(late: timedelta) -> str:
    return gettext("{duration} late, still owed").format(duration=duration(late))


def as_core(row: CommitmentRow, promise: Promise) -> Commitment:
    """A row as core's commitment. Its clock is told to have begun when it started to count, without standing still:
    so the time that is left is exact, and of the whole window only what was counted before a pause is missing."""
    return Commitment(
        metric=row.metric,
        nth=row.nth,
        target=_target(row, promise),
        promise=row.promise_id,
        opened_at=row.opened_at,
        clock_from=row.starts_at,
        stood_still=(),
        due_at=row.due_at,
        outcome=row.outcome,
        done_at=row.done_at,
        reason=row.reason or None,
        excluded=row.excluded or None,
    )


def _target(row: CommitmentRow, promise: Promise) -> Target:
    if row.metric == ESCALATION_ANSWER:
        return Target(row.metric, row.severity, promise.escalation.answer_within, promise.level.operating)
    return promise.targets[(row.metric, row.severity)]
