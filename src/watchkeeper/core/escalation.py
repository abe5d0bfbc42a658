"""What must happen now, and when to look again: ``decide(facts, commitments, promises, now)``.

Before a due time passes the team is warned; at a breach the people the policy names are told, once; from an
eligible breach on the customer may escalate. A step is a value: taking it is the conductor's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import BREACHED, RUNNING, Commitment, Promises
from watchkeeper.core.facts import Facts
from watchkeeper.core.policy import (
    ACCOUNT_EXECUTIVE,
    ASSIGNEE,
    BREACH,
    DISTRIBUTION,
    ESCALATION_ANSWER,
    MANAGERS,
    POST_INCIDENT_REPORT,
    Told,
)
from watchkeeper.core.promise import Promise
from watchkeeper.core.standing import BY_TIME, customer_may_escalate_at
from watchkeeper.core.standing import rungs as rungs_since_receipt
from watchkeeper.core.standing import since as standing_since

GOAL = "goal"

_JUST_AFTER = timedelta(microseconds=1)
"""A breach is strictly after the due instant: at the instant itself the promise can still be met."""


class Step(NamedTuple):
    """One thing to do: append an event of this kind at ``at`` with ``data``, and tell these roles and contacts."""

    kind: str
    at: datetime
    data: dict[str, Any]
    tells: tuple[Told, ...]


class Plan(NamedTuple):
    """The steps that are due, in the order to take them, and the next moment anything can be due by itself."""

    steps: tuple[Step, ...]
    look_again_at: datetime | None


def decide(
    facts: Facts, commitments: Sequence[Commitment], promises: Promises, now: datetime, *, close_after: timedelta
) -> Plan:
    """The plan at ``now``. Each step comes up once: when its event is on the timeline it is not due again.

    ``close_after`` is how long after its resolution an incident closes by itself: all that one from another desk's
    log does by itself.
    """
    steps: list[Step] = []
    moments: list[datetime] = []
    for commitment in () if facts.is_imported else commitments:
        promise = promises[commitment.promise]
        if _is_newly_breached(commitment, facts, now):
            steps.append(_breach(commitment, facts, promise))
        elif commitment.outcome == RUNNING and commitment.due_at is not None:
            _warn(commitment, facts, promise, now, steps, moments)
        elif commitment.outcome == BREACHED and _is_unmet(commitment, facts):
            _after_breach(commitment, facts, promise, now, steps, moments)
    _by_time_alone(facts, promises, now, steps, moments)
    if facts.state == lifecycle.RESOLVED and facts.resolved_at is not None:
        _close(facts.resolved_at + close_after, now, steps, moments)
    steps.sort(key=lambda step: step.at)
    return Plan(tuple(steps), min(moments, default=None))


def _is_newly_breached(commitment: Commitment, facts: Facts, now: datetime) -> bool:
    if (commitment.metric, commitment.nth) in facts.breached:
        return False
    if commitment.outcome == BREACHED:
        return True
    return commitment.outcome == RUNNING and commitment.due_at is not None and commitment.due_at < now


def _is_unmet(commitment: Commitment, facts: Facts) -> bool:
    is_owed = facts.ended_at is None or commitment.metric == POST_INCIDENT_REPORT
    return commitment.done_at is None and is_owed


def _may_lead_to_an_escalation(commitment: Commitment, facts: Facts) -> bool:
    return commitment.metric != ESCALATION_ANSWER and facts.state != lifecycle.CLOSED


def _breach(commitment: Commitment, facts: Facts, promise: Promise) -> Step:
    due_at = commitment.due_at
    assert due_at is not None, "a breached commitment has a due time"
    severity = next(turn.severity for turn in reversed(facts.turns) if turn.at <= due_at)
    eligible = _may_lead_to_an_escalation(commitment, facts) and severity in promise.escalation.eligible
    data = {
        "metric": commitment.metric,
        "nth": commitment.nth,
        "severity": severity,
        "due_at": due_at,
        "eligible": eligible,
    }
    tells = _told_of_breach(commitment.metric, eligible) if _is_unmet(commitment, facts) else ()
    return Step(t.BREACHED, due_at, data, tells)


def _told_of_breach(metric: str, eligible: bool) -> tuple[str, ...]:
    if metric == ESCALATION_ANSWER:
        return (ACCOUNT_EXECUTIVE, MANAGERS)
    if eligible:
        return (DISTRIBUTION, ASSIGNEE, MANAGERS)
    return (ASSIGNEE, MANAGERS)


def _warn(
    commitment: Commitment,
    facts: Facts,
    promise: Promise,
    now: datetime,
    steps: list[Step],
    moments: list[datetime],
) -> None:
    """Warn once of all that has passed since the last change, and look again at what comes next."""
    clock = (commitment.metric, commitment.nth, commitment.severity, commitment.promise)
    changed_at = facts.turns[-1].at if len(facts.turns) > 1 else None
    passed: list[tuple[datetime, str]] = []
    for at, name in _warnings(commitment, promise):
        if at > now:
            moments.append(at)
        elif (changed_at is None or at > changed_at) and (*clock, name) not in facts.warned:
            passed.append((at, name))
    assert commitment.due_at is not None, "only a running clock warns"
    moments.append(commitment.due_at + _JUST_AFTER)
    if passed:
        tells = (ACCOUNT_EXECUTIVE,) if commitment.metric == ESCALATION_ANSWER else (ASSIGNEE,)
        metric, nth, severity, key = clock
        data = {
            "metric": metric,
            "nth": nth,
            "severity": severity,
            "promise": key,
            "due_at": commitment.due_at,
            "passed": [name for _at, name in sorted(passed)],
        }
        steps.append(Step(t.WARNED, now, data, tells))


def _warnings(commitment: Commitment, promise: Promise) -> Iterator[tuple[datetime, str]]:
    if commitment.goal_at is not None:
        yield commitment.goal_at, GOAL
    target = commitment.target
    for fraction in promise.escalation.warnings:
        at = target.within.fraction_at(target.operating.hours, commitment.clock_from, fraction, commitment.stood_still)
        yield at, str(fraction)


def _after_breach(
    commitment: Commitment,
    facts: Facts,
    promise: Promise,
    now: datetime,
    steps: list[Step],
    moments: list[datetime],
) -> None:
    """Eligibility that comes with a raise, and the ladder, while the promise is still unmet."""
    key = (commitment.metric, commitment.nth)
    may_be_escalated = _may_lead_to_an_escalation(commitment, facts) and facts.severity in promise.escalation.eligible
    if may_be_escalated and key not in facts.eligible:
        data = {"metric": commitment.metric, "nth": commitment.nth, "severity": facts.severity}
        steps.append(Step(t.BECAME_ELIGIBLE, now, data, (DISTRIBUTION,)))
    for number, at, tells in _rungs(commitment, facts, promise):
        if (*key, number) in facts.rungs:
            continue
        if at > now:
            moments.append(at)
        else:
            data = {"metric": commitment.metric, "nth": commitment.nth, "rung": number}
            steps.append(Step(t.RUNG_REACHED, now, data, tells))


def _rungs(commitment: Commitment, facts: Facts, promise: Promise) -> Iterable[tuple[int, datetime, tuple[Told, ...]]]:
    hours = commitment.target.operating.hours
    for number, rung in enumerate(promise.escalation.ladder, start=1):
        if rung.since == BREACH and rung.concerns(facts.severity):
            assert commitment.due_at is not None, "a breached commitment has a due time"
            yield number, rung.after.due_at(hours, commitment.due_at), promise.told_by(rung)


def _by_time_alone(facts: Facts, promises: Promises, now: datetime, steps: list[Step], moments: list[datetime]) -> None:
    """Steps of the ladder since the receipt, and eligibility that comes with time and no breach."""
    standing = standing_since(facts, promises)
    if standing is None:
        return
    metric, nth = BY_TIME
    for number, at, tells in rungs_since_receipt(facts, standing):
        if at > now:
            moments.append(at)
        else:
            steps.append(Step(t.RUNG_REACHED, now, {"metric": metric, "nth": nth, "rung": number}, tells))
    eligible_at = customer_may_escalate_at(facts, standing)
    if eligible_at is not None and eligible_at > now:
        moments.append(eligible_at)
    elif eligible_at is not None:
        data = {"metric": metric, "nth": nth, "severity": facts.severity}
        steps.append(Step(t.BECAME_ELIGIBLE, eligible_at, data, ()))


def _close(at: datetime, now: datetime, steps: list[Step], moments: list[datetime]) -> None:
    if at > now:
        moments.append(at)
    else:
        steps.append(Step(t.CLOSED, now, {"reason": "no answer since the resolution"}, ()))
