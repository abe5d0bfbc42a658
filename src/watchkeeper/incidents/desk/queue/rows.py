"""The rows of the queue: each incident with what a row says beside its columns, for a whole page in four queries.

The level of a row is that of the promise given last, which the events ``reported`` and ``promise_applied`` name:
an incident outside its level has no commitment, so its commitments could not tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext, pgettext

from watchkeeper.clocks.models import Commitment
from watchkeeper.core import commitments as core
from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Policy
from watchkeeper.core.promise import Promise
from watchkeeper.incidents.desk.escalated import KINDS, Escalation, escalations_in
from watchkeeper.incidents.desk.time_left import as_core, time_left_for_the_team
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.policies.models import GivenPromise, PolicyVersion
from watchkeeper.policies.terms import promise_of
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui import time_left
from watchkeeper.ui.time_left import TimeLeft

_KINDS = (t.REPORTED, t.PROMISE_APPLIED, t.ASKED, *KINDS)


class Wait(NamedTuple):
    """Whom or what an incident waits for, and since when where that tells something."""

    what: str
    since: datetime | None = None


class Cells(NamedTuple):
    """What a row says beside its time left. ``level_rank`` is the level's place in its policy, the lowest 1, and 0
    without one; ``escalation`` is owed, answered, or empty; ``is_owed`` says that what was promised still is."""

    reference: str
    title: str
    is_test: bool
    is_imported: bool
    is_unverified: bool
    is_owed: bool
    was_breached: bool
    escalation: str
    severity: int
    severity_name: str
    account: str
    level_name: str
    level_rank: int
    owner: str
    state: str
    waits_for: Wait


class Row(NamedTuple):
    """One incident in the queue."""

    cells: Cells
    left: TimeLeft

    @property
    def fingerprint(self) -> tuple[object, ...]:
        """What changes when anything but the passing of time changes the row."""
        return self.cells, self.left.outcome, self.left.due_at


def rows_of(incidents: Sequence[Incident], *, now: datetime) -> list[Row]:
    """The rows of a page, in the order given."""
    events = _events_of(incidents)
    clocks = _commitments_of(incidents)
    given = _given_in(events)
    named = {row.version_id for row in given} | {incident.policy_version_id for incident in incidents}
    versions = PolicyVersion.objects.in_bulk(named)
    for row in given:
        row.version = versions[row.version_id]
    promises = {row.pk: promise_of(row) for row in given}
    return [
        _row(
            incident,
            now,
            policy_of(versions[incident.policy_version_id]),
            events[incident.pk],
            clocks[incident.pk],
            promises,
        )
        for incident in incidents
    ]


def _row(
    incident: Incident,
    now: datetime,
    policy: Policy,
    events: Sequence[Event],
    clocks: Sequence[Commitment],
    promises: Mapping[int, Promise],
) -> Row:
    given = [event.data["promise"] for event in events if event.data.get("promise") is not None]
    promise = promises[given[-1]] if given else None
    escalation = next((each for each in reversed(escalations_in(events)) if each.is_open), None)
    left = _left(clocks, promises, promise, now)
    return Row(
        Cells(
            incident.reference,
            incident.title,
            incident.is_test,
            incident.is_imported,
            incident.is_unverified,
            left.outcome == time_left.BREACHED and left.settled_at is None,
            incident.is_breached,
            "" if escalation is None else "owed" if escalation.is_owed else "answered",
            incident.severity,
            policy.severity_numbered(incident.severity).name,
            incident.account.name,
            promise.level.name if promise else gettext("No entitlement"),
            1 + promise.policy.levels.index(promise.level) if promise else 0,
            incident.assignee.name if incident.assignee else "",
            incident.state,
            _waits_for(incident, events, escalation),
        ),
        left,
    )


def _left(
    clocks: Sequence[Commitment], promises: Mapping[int, Promise], promise: Promise | None, now: datetime
) -> TimeLeft:
    if not clocks:
        words = gettext("Outside {level}") if promise else gettext("No entitlement on record")
        said = words.format(level=promise and promise.level.name)
        return TimeLeft(time_left.OUTSIDE, now, words=said, metric=str(time_left.METRICS[ACKNOWLEDGEMENT]))
    shown = min(clocks, key=urgency_of_clock)
    return time_left_for_the_team(as_core(shown, promises[shown.promise_id]), now=now)


def urgency_of_clock(clock: Commitment) -> tuple[int, float]:
    """What is owed comes first, then what is due first, then what is paused, then what was settled last."""
    if clock.outcome == core.BREACHED and clock.done_at is None:
        return 0, clock.due_at.timestamp()
    if clock.outcome == core.RUNNING:
        return (1, clock.due_at.timestamp()) if clock.due_at else (2, 0.0)
    settled_at = clock.done_at or clock.opened_at
    return 3, -settled_at.timestamp()


def _waits_for(incident: Incident, events: Sequence[Event], escalation: Escalation | None) -> Wait:
    if escalation is not None and escalation.is_owed:
        return Wait(pgettext("waits for …", "an answer to the escalation"), escalation.opened.at)
    if incident.state == lifecycle.NEW:
        return Wait(pgettext("waits for …", "dispatch"))
    if incident.state == lifecycle.WAITING:
        asked_at = next((event.at for event in reversed(events) if event.kind == t.ASKED), None)
        return Wait(pgettext("waits for …", "the customer"), asked_at)
    if incident.state == lifecycle.RESOLVED:
        return Wait(pgettext("waits for …", "the customer to confirm"), incident.resolved_at)
    if incident.state == lifecycle.DISPATCHED:
        return Wait(pgettext("waits for …", "an acknowledgement"))
    return Wait(pgettext("waits for …", "the team") if incident.state == lifecycle.ACKNOWLEDGED else "")


def _events_of(incidents: Sequence[Incident]) -> Mapping[int, list[Event]]:
    events = Event.objects.filter(incident__in=[incident.pk for incident in incidents], kind__in=_KINDS)
    return _by_incident(events.order_by("incident_id", "number"))


def _commitments_of(incidents: Sequence[Incident]) -> Mapping[int, list[Commitment]]:
    return _by_incident(Commitment.objects.filter(incident_id__in=[incident.pk for incident in incidents]))


def _by_incident(rows: Iterable[object]) -> Mapping[int, list[object]]:
    found: dict[int, list[object]] = defaultdict(list)
    for row in rows:
        found[row.incident_id].append(row)
    return found


def _given_in(events: Mapping[int, list[Event]]) -> list[GivenPromise]:
    keys = {event.data.get("promise") for of_one in events.values() for event in of_one} - {None}
    return list(GivenPromise.objects.filter(pk__in=keys))
