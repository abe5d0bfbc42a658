"""The time left of one commitment, as a page shows it: a ring that drains in operating time, and its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.commitments import OUTSIDE_THE_LEVEL, Commitment
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    ARRIVAL,
    ASSIGNMENT,
    CALL,
    DIAGNOSIS,
    DISPATCH,
    ESCALATION_ANSWER,
    POST_INCIDENT_REPORT,
    RESOLUTION,
    RESTORATION,
    UPDATE,
    WORKAROUND,
)
from watchkeeper.ui.moments import duration
from watchkeeper.ui.translated import in_a_sentence, translated

RUNNING = "running"
PAUSED = "paused"
MET = "met"
BREACHED = "breached"
CANCELLED = "cancelled"
OUTSIDE = "outside"
OUTCOMES = (RUNNING, PAUSED, MET, BREACHED, CANCELLED, OUTSIDE)

METRICS = {
    ACKNOWLEDGEMENT: gettext_lazy("Acknowledgement"),
    ASSIGNMENT: gettext_lazy("Assignment"),
    ARRIVAL: gettext_lazy("Arrival on site"),
    DIAGNOSIS: gettext_lazy("Diagnosis"),
    WORKAROUND: gettext_lazy("Workaround"),
    RESTORATION: gettext_lazy("Restoration"),
    UPDATE: gettext_lazy("Next update"),
    RESOLUTION: gettext_lazy("Resolution"),
    POST_INCIDENT_REPORT: gettext_lazy("Report after the incident"),
    ESCALATION_ANSWER: gettext_lazy("Answer to the escalation"),
}


def metric_in_a_sentence(metric: str) -> str:
    """A metric's name as a sentence goes on with it: in lower case, where the language writes nouns so."""
    return in_a_sentence(str(METRICS[metric]))


_BEGINS = {
    DISPATCH: gettext_lazy("Starts when support has reviewed the report"),
    CALL: gettext_lazy("Starts with the telephone call"),
    ACKNOWLEDGEMENT: gettext_lazy("Starts with the acknowledgement"),
}


class Words(NamedTuple):
    """What is said beside a ring: unlike the ring it changes by the minute, and so can be drawn once for many."""

    outcome: str
    state: str
    figure: str
    opens_at: datetime | None
    due_at: datetime | None
    settled_at: datetime | None
    note: str
    metric: str


