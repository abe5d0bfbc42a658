"""What an incident would have come to under other terms: the same fold, and what people did stays as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.core.premium import (
    ALWAYS,
    BREAK_FIX,
    POLICY,
    PREMIUM,
    PROMISES,
    STANDARD,
    WITH_UPDATES,
    at,
    event,
    fold,
    promise,
    reported,
)
from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import NOT_TOLD
from watchkeeper.core.escalation import Plan, decide
from watchkeeper.core.policy import UnknownSeverity
from watchkeeper.core.scorecard import BREACHED, EXCLUDED, MET, OPEN, OUTSIDE_LEVEL
from watchkeeper.core.standing import since
from watchkeeper.core.what_if import beside, counted_in, under, under_one

MON_10, MON_15 = "2026-03-02 10:00", "2026-03-02 15:00"
LATER = at("2026-03-20 12:00")
BREACH = {"metric": "acknowledgement", "nth": 1, "severity": 2, "eligible": True}


def test_a_level_is_promised_from_the_receipt_where_nothing_was():
    timeline = [reported(MON_10, 3, key=None), event(t.ACKNOWLEDGED, MON_15)]
    (made,) = under_one(timeline, promise(PREMIUM))
    assert (made.outcome, made.due_at) == (MET, at("2026-03-03 09:00"))


def test_what_was_applied_since_is_not_in_it():
    applied = event(t.PROMISE_APPLIED, "2026-03-02 11:00", promise="premium")
    timeline = [reported(MON_10, 2, "break-fix"), applied, event(t.ACKNOWLEDGED, "2026-03-02 16:00")]
    (made,) = under_one(timeline, promise(BREAK_FIX))
    assert made.due_at == at("2026-03-04 16:00")


def test_a_breach_on_record_is_none_where_other_terms_were_kept():
    timeline = [reported(MON_10, 2), event(t.BREACHED, "2026-03-02 14:00", **BREACH), event(t.ACKNOWLEDGED, MON_15)]
    (was,) = fold(*timeline)[1]
    (would,) = under(timeline, {"premium": promise(BREAK_FIX)})
    assert (was.outcome, would.outcome) == ("breached", "met")


def test_what_was_taken_back_counts_for_nothing_there_either():
    timeline = [reported(MON_10, 2), event(t.REPLIED, MON_15), event(t.TAKEN_BACK, MON_15, event=2)]
    (made,) = under_one(timeline, promise(BREAK_FIX))
    assert made.done_at is None


def test_a_severity_that_the_other_policy_lacks_is_refused():
    with pytest.raises(UnknownSeverity):
        under_one([reported(MON_10, 9)], promise(PREMIUM))


def test_counted_in_other_hours_only_windows_of_operating_time_move():
    timeline = [reported("2026-03-02 16:00", 2), event(t.ACKNOWLEDGED, "2026-03-02 21:00")]
    (was,) = under_one(timeline, promise(PREMIUM))
    (would,) = under_one(timeline, counted_in(promise(PREMIUM), STANDARD))
    assert (was.due_at, would.due_at) == (at("2026-03-02 20:00"), at("2026-03-03 11:00"))
    assert counted_in(promise(PREMIUM), ALWAYS).target("acknowledgement", 3).operating == ALWAYS
    assert promise(PREMIUM).target("acknowledgement", 3).operating == STANDARD


def test_each_commitment_stands_beside_the_one_it_would_be():
    timeline = [reported(MON_10, 3, "break-fix"), event(t.ACKNOWLEDGED, "2026-03-03 10:00")]
    was = fold(*timeline)[1]
    would = under_one(timeline, promise(WITH_UPDATES))
    found = {each.metric: each for each in beside(was, would, LATER)}
    assert (found["acknowledgement"].was, found["acknowledgement"].would) == (OUTSIDE_LEVEL, BREACHED)
    assert found["acknowledgement"].is_changed
    assert found["resolution"].would_due_at == at("2026-03-02 22:00")
    assert found["resolution"].was_due_at is None


def test_due_at_another_time_is_moved_and_not_changed():
    timeline = [reported(MON_10, 2), event(t.ACKNOWLEDGED, "2026-03-02 10:30")]
    (each,) = beside(fold(*timeline)[1], under_one(timeline, promise(BREAK_FIX)), LATER)
    assert (each.is_changed, each.is_moved) == (False, True)


def test_what_is_open_is_judged_as_things_stand():
    timeline = [reported(MON_10, 2)]
    would = under_one(timeline, promise(BREAK_FIX))
    (before,) = beside(fold(*timeline)[1], would, at("2026-03-02 11:00"))
    (after,) = beside(fold(*timeline)[1], would, at("2026-03-03 11:00"))
    assert [(each.was, each.would) for each in (before, after)] == [(OPEN, OPEN), (BREACHED, OPEN)]


def imported(severity: int = 2, *, tells: tuple[str, ...] = ("acknowledgement",)) -> t.Event:
    log = {"source": "another desk", "key": "7", "file": "old.csv", "line": 2, "tells": list(tells)}
    return event(t.REPORTED, MON_10, severity=severity, promise="updates", imported=log)


def plan(now: str, *timeline: t.Event) -> Plan:
    facts, made = fold(*timeline)
    return decide(facts, made, PROMISES, at(now), close_after=timedelta(days=14))


@pytest.mark.parametrize("now", [MON_10, "2026-03-02 13:00", "2026-03-02 15:00", "2026-04-02 15:00"])
def test_of_another_desks_incident_nobody_is_warned_and_nothing_is_due_by_itself(now):
    assert plan(now, imported()) == Plan((), None)
    assert plan(now, imported(), event(t.ACKNOWLEDGED, "2026-03-02 16:00")) == Plan((), None)


def test_resolved_it_closes_by_itself_as_any_other():
    timeline = [imported(), event(t.RESOLVED, MON_15)]
    assert plan("2026-03-10 10:00", *timeline) == Plan((), at("2026-03-16 16:00"))
    (step,) = plan("2026-03-17 10:00", *timeline).steps
    assert (step.kind, step.tells) == (t.CLOSED, ())


def test_nothing_follows_from_how_long_it_stands():
    facts, _ = fold(imported())
    assert since(facts, PROMISES) is None


def test_what_the_log_does_not_tell_of_is_left_out_and_what_it_tells_counts():
    _, made = fold(imported(), event(t.ACKNOWLEDGED, MON_15))
    left_out = {each.metric: each.excluded for each in made}
    assert left_out == {"acknowledgement": None, "update": NOT_TOLD, "resolution": NOT_TOLD}
    assert {each.was for each in beside(made, made, LATER)} == {BREACHED, EXCLUDED}


def test_a_policy_is_left_as_it_was():
    counted_in(promise(PREMIUM), STANDARD)
    assert POLICY.levels[1] is PREMIUM
