"""The one door to an incident: lock it, read the clock, append events, and carry out what follows from them.

``turn_of`` opens the door for a verb; when the verb is done, ``carry`` makes every copy equal what core computed
and takes the steps that are due. One transaction. There is no rule here: what is due is core's decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from watchkeeper.clocks import rows
from watchkeeper.core import commitments as core
from watchkeeper.core.escalation import Plan, Step, decide
from watchkeeper.core.lifecycle import next_state
from watchkeeper.incidents import evidence, telling
from watchkeeper.incidents.actor import WATCHKEEPER, Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import Standing, standing_of
from watchkeeper.people import clock
from watchkeeper.policies.terms import policy_of

AT_THE_DESK = "desk"
"""The source of a time that is the database's own; other sources are named by the verb that gives them."""


@dataclass(slots=True)
class Turn:
    """One turn at an incident: its locked row, the time, and the events appended so far."""

    incident: Incident
    now: datetime
    by: Actor
    said: list[Event] = field(default_factory=list)

    def append(
        self,
        kind: str,
        *,
        says: str = "",
        is_public: bool = True,
        at: datetime | None = None,
        source: str = AT_THE_DESK,
        **data: Any,
    ) -> Event:
        """Append an event of this kind, with what was said; the lifecycle refuses what the state does not allow."""
        self.incident.state = next_state(self.incident.state, kind)
        event = evidence.append(
            self.incident,
            kind=kind,
            at=at or self.now,
            recorded_at=self.now,
            source=source,
            by=self.by,
            data=data,
            says=says,
            is_public=is_public,
        )
        self.said.append(event)
        return event


@contextmanager
def turn_of(incident: Incident, by: Actor) -> Iterator[Turn]:
    """Lock an incident, read the clock, let the verb append, and carry out what follows: all or nothing."""
    with transaction.atomic():
        locked = Incident.objects.select_for_update(of=("self",)).select_related("account").get(pk=incident.pk)
        turn = Turn(locked, _now_at(locked), by)
        yield turn
        carry(turn)
    incident.refresh_from_db()


def look_at(incident: Incident) -> None:
    """Take the steps that are due at a locked incident without anybody acting: what the watcher does."""
    carry(Turn(incident, _now_at(incident), WATCHKEEPER))


def carry(turn: Turn) -> None:
    """Take the steps that are due and make the copies equal; what was said is told last."""
    standing = standing_of(turn.incident)
    plan = _plan(turn, standing)
    while plan.steps:
        for step in plan.steps:
            _take(step, turn, standing)
        standing = standing_of(turn.incident)
        plan = _plan(turn, standing)
    rows.make_equal(turn.incident.pk, turn.incident.account_id, standing.commitments)
    make_equal(turn.incident, standing, plan.look_again_at)
    for event in turn.said:
        telling.tell(event, turn.incident, standing)
    _announce(turn.incident)


def make_equal(incident: Incident, standing: Standing, look_again_at: datetime | None) -> None:
    """Make the copies on the incident's row equal what its timeline says."""
    facts = standing.facts
    running = [c for c in standing.commitments if c.outcome == core.RUNNING and c.due_at is not None]
    first = min(running, key=lambda commitment: (commitment.due_at, commitment.metric), default=None)
    incident.state = facts.state
    incident.severity = facts.severity
    incident.assignee_id = facts.assignee
    incident.acknowledged_at = facts.acknowledged_at
    incident.resolved_at = facts.resolved_at
    incident.closed_at = facts.ended_at
    incident.due_at = first.due_at if first else None
    incident.due_metric = first.metric if first else ""
    incident.is_breached = any(c.outcome == core.BREACHED for c in standing.commitments)
    incident.may_be_escalated = facts.may_escalate
    incident.look_again_at = look_again_at
    incident.save()


def _plan(turn: Turn, standing: Standing) -> Plan:
    close_after = policy_of(turn.incident.policy_version).close_after
    return decide(standing.facts, standing.commitments, standing.promises, turn.now, close_after=close_after)


def _take(step: Step, turn: Turn, standing: Standing) -> None:
    watching = Turn(turn.incident, turn.now, WATCHKEEPER)
    event = watching.append(step.kind, at=step.at, source=_source_of(step, turn.now), **step.data)
    telling.tell_step(event, step, turn.incident, standing)


def _announce(incident: Incident) -> None:
    """Wake watchers and open pages when this transaction commits; the notification carries the id and no more."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify('watchkeeper_incident', %s)", [str(incident.pk)])


def _source_of(step: Step, now: datetime) -> str:
    return AT_THE_DESK if step.at == now else "due"


def _now_at(incident: Incident) -> datetime:
    """The database's time, never before what is already recorded on this timeline."""
    last = incident.events.order_by("-number").values_list("recorded_at", flat=True).first()
    now = clock.now()
    return now if last is None else max(now, last)
