"""The one door to an incident: lock it, read the clock, append events, and carry out what follows from them.

``turn_of`` opens the door for a verb; when the verb is done, ``carry`` makes every copy equal what core computed
and takes the steps that are due. One transaction. There is no rule here: what is due is core's decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from watchkeeper.clocks import rows
from watchkeeper.core import commitments as core
from watchkeeper.core import leaving
from watchkeeper.core import timeline as t
from watchkeeper.core.escalation import Plan, Step, decide
from watchkeeper.core.lifecycle import CLOSED, next_state
from watchkeeper.incidents import evidence, telling
from watchkeeper.incidents.actor import WATCHKEEPER, Actor
from watchkeeper.incidents.announcement import Announcement, announce
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.moment import Moment, next_after
from watchkeeper.incidents.reading import (
    Standing,
    as_core,
    folded,
    promises_named_in,
    read,
    standing_after,
    timelines_of,
)
from watchkeeper.incidents.urgency import urgency_of
from watchkeeper.notify import outbox
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_of

THE_ROW: dict[str, Any] = {"of": ("self",), "no_key": True}
"""How an incident is locked. Rows that only name it, such as notices, can be written by others meanwhile: they would
else wait for us while we wait for them."""

READ_ALONG = ("policy_version", "account__account_executive", "account__team")
"""What is read with the row: never what a verb can change, such as the assignee. Where PostgreSQL had to wait for the
row it looks at that one again and not at what was joined to it."""

UNMAKES = frozenset({t.TAKEN_BACK, t.CLASSIFIED, t.ABSORBED, t.PROMISE_APPLIED})
"""After which a row may have never been: a commitment began with what was taken back, or what gave it lasted no time;
what lay outside the level came under a promise."""


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

    @property
    def timeline(self) -> Sequence[t.Event]:
        """The timeline with what has been appended so far."""
        return [*self.before, *map(as_core, self.said)]

    def standing(self) -> Standing:
        """How the incident stands with what has been appended so far."""
        return folded(self.timeline)

    def append(self, kind: str, *, says: str = "", is_public: bool = True, **data: Any) -> Event:
        """Append an event of this kind, with what was said; the lifecycle refuses what the state does not allow."""
        self.incident.state = next_state(self.incident.state, kind)
        entry = evidence.Entry(
            kind=kind,
            at=self.now,
            recorded_at=self.moment.recorded_at,
            source=self.moment.source,
            by=self.by,
            data=data,
            says=says,
            is_public=is_public,
        )
        event = evidence.append(self.incident, entry)
        self.said.append(event)
        return event


def hold(*incidents: Incident) -> dict[int, Incident]:
    """Lock incidents that one act changes together, and then the chains of their accounts, before it changes any;
    their rows by key.

    Always in the order of their keys, and of their accounts' keys: of two acts on the same incidents or accounts, and
    of an act and a watcher, one waits.
    """
    keys = [incident.pk for incident in incidents]
    held = list(Incident.objects.select_for_update(**THE_ROW).filter(pk__in=keys).order_by("pk"))
    evidence.hold_chains(held)
    return {row.pk: row for row in held}


@contextmanager
def turn_of(incident: Incident, by: Actor) -> Iterator[Turn]:
    """Lock an incident, read the clock, let the verb append, and carry out what follows: all or nothing."""
    with transaction.atomic():
        locked = Incident.objects.select_for_update(**THE_ROW).select_related(*READ_ALONG).get(pk=incident.pk)
        timeline, now = read(locked)
        turn = Turn(locked, next_after(timeline[-1], now), by, timeline)
        yield turn
        carry([turn])
    incident.refresh_from_db()


def look_at(incident: Incident) -> None:
    """Take the steps that are due at a locked incident without anybody acting."""
    carry(looks_at([incident]))


def looks_at(locked: Sequence[Incident]) -> list[Turn]:
    """Turns at locked incidents without anybody acting; what is only read is read of all at once."""
    timelines = timelines_of([incident.pk for incident in locked])
    prefetch_related_objects(locked, "assignee", "account__team__members")
    now = clock.now()
    return [
        Turn(incident, next_after(timeline[-1], now), WATCHKEEPER, timeline)
        for incident in locked
        for timeline in [timelines[incident.pk]]
    ]


def carry(turns: Sequence[Turn]) -> None:
    """Take the steps that are due, make the copies equal, and tell of all of it: written for all turns at once.

    The turns are sorted by account, for the pen holds the chains of their accounts in that order.
    """
    pen = evidence.Pen([turn.incident for turn in turns])
    promises = promises_named_in(event for turn in turns for event in turn.timeline)
    carried = [_carried(turn, folded(turn.timeline, promises), pen) for turn in turns]
    pen.write()
    rows.make_equal(computed(each.incident, each.standing) for each in carried)
    for each in carried:
        if UNMAKES.intersection(each.kinds):
            rows.forget_unexplained(computed(each.incident, each.standing))
    make_equal([(each.incident, copies(each.standing, each.look_again_at)) for each in carried])
    outbox.queue_all([saying for each in carried for saying in each.sayings])
    for each in carried:
        for kind in each.kinds:
            telling.call_off(kind, each.incident)
    announce(Announcement.of(each.incident, each.kinds) for each in carried)


class _Carried(NamedTuple):
    """Where a turn has come to: how the incident stands, when to look again, what is to be said, what happened.

    What is held has not happened yet for anybody but the team: it is among what happens when it leaves.
    """

    incident: Incident
    standing: Standing
    look_again_at: datetime | None
    sayings: list[outbox.Saying]
    kinds: list[str]


def _carried(turn: Turn, standing: Standing, pen: evidence.Pen) -> _Carried:
    """Take the steps that are due with ``pen``; of the steps is told first, then of what was said."""
    incident, sayings = turn.incident, []
    incident.assignee_id = standing.facts.assignee  # whom a dispatch in this turn names is who is told
    kinds = _kinds_that_left(turn)
    plan = plan_of(incident, standing, turn.now)
    while plan.steps:
        taken = []
        for step in plan.steps:
            event = _take(step, turn, pen)
            sayings += telling.told_of_step(event, step, incident, standing)
            taken.append(event)
            kinds.append(event.kind)
        standing = standing_after(standing, taken)
        plan = plan_of(incident, standing, turn.now)
    for event in turn.said:
        sayings += telling.told_of(event, incident, standing)
    return _Carried(incident, standing, plan.look_again_at, sayings, kinds)


def _kinds_that_left(turn: Turn) -> list[str]:
    """The kinds of what was said or done in this turn, and of what was held until it. What is held now is not there."""
    said = [event.kind for event in turn.said if leaving.leaves_at(as_core(event)) is None]
    looked_at = turn.incident.look_again_at
    left = leaving.left_between(turn.before, looked_at, turn.now) if looked_at is not None else []
    return [*said, *(event.kind for event in left)]


def computed(incident: Incident, standing: Standing) -> rows.Computed:
    """What the rows of an incident's commitments are made of."""
    return rows.Computed(incident.pk, incident.account_id, standing.facts, standing.promises, standing.commitments)


