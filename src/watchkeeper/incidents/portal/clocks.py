"""What was promised for an incident, as its page shows it: one clock for each metric, and why it ends when it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core import published, trace
from watchkeeper.core.commitments import Commitment
from watchkeeper.core.explanation import Stretch
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Policy
from watchkeeper.incidents.portal.zones import Told, told
from watchkeeper.incidents.reading import Standing
from watchkeeper.people.models import Person
from watchkeeper.policies.support_levels.limits import Limit, limit_at
from watchkeeper.ui.time_left import METRICS, OUTSIDE, PAUSED, TimeLeft
from watchkeeper.ui.translated import translated

_TEN_MINUTES = timedelta(minutes=10)


class ShownClock(NamedTuple):
    """One commitment: its ring, the words of its promise, and the stretches that add up to it.

    The internal goal is not among them: it is the team's own aim.
    """

    left: TimeLeft
    window: str
    due: Told | None
    why: str
    stretches: tuple[Stretch, ...]
    note: str


class NoPromise(NamedTuple):
    """Why nothing is promised: outside the level, and what a higher one would have given; or no entitlement."""

    left: TimeLeft
    limit: Limit | None
    limit_due: Told | None

    @property
    def offered(self) -> str:
        """What a higher level promises, as it is published."""
        return translated(self.limit.offer.words) if self.limit and self.limit.offer else ""


def clocks_shown(standing: Standing, policy: Policy, *, now: datetime, reader: Person) -> list[ShownClock]:
    """The latest commitment of each metric, the acknowledgement first."""
    latest = {commitment.metric: commitment for commitment in standing.commitments}
    return [_shown(commitment, standing, policy, now, reader) for commitment in latest.values()]


def no_promise(standing: Standing, policy: Policy, *, now: datetime, reader: Person) -> NoPromise | None:
    """What the page says instead of a clock; ``None`` where an acknowledgement is or was promised."""
    if any(commitment.metric == ACKNOWLEDGEMENT for commitment in standing.commitments):
        return None
    promise = standing.promise
    if promise is None:
        return NoPromise(_nothing_owed(now, gettext("No entitlement is on record")), None, None)
    severity = policy.severity_numbered(standing.facts.severity)
    if promise.target(ACKNOWLEDGEMENT, severity.number) is not None:
        return NoPromise(_nothing_owed(now, gettext("Acknowledged before anything was promised")), None, None)
    words = gettext("{level} makes no promise for {severity}")
    left = _nothing_owed(now, words.format(level=promise.level.name, severity=severity.name))
    limit = limit_at(promise, severity.number)
    offered_at = limit.offer.due_at(standing.facts.received_at) if limit and limit.offer else None
    return NoPromise(left, limit, told(offered_at, policy, reader) if offered_at else None)


def _nothing_owed(now: datetime, why: str) -> TimeLeft:
    return TimeLeft(OUTSIDE, now, words=why, metric=str(METRICS[ACKNOWLEDGEMENT]))


def _shown(commitment: Commitment, standing: Standing, policy: Policy, now: datetime, reader: Person) -> ShownClock:
    stretches = readable(commitment.explain())
    return ShownClock(
        left=left_for_you(commitment, now),
        window=translated(published.wording(commitment.target)),
        due=told(commitment.due_at, policy, reader) if commitment.due_at else None,
        why=translated(trace.line(stretches, policy.zone, policy.zone_label)) if stretches else "",
        stretches=stretches,
        note=_note(commitment, standing, policy),
    )


def left_for_you(commitment: Commitment, now: datetime) -> TimeLeft:
    """The time left, in words to the one whom a pause waits for."""
    left = TimeLeft.of(commitment, now=now)
    waits_for_you = left.outcome == PAUSED and commitment.is_paused
    return replace(left, words=gettext("Waiting for your answer") if waits_for_you else translated(left.words))


def readable(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches in whole minutes (of less than ten minutes, in whole seconds), as a person reads them.

    Every instant is cut, never rounded. A stretch counts whole or not at all, so that the sum stays the window.
    """
    if not stretches:
        return ()
    is_short = stretches[-1].end - stretches[0].start < _TEN_MINUTES
    cut = [_cut(stretch, is_short=is_short) for stretch in stretches]
    return tuple(stretch for stretch in cut if stretch.start < stretch.end)


def _cut(stretch: Stretch, *, is_short: bool) -> Stretch:
    parts = {"microsecond": 0} if is_short else {"microsecond": 0, "second": 0}
    start, end = stretch.start.replace(**parts), stretch.end.replace(**parts)
    return Stretch(start, end, end - start if stretch.counted else stretch.counted, stretch.reason)


def _note(commitment: Commitment, standing: Standing, policy: Policy) -> str:
    if commitment.severity == standing.facts.severity:
        return ""
    name = policy.severity_numbered(commitment.severity).name
    return gettext("This is the window of {severity}: it was running already, and it ends first.").format(severity=name)
