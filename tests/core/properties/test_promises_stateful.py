"""Whatever happens to an incident in whatever order, its promise behaves: invariants 5–9, 11 and 19.

The machine does random acts at random moments beside a model that keeps its clocks by subtraction (budget minus
what was counted in each turn), where core lays still-standing spans over one clock. Both must agree on every due time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.core.premium import PROMISES, at, event, reported
from tests.patience import examples
from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.clock import counted, due_at
from watchkeeper.core.commitments import BREACHED, CANCELLED, MET, RUNNING, Commitment, commitments
from watchkeeper.core.escalation import Plan, Step, decide
from watchkeeper.core.facts import Facts, facts_of

SEVERITIES = st.integers(1, 5)
LENGTHS = st.integers(0, 5 * 24 * 3600 * 10**6).map(lambda micros: timedelta(microseconds=micros))
START = at("2026-03-06 07:00")  # a Friday before the clocks go forward


class ModelClock:
    """The clock of one severity of one promise: how much of its window is left while it stands still."""

    def __init__(self, key: str, severity: int) -> None:
        target = PROMISES[key].targets["acknowledgement", severity]
        self.severity = severity
        self.hours = target.operating.hours
        self.left = target.within.length
        self.running_since: datetime | None = None

    def stand(self, severity: int, now: datetime) -> None:
        runs = severity <= self.severity
        if self.running_since is not None:
            self.left -= counted(self.hours, self.running_since, now)
        self.running_since = now if runs else None

    def due(self) -> datetime | None:
        return None if self.running_since is None else due_at(self.hours, self.running_since, self.left)


class Promises(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.timeline: list[t.Event] = []
        self.model: list[ModelClock] = []
        self.told_steps: list[tuple[object, ...]] = []
        self.breached_at: datetime | None = None

    @initialize(severity=SEVERITIES, key=st.sampled_from(sorted(PROMISES)), later=LENGTHS)
    def report(self, severity: int, key: str, later: timedelta) -> None:
        self.now = START + later
        self.severity = severity
        self.timeline.append(reported(self.now, severity, key))
        self._give(key)

    def _give(self, key: str) -> None:
        clocks = [ModelClock(key, target.severity) for target in PROMISES[key].clocks("acknowledgement")]
        for clock in clocks:
            clock.stand(self.severity, self.now)
        self.model += clocks

    def facts(self) -> Facts:
        return facts_of(self.timeline)

    def the_acknowledgement(self) -> Commitment | None:
        made = commitments(self.facts(), PROMISES)
        return next((c for c in made if c.metric == "acknowledgement"), None)

    def model_due(self) -> datetime | None:
        return min((due for clock in self.model if (due := clock.due()) is not None), default=None)

    def is_owed(self) -> bool:
        return self.facts().acknowledged_at is None and self.facts().ended_at is None

    def in_state(self, *states: str) -> bool:
        return self.facts().state in states

    def happens(self, kind: str, **data: object) -> None:
        if self.breached_at is None and self.is_owed():
            due = self.model_due()
            if due is not None and due < self.now:
                self.breached_at = due
        self.timeline.append(event(kind, self.now, **data))

    @rule(length=LENGTHS)
    def time_passes(self, length: timedelta) -> None:
        self.now += length

    @precondition(lambda self: self.is_owed() and self.breached_at is None and self.model_due() is not None)
    @rule(off=st.sampled_from([-1, 0, 1]))
    def time_passes_to_the_due_instant(self, off: int) -> None:
        self.now = max(self.now, self.model_due() + timedelta(microseconds=off))

    @precondition(lambda self: self.in_state(*lifecycle.OPEN_STATES))
    @rule(severity=SEVERITIES)
    def the_severity_changes(self, severity: int) -> None:
        before = self.the_acknowledgement()
        due_before = before.due_at if before and before.outcome == RUNNING else None
        self.happens(t.CLASSIFIED, severity=severity)
        if self.is_owed() and self.breached_at is None:
            for clock in self.model:
                clock.stand(severity, self.now)
            due = self.model_due()
            if due is not None and due_before is not None:
                if severity < self.severity:
                    assert due <= due_before, "raising never moves the due time later"
                if severity > self.severity:
                    assert due >= due_before, "lowering never moves the due time earlier"
            if due is not None:
                assert due >= self.now, "no change moves the due time into the past"
        self.severity = severity

    @precondition(lambda self: self.in_state(*lifecycle.OPEN_STATES))
    @rule(key=st.sampled_from(sorted(PROMISES)))
    def a_promise_is_laid_on(self, key: str) -> None:
        before = self.the_acknowledgement()
        settled = before is not None and before.outcome in (MET, BREACHED)
        self.happens(t.PROMISE_APPLIED, promise=key)
        if self.is_owed() and self.breached_at is None:
            self._give(key)
        if settled:
            after = self.the_acknowledgement()
            assert (after.due_at, after.outcome) == (before.due_at, before.outcome), "what is settled stays"

    @precondition(lambda self: self.in_state(lifecycle.NEW, lifecycle.DISPATCHED))
    @rule()
    def a_person_acknowledges(self) -> None:
        self.happens(t.ACKNOWLEDGED)

    @precondition(lambda self: self.in_state(*lifecycle.OPEN_STATES))
    @rule(kind=st.sampled_from([t.NOTED, t.ANSWERED, t.ASKED, t.REPLIED, t.DISPATCHED]))
    def somebody_speaks(self, kind: str) -> None:
        self.happens(kind, assignee=7)

    @precondition(lambda self: self.in_state(*lifecycle.OPEN_STATES))
    @rule(kind=st.sampled_from([t.RESOLVED, t.WITHDRAWN, t.MERGED]))
    def it_ends(self, kind: str) -> None:
        self.happens(kind)

    @precondition(lambda self: self.in_state(lifecycle.RESOLVED))
    @rule()
    def it_is_reopened(self) -> None:
        self.happens(t.REOPENED)

    def plan(self) -> Plan:
        facts = self.facts()
        return decide(facts, commitments(facts, PROMISES), PROMISES, self.now, close_after=timedelta(days=14))

    @rule()
    def the_watcher_looks(self) -> None:
        was_owed = self.is_owed()
        while (plan := self.plan()).steps:
            for step in plan.steps:
                self.take(step, was_owed)
        assert plan.look_again_at is None or plan.look_again_at > self.now

    def take(self, step: Step, was_owed: bool) -> None:
        data = step.data
        passed = tuple(data.get("passed", ()))
        identity = (step.kind, data.get("metric"), data.get("nth"), data.get("severity"), data.get("promise"), passed)
        assert identity not in self.told_steps, "a step is due once"
        self.told_steps.append(identity)
        if data.get("metric") == "acknowledgement" and not was_owed:
            assert step.tells == (), "nobody is disturbed about what was acknowledged meanwhile"
        assert step.at <= self.now
        self.timeline.append(t.Event(step.kind, step.at, self.now, data))
        if step.kind == t.BREACHED and data["metric"] == "acknowledgement":
            self.breached_at = self.breached_at or step.at

    @invariant()
    def the_due_time_is_the_models(self) -> None:
        if not self.timeline or not self.is_owed() or self.breached_at is not None:
            return
        commitment, due = self.the_acknowledgement(), self.model_due()
        if commitment is None or commitment.outcome == CANCELLED:
            assert due is None
        else:
            assert commitment.due_at == due

    @invariant()
    def on_time_is_met_and_late_is_breached_for_ever(self) -> None:
        if not self.timeline:
            return
        commitment = self.the_acknowledgement()
        if self.breached_at is not None:
            assert (commitment.outcome, commitment.due_at) == (BREACHED, self.breached_at)
        elif commitment is not None and commitment.outcome == MET:
            assert commitment.done_at <= commitment.due_at


TestPromises = pytest.mark.property(Promises.TestCase)
TestPromises.settings = settings(max_examples=examples(25), stateful_step_count=25, deadline=None)
