"""The report after an incident: from when it is owed, what meets it, and what does not settle it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.core.premium import ALWAYS, PREMIUM, at, event, promise, reported, target
from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import BREACHED, CANCELLED, MET, RUNNING, Commitment, commitments
from watchkeeper.core.escalation import Plan, decide
from watchkeeper.core.facts import facts_of
from watchkeeper.core.policy import POST_INCIDENT_REPORT

LEVEL = replace(PREMIUM, targets=(*PREMIUM.targets, target(POST_INCIDENT_REPORT, 1, "48h", ALWAYS)))
PROMISES = {"premium": promise(LEVEL)}
MONDAY, SOLVED_AT, DUE = "2026-03-02 10:00", "2026-03-02 11:00", "2026-03-04 11:00"
SOLVED = (reported(MONDAY, 1), event(t.RESOLVED, SOLVED_AT))
CONFIRMED = event(t.CONFIRMED, "2026-03-02 12:00")


def report_of(*timeline: t.Event) -> Commitment | None:
    made = commitments(facts_of(timeline), PROMISES)
    return next((each for each in made if each.metric == POST_INCIDENT_REPORT), None)


def plan(now: str, *timeline: t.Event) -> Plan:
    facts = facts_of(timeline)
    return decide(facts, commitments(facts, PROMISES), PROMISES, at(now), close_after=timedelta(days=14))


def test_it_is_owed_from_the_resolution_on() -> None:
    assert report_of(reported(MONDAY, 1)) is None
    owed = report_of(*SOLVED)
    assert owed is not None
    assert (owed.outcome, owed.opened_at, owed.due_at) == (RUNNING, at(SOLVED_AT), at(DUE))


@pytest.mark.parametrize(("when", "outcome"), [(DUE, MET), ("2026-03-04 11:01", BREACHED)])
def test_publishing_it_meets_the_promise_up_to_the_due_instant(when: str, outcome: str) -> None:
    done = report_of(*SOLVED, event(t.REPORT_PUBLISHED, when, version=1))
    assert done is not None
    assert (done.outcome, done.done_at) == (outcome, at(when))


def test_a_correction_leaves_when_it_was_met() -> None:
    first, second = (event(t.REPORT_PUBLISHED, f"2026-03-0{day} 09:00", version=day - 2) for day in (3, 5))
    done = report_of(*SOLVED, first, second)
    assert done is not None
    assert (done.outcome, done.done_at) == (MET, first.at)


def test_confirming_or_closing_does_not_settle_it() -> None:
    owed = report_of(*SOLVED, CONFIRMED)
    assert owed is not None
    assert owed.outcome == RUNNING
    done = report_of(*SOLVED, CONFIRMED, event(t.REPORT_PUBLISHED, "2026-03-03 09:00", version=1))
    assert done is not None
    assert done.outcome == MET


def test_a_report_that_is_late_on_a_closed_incident_is_told_to_the_team_and_cannot_be_escalated() -> None:
    decided = plan("2026-03-04 12:00", *SOLVED, CONFIRMED, event(t.NOTED, "2026-03-02 13:00"))
    breach = next(step for step in decided.steps if step.kind == t.BREACHED)
    assert (breach.at, breach.data["metric"], breach.data["eligible"]) == (at(DUE), POST_INCIDENT_REPORT, False)
    assert breach.tells == ("assignee", "managers")
    after = event(t.BREACHED, breach.at, **breach.data)
    again = plan("2026-03-04 12:01", *SOLVED, CONFIRMED, after)
    assert [step.kind for step in again.steps] == []


def test_a_reopening_cancels_it_until_there_is_a_resolution_again() -> None:
    reopened = event(t.REOPENED, "2026-03-02 12:00")
    gone = report_of(*SOLVED, reopened)
    assert gone is not None
    assert (gone.outcome, gone.reason) == (CANCELLED, t.REOPENED)
    again = report_of(*SOLVED, reopened, event(t.RESOLVED, "2026-03-03 10:00"))
    assert again is not None
    assert (again.outcome, again.due_at) == (RUNNING, at("2026-03-05 10:00"))


def test_a_report_met_stays_met_through_a_reopening() -> None:
    published = event(t.REPORT_PUBLISHED, "2026-03-02 11:30", version=1)
    kept = report_of(*SOLVED, published, event(t.REOPENED, "2026-03-02 12:00"))
    assert kept is not None
    assert kept.outcome == MET
