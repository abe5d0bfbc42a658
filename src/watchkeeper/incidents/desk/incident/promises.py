"""What was promised on an incident: each commitment with its time left, and why it is due when it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import BREACHED, RUNNING, Commitment
from watchkeeper.core.explanation import Stretch
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Policy, better_level
from watchkeeper.core.published import wording
from watchkeeper.incidents.desk.time_left import time_left_for_the_team
from watchkeeper.incidents.models import Event
from watchkeeper.incidents.reading import Standing
from watchkeeper.ui import time_left
from watchkeeper.ui.time_left import METRICS, TimeLeft
from watchkeeper.ui.translated import translated

_KEEPS = {*t.TEAM_SPOKE, t.ESCALATION_ANSWERED}
"""The events by which a promise is kept."""


@dataclass(frozen=True, slots=True)
class Promised:
    """One commitment as the page tells it. ``terms`` is its target in words, ``why`` the stretches up to its due time,
    ``done_by`` who did what was promised."""

    commitment: Commitment
    name: str
    left: TimeLeft
    terms: str
    why: Sequence[Stretch]
    done_by: str

    @property
    def key(self) -> str:
        """How forms and addresses name it."""
        return f"{self.commitment.metric}:{self.commitment.nth}"

    @property
    def urgency(self) -> tuple[int, float]:
        """What is owed first, then what is due, then what stands still, then what was settled last."""
        due_at, settled_at = self.commitment.due_at, self.commitment.done_at
        if self.commitment.outcome == BREACHED and settled_at is None and due_at:
            return 0, due_at.timestamp()
        if self.commitment.outcome == RUNNING:
            return (1, due_at.timestamp()) if due_at else (2, 0.0)
        return 3, -(settled_at or self.commitment.opened_at).timestamp()


def promises_of(standing: Standing, events: Iterable[Event], *, policy: Policy, now: datetime) -> list[Promised]:
    """Every commitment of the incident, the most urgent first."""
    doers = {event.at: event.person.name for event in events if event.kind in _KEEPS and event.person is not None}
    promised = [_promised(commitment, policy, doers, now) for commitment in standing.commitments]
    return sorted(promised, key=lambda one: one.urgency)


def no_promise(standing: Standing, *, policy: Policy, now: datetime) -> TimeLeft:
    """What stands in the place of the time left where nothing was promised, with what would cover it."""
    promise = standing.promise
    if promise is None:
        return TimeLeft(time_left.OUTSIDE, now, words=gettext("No entitlement is on record for this account"))
    severity = policy.severity_numbered(standing.facts.severity)
    if promise.target(ACKNOWLEDGEMENT, severity.number) is not None:
        return TimeLeft(time_left.OUTSIDE, now, words=gettext("Acknowledged before anything was promised"))
    better = better_level(policy, severity.number, ACKNOWLEDGEMENT)
    if better:
        words = gettext("{level} promises nothing for {severity}; {better} would")
    else:
        words = gettext("{level} promises nothing for {severity}")
    named = {"level": promise.level.name, "severity": severity.name, "better": better.name if better else ""}
    return TimeLeft(time_left.OUTSIDE, now, words=words.format(**named))


def _promised(commitment: Commitment, policy: Policy, doers: Mapping[datetime, str], now: datetime) -> Promised:
    name = str(METRICS[commitment.metric])
    severity = policy.severity_numbered(commitment.severity).name
    done_at = commitment.done_at
    return Promised(
        commitment,
        name if commitment.nth == 1 else f"{name} {commitment.nth}",
        time_left_for_the_team(commitment, now=now),
        f"{severity}: {translated(wording(commitment.target))}",
        commitment.explain(),
        doers.get(done_at, "") if done_at else "",
    )
