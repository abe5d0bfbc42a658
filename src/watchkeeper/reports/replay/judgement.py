"""What a promise makes of one incident: the desk's own fold of its timeline, read as an outcome."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from watchkeeper.core import timeline
from watchkeeper.core.at_receipt import Terms
from watchkeeper.core.clock import counted
from watchkeeper.core.commitments import Commitment, commitments
from watchkeeper.core.facts import facts_of
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Target
from watchkeeper.core.scorecard import NOT_MEASURABLE, OUTSIDE_LEVEL, outcome_at
from watchkeeper.core.timeline import Event
from watchkeeper.reports.replay.incident import Incident

_PROMISE = "replayed"


class Judgement(NamedTuple):
    """How an incident came out. ``margin`` is operating time (for an elapsed target, time on the wall clock) that was
    left at the acknowledgement; negative when it came late.

    Outside the level there are neither times nor a margin; what is not measurable has no margin.
    """

    outcome: str
    starts_at: datetime | None = None
    due_at: datetime | None = None
    margin: timedelta | None = None


class Judge:
    """Judges incidents by what a level promises, as things stood at ``as_of``."""

    def __init__(self, terms: Terms, *, as_of: datetime, is_measurable: bool) -> None:
        """``is_measurable`` says whether the export tells of acknowledgements at all."""
        self._terms = terms
        self._as_of = as_of
        self._is_measurable = is_measurable

    def judge(self, incident: Incident) -> Judgement:
        """The judgement on one incident. Raises ``clock.NeverDue`` and ``clock.OutsideTheCalendar``."""
        commitment = self._acknowledgement(incident)
        if commitment is None or commitment.due_at is None:
            return Judgement(OUTSIDE_LEVEL)
        if not self._is_measurable:
            return Judgement(NOT_MEASURABLE, commitment.starts_at, commitment.due_at)
        outcome = outcome_at(commitment, self._as_of)
        at = incident.acknowledged_at or max(self._as_of, incident.opened_at)
        return Judgement(
            outcome, commitment.starts_at, commitment.due_at, _margin(commitment.target, commitment.due_at, at)
        )

    def _acknowledgement(self, incident: Incident) -> Commitment | None:
        events = [_event(timeline.REPORTED, incident.opened_at, {"severity": incident.severity, "promise": _PROMISE})]
        if incident.acknowledged_at is not None:
            events.append(_event(timeline.ACKNOWLEDGED, incident.acknowledged_at, {}))
        found = commitments(facts_of(events), {_PROMISE: self._terms.given_at(incident.opened_at)})
        return next((each for each in found if each.metric == ACKNOWLEDGEMENT), None)


def _event(kind: str, at: datetime, data: dict[str, object]) -> Event:
    return Event(kind, at, at, data)


def _margin(target: Target, due_at: datetime, at: datetime) -> timedelta:
    """The time from ``at`` to the due instant as the target counts it; negative when ``at`` is the later."""
    if target.within.counting == "elapsed":
        return due_at - at
    if at <= due_at:
        return counted(target.operating.hours, at, due_at)
    return -counted(target.operating.hours, due_at, at)