def make_equal(incidents: Sequence[tuple[Incident, dict[str, Any]]]) -> None:
    """Make what is copied on the rows of incidents equal what their timelines say; ``copies`` says what that is."""
    for incident, copied in incidents:
        for name, value in copied.items():
            setattr(incident, name, value)
    columns = ", ".join(f"{name} = %s" for name in incidents[0][1])
    values = [[*copied.values(), incident.pk] for incident, copied in incidents]
    with connection.cursor() as cursor:
        cursor.executemany(f"update incidents_incident set {columns} where id = %s", values)


def copies(standing: Standing, look_again_at: datetime | None) -> dict[str, Any]:
    """The fields of an incident's row that are copies, by name, as its timeline says them."""
    facts = standing.facts
    running = [c for c in standing.commitments if c.outcome == core.RUNNING and c.due_at is not None]
    first = min(running, key=lambda commitment: (commitment.due_at, commitment.metric), default=None)
    return {
        "state": facts.state,
        "severity": facts.severity,
        "assignee_id": facts.assignee,
        "parent_id": facts.parent,
        "is_unverified": facts.is_unverified,
        "acknowledged_at": facts.acknowledged_at,
        "resolved_at": facts.resolved_at,
        "closed_at": facts.ended_at,
        "due_at": first.due_at if first else None,
        "due_metric": first.metric if first else "",
        "is_breached": any(c.outcome == core.BREACHED for c in standing.commitments),
        "may_be_escalated": facts.may_escalate,
        "is_escalated": facts.escalation is not None and facts.state != CLOSED,
        "level": standing.promise.level.key if standing.promise is not None else "",
        **urgency_of(facts.received_at, standing.commitments)._asdict(),
        "look_again_at": look_again_at,
    }


def plan_of(incident: Incident, standing: Standing, now: datetime) -> Plan:
    """What is due at an incident at ``now``, and when to look again: at what comes next, or leaves next."""
    close_after = policy_of(incident.policy_version).close_after
    plan = decide(standing.facts, standing.commitments, standing.promises, now, close_after=close_after)
    leaves_at = leaving.leave_next(standing.timeline, now)
    if leaves_at is None:
        return plan
    return plan._replace(look_again_at=min(leaves_at, plan.look_again_at or leaves_at))


def _take(step: Step, turn: Turn, pen: evidence.Pen) -> Event:
    turn.incident.state = next_state(turn.incident.state, step.kind)
    entry = evidence.Entry(
        kind=step.kind,
        at=step.at,
        recorded_at=turn.moment.recorded_at,
        source=_source_of(step, turn.moment),
        by=WATCHKEEPER,
        data=step.data,
    )
    return pen.append(turn.incident, entry)


def _source_of(step: Step, moment: Moment) -> str:
    return moment.source if step.at == moment.at or moment.names_all else "due"
