"""What follows from how long an incident stands, whether anything was breached or not: steps of the ladder that count
from the receipt, and the moment from which the customer may escalate by time alone.

Both are counted from the receipt, or from when the incident was last given another severity, in the hours that its
first response is counted in; they stand still while the customer is waited for and end with the resolution.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.commitments import Promises
from watchkeeper.core.facts import Facts
from watchkeeper.core.hours import Hours
from watchkeeper.core.policy import ACKNOWLEDGEMENT, RECEIPT, UNACKNOWLEDGED, Told
from watchkeeper.core.promise import Promise
from watchkeeper.core.within import Within

BY_TIME = ("", 0)
"""Stands for a commitment in events of what follows from time alone."""


class Since(NamedTuple):
    """From when an incident stands as it does, under which promise, and the hours that count."""

    promise: Promise
    at: datetime
    hours: Hours


def since(facts: Facts, promises: Promises) -> Since | None:
    """How an open incident stands; ``None`` where none is, nothing is promised, or the customer is waited for.

    Nothing follows from time for one that came from another desk's log."""
    turn = facts.turns[-1]
    is_over = facts.resolved_at is not None or facts.ended_at is not None or facts.is_imported
    if is_over or facts.standing_still_since is not None or not turn.promises:
        return None
    promise = promises[turn.promises[-1][1]]
    response = promise.target(ACKNOWLEDGEMENT, facts.severity)
    operating = response.operating if response is not None else promise.operating
    return Since(promise, _at_this_severity_since(facts), operating.hours)


def rungs(facts: Facts, standing: Since) -> Iterator[tuple[int, datetime, tuple[Told, ...]]]:
    """The steps of the ladder that count from the receipt and are still to come: number, when, whom it tells."""
    is_covered = standing.promise.covers(facts.severity)
    for number, rung in enumerate(standing.promise.escalation.ladder, start=1):
        is_wanted = rung.since == RECEIPT and rung.concerns(facts.severity, is_covered)
        is_past = rung.lasts == UNACKNOWLEDGED and not _is_unacknowledged(facts)
        if is_wanted and not is_past and (*BY_TIME, number) not in facts.rungs:
            yield number, _passed_at(rung.after, facts, standing), standing.promise.told_by(rung)


def customer_may_escalate_at(facts: Facts, standing: Since) -> datetime | None:
    """When the customer may escalate by time alone; ``None`` where never, or already."""
    rules = standing.promise.escalation
    if rules.customer_after is None or facts.severity not in rules.eligible or facts.eligible:
        return None
    return _passed_at(rules.customer_after, facts, standing)


def _passed_at(after: Within, facts: Facts, standing: Since) -> datetime:
    return after.due_at(standing.hours, standing.at, facts.pauses)


def _is_unacknowledged(facts: Facts) -> bool:
    asking = facts.askings[-1]
    return asking.met_at is None and asking.cancelled_at is None


def _at_this_severity_since(facts: Facts) -> datetime:
    first = facts.turns[-1]
    for turn in reversed(facts.turns):
        if turn.severity != facts.severity:
            break
        first = turn
    return first.at