STANDING = "standing"
"""What ``TimeLeft.state`` adds to the outcomes: running, but support is closed at this moment."""


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """What a ring needs to know; ``TimeLeft.of`` takes it from a commitment.

    ``left`` is the operating time from ``now`` to the due instant and ``window`` the whole of it; ``open_spans`` are
    the half-open spans of operating time from ``now`` on, in order, as far as the due instant. ``words`` is said
    beneath the figure for a pause, a cancellation or a severity outside the level. ``settled_at`` is when the
    commitment was met, breached or cancelled. All instants carry an offset.
    """

    outcome: str
    now: datetime
    due_at: datetime | None = None
    window: timedelta = timedelta(0)
    left: timedelta = timedelta(0)
    open_spans: tuple[tuple[datetime, datetime], ...] = ()
    settled_at: datetime | None = None
    words: str = ""
    metric: str = "Acknowledgement"

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise ValueError(f'"{self.outcome}" is no outcome of a commitment; write one of {", ".join(OUTCOMES)}')
        if self.outcome in (RUNNING, BREACHED) and self.due_at is None:
            raise ValueError(f"a commitment that is {self.outcome} has a due time; none was given")

    @classmethod
    def of(cls, commitment: Commitment, *, now: datetime) -> TimeLeft:
        """The time left of a commitment as the core computed it, at the instant ``now``."""
        metric = str(METRICS[commitment.metric])
        if commitment.is_paused:
            return _paused(commitment, metric, now)
        if not commitment.has_begun and commitment.outcome == RUNNING:
            return _not_begun(commitment, metric, now)
        if commitment.reason == OUTSIDE_THE_LEVEL:
            return cls(OUTSIDE, now, metric=metric, words=gettext("Your level promises nothing at this severity"))
        if commitment.due_at is None and commitment.outcome == MET:
            words = gettext("Done while it stood still")
            return cls(MET, now, settled_at=commitment.done_at, words=words, metric=metric)
        if commitment.due_at is None or commitment.outcome == CANCELLED:
            return cls(CANCELLED, now, words=translated(commitment.reason or ""), metric=metric)
        return _dated(commitment, commitment.due_at, metric, now)

    @property
    def state(self) -> str:
        """The outcome, or ``standing`` while a running clock stands still because support is closed."""
        if self.outcome == RUNNING and not any(start <= self.now < end for start, end in self.open_spans):
            return STANDING
        return self.outcome

    @property
    def opens_at(self) -> datetime | None:
        """The next opening after ``now``, or ``None`` where the spans name none."""
        return next((start for start, _end in self.open_spans if start > self.now), None)

    @property
    def fraction(self) -> float:
        """The part of the window that is left, 0 to 1: what the ring shows. A met promise keeps its ring whole."""
        if self.outcome == MET:
            return 1.0
        if self.outcome in (BREACHED, CANCELLED, OUTSIDE) or self.window <= timedelta(0):
            return 0.0
        return min(1.0, max(0.0, self.left / self.window))

    @property
    def tone(self) -> str:
        """``calm``, ``soon`` from half of the window, ``urgent`` from four fifths, ``ok``, ``breach`` or ``quiet``."""
        if self.outcome == RUNNING:
            return "calm" if self.fraction > 0.5 else "soon" if self.fraction > 0.2 else "urgent"
        return {MET: "ok", BREACHED: "breach"}.get(self.outcome, "quiet")

    @property
    def ring(self) -> str:
        """The drawn arc in hundredths of the circle, as an SVG ``stroke-dasharray`` wants it."""
        return f"{self.fraction * 100:.2f}"

    @property
    def said(self) -> Words:
        """The words beside the ring."""
        return Words(
            self.outcome,
            self.state,
            duration(self.left),
            self.opens_at,
            self.due_at,
            self.settled_at,
            self.words,
            self.metric,
        )

    @property
    def spans_in_milliseconds(self) -> str:
        """The open spans for the live countdown: ``from-to`` pairs of epoch milliseconds, parted by spaces."""
        return " ".join(f"{_milliseconds(start)}-{_milliseconds(end)}" for start, end in self.open_spans)


def _paused(commitment: Commitment, metric: str, now: datetime) -> TimeLeft:
    within, hours = commitment.target.within, commitment.target.operating.hours
    window = within.length or timedelta(0)
    used = within.used(hours, commitment.clock_from, now, commitment.stood_still)
    words = gettext("Waiting for the customer’s answer")
    return TimeLeft(PAUSED, now, None, window, window - used, words=words, metric=metric)


def _not_begun(commitment: Commitment, metric: str, now: datetime) -> TimeLeft:
    window = commitment.target.within.length or timedelta(0)
    words = str(_BEGINS[commitment.target.begins])
    return TimeLeft(PAUSED, now, None, window, window, words=words, metric=metric)


def _dated(commitment: Commitment, due_at: datetime, metric: str, now: datetime) -> TimeLeft:
    within, hours = commitment.target.within, commitment.target.operating.hours
    stretches = within.explain(hours, commitment.clock_from, due_at, commitment.stood_still)
    counted = [(stretch.start, stretch.end) for stretch in stretches if stretch.counted]
    ahead = tuple((max(start, now), end) for start, end in counted if end > now)
    done_at = commitment.done_at
    late = _late(done_at - due_at) if done_at and commitment.outcome == BREACHED else ""
    return TimeLeft(
        commitment.outcome, now, due_at, _length(counted), _length(ahead), ahead, done_at, words=late, metric=metric
    )


def _late(by: timedelta) -> str:
    return gettext("done {duration} late").format(duration=duration(by))


def _length(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    return sum((end - start for start, end in spans), timedelta(0))


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)
