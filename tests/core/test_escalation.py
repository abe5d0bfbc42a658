"""What is due when, told the time. Monday is 2026-03-02; times are on the wall in Chicago."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.core.premium import BREAK_FIX, PREMIUM, PROMISES, at, event, fold, promise, reported, within
from watchkeeper.core import timeline as t
from watchkeeper.core.escalation import Plan, decide
from watchkeeper.core.policy import RECEIPT, UNACKNOWLEDGED, Contact, EscalationRules, Rung
from watchkeeper.core.promise import Promise

MON_10 = "2026-03-02 10:00"
TWO_WEEKS = timedelta(days=14)


def plan(now: str | datetime, *timeline: t.Event, promises: dict[str, Promise] = PROMISES) -> Plan:
    facts, made = fold(*timeline)
    return decide(facts, made, promises, at(now) if isinstance(now, str) else now, close_after=TWO_WEEKS)


def taken(step) -> t.Event:
    return event(step.kind, step.at, **step.data)


def test_right_after_the_report_nothing_is_due_and_the_goal_is_next():
    assert plan(MON_10, reported(MON_10, 1)) == Plan((), at("2026-03-02 10:15"))


@pytest.mark.parametrize(
    ("now", "passed", "next_look"),
    [
        ("2026-03-02 10:15", ["goal"], "2026-03-02 11:00"),
        ("2026-03-02 11:00", ["goal", "1/2"], "2026-03-02 11:36"),
        ("2026-03-02 11:36", ["goal", "1/2", "4/5"], None),
    ],
)
def test_goal_half_and_four_fifths_warn_the_assignee_and_several_due_at_once_become_one(now, passed, next_look):
    decided = plan(now, reported(MON_10, 1))
    [step] = decided.steps
    assert (step.kind, step.data["passed"], step.tells) == (t.WARNED, passed, ("assignee",))
    just_after_due = at("2026-03-02 12:00") + timedelta(microseconds=1)
    assert decided.look_again_at == (at(next_look) if next_look else just_after_due)


def test_a_warning_given_is_not_given_again():
    timeline = [reported(MON_10, 1)]
    timeline.append(taken(plan("2026-03-02 10:20", *timeline).steps[0]))
    assert plan("2026-03-02 10:21", *timeline).steps == ()


def test_after_a_change_the_warnings_already_passed_are_skipped():
    lowered = event(t.CLASSIFIED, "2026-03-02 12:00", severity=2)
    timeline = [reported("2026-03-02 10:30", 1), lowered]
    assert plan("2026-03-02 12:05", *timeline).steps == ()
    assert plan("2026-03-02 12:30", *timeline).steps[0].data["passed"] == ["1/2"]


def test_at_the_due_instant_itself_nothing_is_breached():
    steps = plan("2026-03-02 12:00", reported(MON_10, 1)).steps
    assert [step.kind for step in steps] == [t.WARNED]


def test_an_eligible_breach_tells_the_distribution_the_assignee_and_the_managers_and_counts_from_due():
    [step] = plan("2026-03-02 15:00", reported(MON_10, 1)).steps
    assert (step.kind, step.at, step.tells) == (
        t.BREACHED,
        at("2026-03-02 12:00"),
        ("distribution", "assignee", "managers"),
    )
    assert step.data["eligible"]


def test_a_low_breach_tells_assignee_and_managers_alone():
    [step] = plan("2026-03-09 10:00", reported(MON_10, 4)).steps
    assert (step.tells, step.data["eligible"]) == (("assignee", "managers"), False)


def test_a_low_breach_becomes_eligible_when_it_is_raised_unacknowledged():
    timeline = [reported(MON_10, 4)]
    timeline.append(taken(plan("2026-03-09 10:00", *timeline).steps[0]))
    timeline.append(event(t.CLASSIFIED, "2026-03-09 11:00", severity=1))
    steps = plan("2026-03-09 11:00", *timeline).steps
    assert [(step.kind, step.tells) for step in steps] == [(t.BECAME_ELIGIBLE, ("distribution",))]
    facts, _made = fold(*timeline, taken(steps[0]))
    assert facts.may_escalate


def test_raised_after_its_acknowledgement_a_low_breach_stays_without_escalation():
    timeline = [reported(MON_10, 4)]
    timeline.append(taken(plan("2026-03-09 10:00", *timeline).steps[0]))
    timeline.append(event(t.ACKNOWLEDGED, "2026-03-09 10:30"))
    timeline.append(event(t.CLASSIFIED, "2026-03-09 11:00", severity=1))
    assert plan("2026-03-09 12:00", *timeline).steps == ()


def test_eligibility_is_that_of_the_severity_at_the_breach():
    lowered = event(t.CLASSIFIED, "2026-03-02 12:30", severity=4)
    [step] = plan("2026-03-02 12:30", reported(MON_10, 1), lowered).steps
    assert (step.data["severity"], step.data["eligible"]) == (1, True)


def test_a_breach_that_was_acknowledged_before_anybody_looked_is_recorded_and_disturbs_nobody():
    timeline = [reported(MON_10, 1), event(t.ACKNOWLEDGED, "2026-03-02 13:00")]
    [step] = plan("2026-03-02 13:00", *timeline).steps
    assert (step.kind, step.tells) == (t.BREACHED, ())


def test_a_breach_is_one_step_once():
    timeline = [reported(MON_10, 1)]
    timeline.append(taken(plan("2026-03-02 15:00", *timeline).steps[0]))
    assert plan("2026-03-02 16:00", *timeline) == Plan((), None)


def test_outside_the_level_nothing_ever_happens():
    assert plan("2026-05-02 10:00", reported(MON_10, 3, "break-fix")) == Plan((), None)


def test_an_escalation_unanswered_tells_the_account_executive_and_the_managers():
    timeline = [reported(MON_10, 1)]
    timeline.append(taken(plan("2026-03-02 12:01", *timeline).steps[0]))
    timeline.append(event(t.ESCALATED, "2026-03-02 12:30"))
    [step] = plan("2026-03-02 15:00", *timeline).steps
    assert (step.data["metric"], step.tells) == ("escalation_answer", ("account executive", "managers"))


def test_a_resolved_incident_closes_by_itself_after_two_weeks():
    timeline = [reported(MON_10, 1), event(t.RESOLVED, "2026-03-02 11:00")]
    assert plan("2026-03-03 10:00", *timeline).look_again_at == at("2026-03-02 11:00") + TWO_WEEKS
    assert [step.kind for step in plan(at("2026-03-02 11:00") + TWO_WEEKS, *timeline).steps] == [t.CLOSED]


def test_the_ladder_goes_on_while_the_breach_is_unmet_and_stops_with_the_acknowledgement():
    rules = EscalationRules(frozenset({1}), within("2h"), (), (Rung(within("1h"), ("managers",)),))
    premium = promise(PREMIUM)
    promises = {"premium": replace(premium, escalation=rules)}
    timeline = [reported(MON_10, 1)]
    breached = plan("2026-03-02 12:01", *timeline, promises=promises)
    timeline.append(taken(breached.steps[0]))
    assert plan("2026-03-02 12:02", *timeline, promises=promises).look_again_at == at("2026-03-02 13:00")
    [rung] = plan("2026-03-02 13:00", *timeline, promises=promises).steps
    assert (rung.kind, rung.tells) == (t.RUNG_REACHED, ("managers",))
    acknowledged = event(t.ACKNOWLEDGED, "2026-03-02 12:30")
    assert plan("2026-03-02 13:00", *timeline, acknowledged, promises=promises).steps == ()


def test_a_step_of_the_ladder_may_tell_a_contact_as_the_contract_has_it():
    director = Contact("Director", ("director@vendor.example",))
    since_the_receipt = Rung(within("10m"), ("director", "managers"), RECEIPT)
    promises = standing_rules(ladder=(Rung(within("1h"), ("director",)), since_the_receipt), warnings=())
    promises = {"premium": replace(promises["premium"], contacts={"director": director})}
    timeline = [reported(MON_10, 1)]
    at_once, breach = plan("2026-03-02 12:01", *timeline, promises=promises).steps
    assert breach.tells == (director, "managers")
    timeline += [taken(at_once), taken(breach)]
    assert plan("2026-03-02 13:00", *timeline, promises=promises).steps[0].tells == (director,)


# by time alone


def standing_rules(**changes) -> dict[str, Promise]:
    premium = promise(PREMIUM)
    return {"premium": replace(premium, escalation=replace(premium.escalation, **changes))}


def since_receipt(after: str, **rest) -> Rung:
    return Rung(within(after), ("managers",), RECEIPT, **rest)


def test_a_step_since_the_receipt_comes_while_the_incident_is_open_breached_or_not():
    promises = standing_rules(ladder=(since_receipt("1h"),))
    timeline = [reported(MON_10, 1), event(t.ACKNOWLEDGED, "2026-03-02 10:05")]
    assert plan("2026-03-02 10:59", *timeline, promises=promises).look_again_at == at("2026-03-02 11:00")
    [step] = plan("2026-03-02 11:00", *timeline, promises=promises).steps
    assert (step.kind, step.data, step.tells) == (
        t.RUNG_REACHED,
        {"metric": "", "nth": 0, "rung": 1},
        ("managers",),
    )
    assert plan("2026-03-02 12:00", *timeline, taken(step), promises=promises).steps == ()
    resolved = event(t.RESOLVED, "2026-03-02 10:30")
    assert plan("2026-03-02 11:00", *timeline, resolved, promises=promises).steps == ()


def test_a_step_while_unacknowledged_falls_away_with_the_acknowledgement():
    promises = standing_rules(ladder=(since_receipt("30m", lasts=UNACKNOWLEDGED),), warnings=())
    silent = [reported(MON_10, 1)]
    kinds = [step.kind for step in plan("2026-03-02 10:30", *silent, promises=promises).steps]
    assert kinds == [t.WARNED, t.RUNG_REACHED]
    heard = [*silent, event(t.ACKNOWLEDGED, "2026-03-02 10:10")]
    assert plan("2026-03-02 10:30", *heard, promises=promises) == Plan((), None)


def test_a_step_waits_while_the_customer_is_waited_for():
    promises = standing_rules(ladder=(since_receipt("1h"),))
    asked = [reported(MON_10, 1), event(t.ASKED, "2026-03-02 10:30")]
    assert plan("2026-03-02 13:00", *asked, promises=promises).steps == ()
    answered = [*asked, event(t.ANSWERED, "2026-03-02 12:00")]
    assert plan("2026-03-02 12:29", *answered, promises=promises).steps == ()
    assert plan("2026-03-02 12:30", *answered, promises=promises).steps[0].kind == t.RUNG_REACHED


def test_a_step_for_some_severities_counts_from_when_the_incident_stands_at_one():
    promises = standing_rules(ladder=(since_receipt("1h", severities=frozenset({1})),), warnings=())
    mild = [reported(MON_10, 4), event(t.ACKNOWLEDGED, "2026-03-02 10:05")]
    assert plan("2026-03-02 15:00", *mild, promises=promises) == Plan((), None)
    raised = [*mild, event(t.CLASSIFIED, "2026-03-02 15:00", severity=1)]
    assert plan("2026-03-02 15:30", *raised, promises=promises).look_again_at == at("2026-03-02 16:00")
    assert plan("2026-03-02 16:00", *raised, promises=promises).steps[0].kind == t.RUNG_REACHED


def test_a_step_after_a_breach_may_be_for_some_severities_too():
    for severities, kinds in ((frozenset({1}), [t.RUNG_REACHED]), (frozenset({2}), [])):
        promises = standing_rules(ladder=(Rung(within("1h"), ("managers",), severities=severities),))
        timeline = [reported(MON_10, 1)]
        timeline.append(taken(plan("2026-03-02 12:01", *timeline, promises=promises).steps[0]))
        assert [step.kind for step in plan("2026-03-02 13:00", *timeline, promises=promises).steps] == kinds


def test_outside_the_level_a_step_comes_only_where_it_names_the_severity():
    broken = promise(BREAK_FIX)
    for severities, kinds in ((frozenset(), []), (frozenset({3}), [t.RUNG_REACHED])):
        rules = replace(broken.escalation, ladder=(since_receipt("1h", severities=severities),))
        promises = {"break-fix": replace(broken, escalation=rules)}
        decided = plan("2026-03-02 12:00", reported(MON_10, 3, "break-fix"), promises=promises)
        assert [step.kind for step in decided.steps] == kinds


def test_a_customer_may_escalate_by_time_alone_where_the_policy_says_so():
    promises = standing_rules(customer_after=within("1h"), warnings=())
    timeline = [reported(MON_10, 1), event(t.ACKNOWLEDGED, "2026-03-02 10:05")]
    assert plan("2026-03-02 10:59", *timeline, promises=promises).look_again_at == at("2026-03-02 11:00")
    [step] = plan("2026-03-02 11:20", *timeline, promises=promises).steps
    assert (step.kind, step.at, step.tells) == (t.BECAME_ELIGIBLE, at("2026-03-02 11:00"), ())
    facts, _made = fold(*timeline, taken(step))
    assert facts.may_escalate
    assert plan("2026-03-02 12:00", *timeline, taken(step), promises=promises).steps == ()


def test_a_customer_may_not_escalate_by_time_what_is_not_eligible_or_is_resolved():
    promises = standing_rules(customer_after=within("1h"), warnings=())
    low = [reported(MON_10, 4), event(t.ACKNOWLEDGED, "2026-03-02 10:05")]
    assert plan("2026-03-02 12:00", *low, promises=promises).steps == ()
    resolved = [reported(MON_10, 1), event(t.RESOLVED, "2026-03-02 10:30")]
    assert plan("2026-03-02 12:00", *resolved, promises=promises).steps == ()
