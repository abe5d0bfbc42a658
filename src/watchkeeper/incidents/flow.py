"""The one door to an incident: lock it, read the clock, append events, and carry out what follows from them.

``turn_of`` opens the door for a verb; when the verb is done, ``carry`` makes every copy equal what core computed
and takes the steps that are due. One transaction. There is no rule here: what is due is core's decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from watchkeeper.clocks import rows
from watchkeeper.core import commitments as core
from watchkeeper.core import timeline as t
from watchkeeper.core.escalation import Plan, Step, decide
from watchkeeper.core.lifecycle import next_state
from watchkeeper.incidents import evidence, telling
from watchkeeper.incidents.actor import WATCHKEEPER, Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.moment import AT_THE_DESK, Moment, next_after
from watchkeeper.incidents.reading import Standing, as_core, folded, read, standing_after, timelines_of
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_of

THE_ROW: dict[str, Any] = {"of": ("self",), "no_key": True}
"""How an incident is locked. Rows that only name it, such as notices, can be written by others meanwhile: they would
else wait for us while we wait for them."""

READ_ALONG = ("policy_version", "account__account_executive")
"""What is read with the row: never what a verb can change, such as the assignee. Where PostgreSQL had to wait for the
row it looks at that one again and not at what was joined to it."""


@dataclass(slots=True)
class Turn:
    """One turn at an incident: its locked row, the moment, its timeline before, and the events appended so far."""

    incident: Incident
    moment: Moment
    by: Actor
    before: Sequence[t.Event] = ()
    said: list[Event] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """When the turn counts: the time that rules are told."""
        return self.moment.at

    def standing(self) -> Standing:
        """How the incident stands with what has been appended so far."""
        return folded([*self.before, *map(as_core, self.said)])

    def append(
        self,
        kind: str,
        *,
        says: str = "",
        is_public: bool = True,
        at: datetime | None = None,
        source: str | None = None,
        **data: Any,
    ) -> Event:
        """Append an event of this kind, with what was said; the lifecycle refuses what the state does not allow."""
        self.incident.state = next_state(self.incident.state, kind)
        entry = evidence.Entry(
            kind=kind,
            at=at or self.now,
            recorded_at=self.moment.recorded_at,
            source=source or self.moment.source,
            by=self.by,
            data=data,
            says=says,
            is_public=is_public,
        )
        event = evidence.append(self.incident, entry)
        self.said.append(event)
        return event


def hold(*incidents: Incident) -> dict[int, Incident]:
    """Lock incidents that one act changes together, before it changes any; their rows by key.

    Always in the order of their keys: of two acts on the same incidents, and of an act and a watcher, one waits.
    """
    keys = [incident.pk for incident in incidents]
    return {row.pk: row for row in Incident.objects.select_for_update(**THE_ROW).filter(pk__in=keys).order_by("pk")}


@contextmanager
def turn_of(incident: Incident, by: Actor) -> Iterator[Turn]:
    """Lock an incident, read the clock, let the verb append, and carry out what follows: all or nothing."""
    with transaction.atomic():
        locked = Incident.objects.select_for_update(**THE_ROW).select_related(*READ_ALONG).get(pk=incident.pk)
        timeline, now = read(locked)
        turn = Turn(locked, next_after(timeline[-1], now), by, timeline)
        yield turn
        carry(turn)
    incident.refresh_from_db()


def look_at(incident: Incident) -> None:
    """Take the steps that are due at a locked incident without anybody acting."""
    for turn in looks_at([incident]):
        carry(turn)


def looks_at(locked: Sequence[Incident]) -> list[Turn]:
    """Turns at locked incidents without anybody acting, to be carried one by one: what the watcher does.

    What is only read is read of all at once. It is folded when it is carried: a fault in one concerns no other.
    """
    timelines = timelines_of([incident.pk for incident in locked])
    prefetch_related_objects(locked, "assignee")
    now = clock.now()
    return [
        Turn(incident, next_after(timeline[-1], now), WATCHKEEPER, timeline)
        for incident in locked
        for timeline in [timelines[incident.pk]]
    ]


def carry(turn: Turn) -> None:
    """Take the steps that are due and make the copies equal; what was said is told last."""
    standing = turn.standing()
    plan = plan_of(turn.incident, standing, turn.now)
    while plan.steps:
        taken = [_take(step, turn, standing) for step in plan.steps]
        standing = standing_after(standing, taken)
        plan = plan_of(turn.incident, standing, turn.now)
    rows.make_equal(turn.incident.pk, turn.incident.account_id, standing.commitments)
    make_equal(turn.incident, standing, plan.look_again_at)
    for event in turn.said:
        telling.tell(event, turn.incident, standing)
    _announce(turn.incident)


def make_equal(incident: Incident, standing: Standing, look_again_at: datetime | None) -> None:
    """Make the copies on the incident's row equal what its timeline says."""
    for name, value in copies(standing, look_again_at).items():
        setattr(incident, name, value)
    incident.save()


def copies(standing: Standing, look_again_at: datetime | None) -> dict[str, Any]:
    """The fields of an incident's row that are copies, by name, as its timeline says them."""
    facts = standing.facts
    running = [c for c in standing.commitments if c.outcome == core.RUNNING and c.due_at is not None]
    first = min(running, key=lambda commitment: (commitment.due_at, commitment.metric), default=None)
    return {
        "state": facts.state,
        "severity": facts.severity,
        "assignee_id": facts.assignee,
        "acknowledged_at": facts.acknowledged_at,
        "resolved_at": facts.resolved_at,
        "closed_at": facts.ended_at,
        "due_at": first.due_at if first else None,
        "due_metric": first.metric if first else "",
        "is_breached": any(c.outcome == core.BREACHED for c in standing.commitments),
        "may_be_escalated": facts.may_escalate,
        "look_again_at": look_again_at,
    }


def plan_of(incident: Incident, standing: Standing, now: datetime) -> Plan:
    """What is due at an incident at ``now``, and when to look again."""
    close_after = policy_of(incident.policy_version).close_after
    return decide(standing.facts, standing.commitments, standing.promises, now, close_after=close_after)


def _take(step: Step, turn: Turn, standing: Standing) -> Event:
    watching = Turn(turn.incident, turn.moment, WATCHKEEPER)
    event = watching.append(step.kind, at=step.at, source=_source_of(step, turn.moment), **step.data)
    telling.tell_step(event, step, turn.incident, standing)
    return event


def _announce(incident: Incident) -> None:
    """Wake watchers and open pages when this transaction commits; the notification carries the id and no more."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify('watchkeeper_incident', %s)", [str(incident.pk)])


def _source_of(step: Step, moment: Moment) -> str:
    return "due" if moment.source == AT_THE_DESK and step.at != moment.at else moment.source
