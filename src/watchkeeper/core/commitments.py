"""What was promised, measured against what happened: facts + promises → commitments.

Each severity of a level has its own clock. It runs while the incident stands at that severity or a more severe
one, stands still otherwise and keeps what was counted. Due is the earliest end among the clocks of the current
severity and all milder ones, over every promise that is a candidate. Nothing here asks the time: a commitment is
``running`` until an event shows that it was met, breached or cancelled; ``escalation.decide`` is told the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from watchkeeper.core import timeline as t
from watchkeeper.core.clock import Stretch
from watchkeeper.core.facts import Asking, Escalation, Facts, Silence, Turn
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    ARRIVAL,
    ASSIGNMENT,
    DIAGNOSIS,
    ESCALATION_ANSWER,
    POST_INCIDENT_REPORT,
    RECEIPT,
    RESOLUTION,
    RESTORATION,
    UPDATE,
    WORKAROUND,
    Target,
)
from watchkeeper.core.promise import Promise
from watchkeeper.core.said import Said, sentence
from watchkeeper.core.spans import Span, united

RUNNING = "running"
MET = "met"
BREACHED = "breached"
CANCELLED = "cancelled"

WAITS_FOR_THE_CUSTOMER = frozenset({ARRIVAL, DIAGNOSIS, WORKAROUND, RESTORATION, UPDATE, RESOLUTION})
"""The metrics whose clocks stand still while the customer is asked for something."""

_NOT_YET = datetime.max.replace(tzinfo=UTC)
"""When a clock is due that has not begun."""

OUTSIDE_THE_LEVEL = sentence("outside the level")
A_TEST = sentence("a test")
NOT_TOLD = sentence("the log it came from does not tell")
CANCELLED_BY: Mapping[str, Said] = {
    t.RESOLVED: sentence("resolved"),
    t.RECOVERED: sentence("recovered"),
    t.REOPENED: sentence("reopened"),
    t.CONFIRMED: sentence("confirmed"),
    t.CLOSED: sentence("closed"),
    t.WITHDRAWN: sentence("withdrawn"),
    t.MERGED: sentence("merged"),
    t.ESCALATION_ENDED: sentence("escalation_ended"),
}
"""The kinds of events that cancel a commitment, as a page can say them."""

Promises = Mapping[Any, Promise]


class Commitment(NamedTuple):
    """A target applied to one incident. All instants are UTC.

    ``target`` is the winning clock's; it began at ``clock_from`` and ``stood_still`` during these spans. ``due_at``
    is ``None`` while the clock is paused or has not begun, also of what was done in a pause that lasts, and outside the
    level. ``done_at`` is when the promised act was done, in time or late. ``reason`` says why it was cancelled,
    ``excluded`` why it is left out of attainment.
    """

    metric: str
    nth: int
    target: Target
    promise: Any
    opened_at: datetime
    clock_from: datetime
    stood_still: tuple[Span, ...]
    due_at: datetime | None
    outcome: str
    done_at: datetime | None
    reason: str | None
    excluded: str | None
    has_begun: bool = True

    @property
    def is_paused(self) -> bool:
        """Whether it runs but stands still, waiting for the customer."""
        return self.outcome == RUNNING and self.due_at is None and self.has_begun

    @property
    def severity(self) -> int:
        """The number of the severity whose clock wins."""
        return self.target.severity

    @property
    def starts_at(self) -> datetime:
        """When the winning clock began to count."""
        return self.target.within.starts_at(self.target.operating.hours, self.clock_from)

    @property
    def goal_at(self) -> datetime | None:
        """When the internal aim passes; ``None`` without one before the due time, and while nothing is due."""
        return None if self.due_at is None else self.target.goal_at(self.clock_from, self.due_at, self.stood_still)

    def explain(self) -> tuple[Stretch, ...]:
        """The counted, closed and paused stretches from the clock's beginning to the due time; they add up to the
        window. Empty while nothing is due."""
        if self.due_at is None:
            return ()
        return self.target.within.explain(self.target.operating.hours, self.clock_from, self.due_at, self.stood_still)


class _Clock(NamedTuple):
    due_at: datetime
    target: Target
    promise: Any
    since: datetime
    stood_still: Sequence[Span]


class _Course(NamedTuple):
    """How the clocks of a metric went: the winner, whether it was still promised at the end, whether it ran out."""

    winner: _Clock
    is_covered: bool
    ran_out: bool


def commitments(facts: Facts, promises: Promises) -> tuple[Commitment, ...]:
    """Every commitment of an incident: acknowledgements, what is reached on the way, updates, resolution, the report
    after it, answers to escalations, in that order.

    ``promises`` maps the keys used in the timeline to the promises they stand for. Empty when the incident was
    received without entitlement or outside the level.
    """
    return (
        *_acknowledgements(facts, promises),
        *_milestones(facts, promises),
        *_updates(facts, promises),
        *_resolution(facts, promises),
        *_escalation_answers(facts, promises),
    )


def _acknowledgements(facts: Facts, promises: Promises) -> Iterable[Commitment]:
    for nth, asking in enumerate(facts.askings, start=1):
        ended_at = asking.met_at or asking.cancelled_at or facts.ended_at or facts.last_at
        turns = facts.turns[: asking.turns]
        course = _course(ACKNOWLEDGEMENT, facts, asking.opened_at, ended_at, turns, promises)
        if course is not None:
            yield _commitment(facts, ACKNOWLEDGEMENT, nth, asking.opened_at, course, *_ending_of_asking(facts, asking))


def _ending_of_asking(facts: Facts, asking: Asking) -> tuple[datetime | None, str | None]:
    if asking.met_at is not None:
        return asking.met_at, None
    return None, asking.reason or facts.ended_by


def _milestones(facts: Facts, promises: Promises) -> Iterable[Commitment]:
    """Assignment, arrival, diagnosis, workaround, restoration, each once; then the report owed after a resolution.

    What is not said to be reached is reached by the resolution.
    """
    promised = frozenset[str]().union(*(promise.metrics for promise in promises.values()))
    for metric in (ASSIGNMENT, ARRIVAL, DIAGNOSIS, WORKAROUND, RESTORATION):
        if metric in promised:
            reached_at = facts.dispatched_at if metric == ASSIGNMENT else facts.reached.get(metric)
            yield from _milestone(metric, facts.received_at, reached_at or facts.resolved_at, facts, promises)
    if POST_INCIDENT_REPORT in promised:
        yield from _report_after(facts, promises)


def _report_after(facts: Facts, promises: Promises) -> Iterable[Commitment]:
    """The report owed from the latest resolution on. Closing the incident does not settle it; reopening cancels it
    until there is a resolution again, unless it was sent."""
    spells = facts.resolved_spells
    is_reopened = facts.resolved_at is None
    opened_at = facts.resolved_at or (spells[-1].start if spells else None)
    if opened_at is None:
        return
    done_at = facts.reached.get(POST_INCIDENT_REPORT)
    ended_at = done_at or (spells[-1].end if is_reopened else facts.last_at)
    turns = [turn for turn in facts.turns if turn.at <= ended_at]
    course = _course(POST_INCIDENT_REPORT, facts, opened_at, ended_at, turns, promises)
    if course is not None:
        reason = t.REOPENED if is_reopened and done_at is None else None
        yield _commitment(facts, POST_INCIDENT_REPORT, 1, opened_at, course, done_at, reason)


def _milestone(
    metric: str, opened_at: datetime, done_at: datetime | None, facts: Facts, promises: Promises
) -> Iterable[Commitment]:
    ended_at = done_at or facts.ended_at or facts.last_at
    turns = [turn for turn in facts.turns if turn.at <= ended_at]
    waits = metric in WAITS_FOR_THE_CUSTOMER
    still = facts.pauses if waits else ()
    still_since = facts.standing_still_since if waits else None
    course = _course(metric, facts, opened_at, ended_at, turns, promises, still, still_since)
    if course is None:
        return
    reason = None if done_at else facts.ended_by
    if done_at is not None and done_at == facts.resolved_at and facts.askings[-1].reason == t.RECOVERED:
        done_at, reason = None, t.RECOVERED
    yield _commitment(facts, metric, 1, opened_at, course, done_at, reason)


def _updates(facts: Facts, promises: Promises) -> Iterable[Commitment]:
    for nth, silence in enumerate(facts.silences, start=1):
        course = _course(
            UPDATE,
            facts,
            silence.opened_at,
            silence.ended_at or facts.last_at,
            facts.turns[: silence.turns],
            promises,
            facts.pauses,
            facts.standing_still_since,
        )
        if course is not None:
            yield _commitment(facts, UPDATE, nth, silence.opened_at, course, *_ending_of_silence(silence))


def _ending_of_silence(silence: Silence) -> tuple[datetime | None, str | None]:
    if silence.ended_by == t.REPLIED:
        return silence.ended_at, None
    return None, silence.ended_by


def _resolution(facts: Facts, promises: Promises) -> Iterable[Commitment]:
    still = facts.pauses
    if facts.resolved_spells:
        still = list(united((*facts.pauses, *facts.resolved_spells)))
    course = _course(
        RESOLUTION,
        facts,
        facts.received_at,
        facts.resolved_at or facts.ended_at or facts.last_at,
        facts.turns[: facts.resolved_turns],
        promises,
        still,
        facts.standing_still_since,
    )
    if course is not None:
        yield _commitment(facts, RESOLUTION, 1, facts.received_at, course, *_ending_of_resolution(facts))


def _ending_of_resolution(facts: Facts) -> tuple[datetime | None, str | None]:
    if facts.resolved_at is None:
        return None, facts.ended_by
    if facts.askings[-1].reason == t.RECOVERED:
        return None, t.RECOVERED
    return facts.resolved_at, None


def _escalation_answers(facts: Facts, promises: Promises) -> Iterable[Commitment]:
    for nth, escalation in enumerate(facts.escalations, start=1):
        clock = _answering_clock(escalation, facts.turns, promises)
        if clock is None:
            continue
        ended_at = escalation.answered_at or escalation.ended_at or facts.ended_at
        ran_out = clock.due_at < (ended_at or facts.last_at)
        done_at = escalation.answered_at
        reason = None if done_at else t.ESCALATION_ENDED if escalation.ended_at else facts.ended_by
        course = _Course(clock, is_covered=True, ran_out=ran_out)
        yield _commitment(facts, ESCALATION_ANSWER, nth, escalation.opened_at, course, done_at, reason)


def _answering_clock(escalation: Escalation, turns: Sequence[Turn], promises: Promises) -> _Clock | None:
    turn = _turn_at(turns, escalation.opened_at)
    if not turn.promises:
        return None
    key = turn.promises[-1][1]
    promise = promises[key]
    within = promise.escalation.answer_within
    target = Target(ESCALATION_ANSWER, turn.severity, within, promise.operating)
    due_at = within.due_at(target.operating.hours, escalation.opened_at)
    return _Clock(due_at, target, key, escalation.opened_at, ())


def _turn_at(turns: Sequence[Turn], at: datetime) -> Turn:
    return next((turn for turn in reversed(turns) if turn.at <= at), turns[0])


def _course(
    metric: str,
    facts: Facts,
    opened_at: datetime,
    ended_at: datetime,
    turns: Sequence[Turn],
    promises: Promises,
    still: Sequence[Span] = (),
    still_since: datetime | None = None,
) -> _Course | None:
    """Walk the turns from ``opened_at`` to ``ended_at``; ``None`` when no turn had a clock for this metric.

    A turn lasts until the next; a window that ends before its turn does ran out, unless it stood still by then.
    """
    last_winner: _Clock | None = None
    is_covered = False
    final = len(turns) - 1
    for position in range(final + 1):
        until = turns[position + 1].at if position < final else ended_at
        if position < final and until <= opened_at:
            continue
        winner = _winner(metric, facts, opened_at, position, turns, promises, still)
        is_covered = winner is not None
        if winner is None:
            continue
        last_winner = winner
        if still_since is not None:
            until = min(until, still_since)
        if winner.due_at < until:
            return _Course(winner, is_covered=True, ran_out=True)
    return None if last_winner is None else _Course(last_winner, is_covered, ran_out=False)


def _winner(
    metric: str,
    facts: Facts,
    opened_at: datetime,
    position: int,
    turns: Sequence[Turn],
    promises: Promises,
    still: Sequence[Span],
) -> _Clock | None:
    """The clock that ends first among those running in the turn at ``position``."""
    turn = turns[position]
    best: _Clock | None = None
    for moment, key in turn.promises:
        begins = moment if moment > opened_at else opened_at
        promise = promises[key]
        racing = promise.clocks(metric, turn.severity) if position else promise.contenders(metric, turn.severity)
        for promised in racing:
            target = _as_it_is_by(opened_at, promised, facts) if promised.then else promised
            since, stood_still, has_begun = begins, still, True
            if target.begins != RECEIPT:
                begun = facts.begun(target.begins)
                has_begun = begun is not None
                since = max(begins, begun or begins)
            if position:
                since, stood_still = _running(target.severity, since, position, turns, still)
            due_at = target.within.due_at(target.operating.hours, since, stood_still) if has_begun else _NOT_YET
            if due_at < turn.at:  # it stood still from the very instant it ended, and ends when it runs again
                due_at = turn.at
            if best is None or due_at < best.due_at:
                best = _Clock(due_at, target, key, since, stood_still)
    return best


def _as_it_is_by(opened_at: datetime, target: Target, facts: Facts) -> Target:
    """The target of an update that is owed from ``opened_at`` on: as the last cadence says whose moment has come."""
    for cadence in reversed(target.then):
        if cadence.after is not None:
            begins_at = cadence.after.due_at(target.operating.hours, facts.received_at)
        else:
            begins_at = facts.reached.get(cadence.once, _NOT_YET)
        if begins_at <= opened_at:
            return target._replace(within=cadence.within, operating=cadence.operating, goal=None, published_as="")
    return target


def _running(
    severity: int, begins: datetime, position: int, turns: Sequence[Turn], still: Sequence[Span]
) -> tuple[datetime, Sequence[Span]]:
    """When the clock of ``severity`` first ran at or after ``begins``, and all the spans it stood still since."""
    since: datetime | None = None
    gaps: list[Span] = []
    for turn, following in zip(turns[: position + 1], (*turns[1 : position + 1], None), strict=True):
        if following is not None and following.at <= begins:
            continue
        if turn.severity <= severity:
            since = since or max(turn.at, begins)
        elif since is not None and following is not None and following.at > turn.at:
            gaps.append(Span(turn.at, following.at))
    if since is None:
        raise AssertionError("a clock that runs in this turn has a beginning")
    return since, (still if not gaps else united((*still, *gaps)))


def _commitment(
    facts: Facts,
    metric: str,
    nth: int,
    opened_at: datetime,
    course: _Course,
    done_at: datetime | None,
    reason: str | None,
) -> Commitment:
    clock = course.winner
    is_breached = course.ran_out or (metric, nth) in facts.breached
    outcome = RUNNING
    due_at: datetime | None = clock.due_at
    if is_breached:
        outcome, reason = BREACHED, None
    elif not course.is_covered:
        outcome, reason, due_at = CANCELLED, OUTSIDE_THE_LEVEL, None
    elif done_at is not None:
        outcome = MET
    elif reason is not None:
        outcome = CANCELLED
    if outcome in (RUNNING, MET) and _stood_still_to_the_end(metric, facts, done_at):
        due_at = None
    has_begun = clock.due_at is not _NOT_YET
    return Commitment(
        metric,
        nth,
        clock.target,
        clock.promise,
        opened_at,
        clock.since,
        tuple(clock.stood_still),
        due_at if has_begun else None,
        outcome,
        done_at,
        CANCELLED_BY.get(reason, reason) if reason is not None else None,
        facts.exclusions.get((metric, nth), _counts_nowhere(facts, metric)),
        has_begun,
    )


def _stood_still_to_the_end(metric: str, facts: Facts, done_at: datetime | None) -> bool:
    """Whether the clock waits for the customer now, or did when what was promised was done."""
    since = facts.standing_still_since
    return metric in WAITS_FOR_THE_CUSTOMER and since is not None and (done_at is None or done_at > since)


def _counts_nowhere(facts: Facts, metric: str) -> str | None:
    """Why a commitment is left out that nobody left out, if it is."""
    if facts.is_test:
        return A_TEST
    return NOT_TOLD if facts.told is not None and metric not in facts.told else None
