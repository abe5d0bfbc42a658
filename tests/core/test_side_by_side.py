"""A contract beside its level: what each says and what holds; and what a report would be promised by it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.core.policy_text import SMALL
from watchkeeper.core.example import commitments_of_a_report
from watchkeeper.core.policy_file import read_policy, read_sla
from watchkeeper.core.promise import Promise, effective
from watchkeeper.core.side_by_side import Line, side_by_side

POLICY = read_policy(SMALL)
GOLD = POLICY.level("gold")
OF_LEVEL = effective(POLICY, GOLD)


def holding(text: str) -> Promise:
    return effective(POLICY, GOLD, read_sla(f"sla: Acme 2026\n{text}", POLICY, GOLD))


def lines(text: str = "") -> dict[str, Line]:
    return {line.what: line for line in side_by_side(OF_LEVEL, holding(text))}


def test_without_a_word_of_the_sla_what_the_level_says_holds() -> None:
    line = lines()["Critical: acknowledgement"]
    assert line[1:4] == ("Within 2 h (always), goal 15 min", "", "Within 2 h (always), goal 15 min")


@pytest.mark.parametrize(
    ("text", "sla_says", "holds"),
    [
        ("acknowledgement: {1: 30m}", "within 30 min", "Within 30 min (always), goal 15 min"),
        ("acknowledgement: {1: {goal: 5m}}", "goal 5 min", "Within 2 h (always), goal 5 min"),
        (
            "acknowledgement: {1: {hours: office, share: 95%}}",
            "counted in Office Hours, for 95 % a month",
            "Within 2 h (Office Hours), for 95 % a month, goal 15 min",
        ),
        (
            "acknowledgement: {1: {within: 1h, counting: elapsed, from: dispatch}}",
            "within 1 h on the clock, from the dispatch",
            "Within 1 h on the clock from the review of the report (always), goal 15 min",
        ),
        ("acknowledgement: {1: none}", "taken away", ""),
        ("acknowledgement: {1: best effort}", "best effort", "best effort"),
        ("acknowledgement: {1: {within: 2h}}", "", "Within 2 h (always), goal 15 min"),
    ],
)
def test_of_a_target_the_sla_says_what_it_changes(text: str, sla_says: str, holds: str) -> None:
    line = lines(text)["Critical: acknowledgement"]
    assert (line.sla_says, line.holds) == (sla_says, holds)


def test_a_target_that_the_level_does_not_have_stands_by_itself() -> None:
    line = lines("update: {1: 1h}")["Critical: update"]
    assert line[1:4] == ("", "Within 1 h (always)", "Within 1 h (always)")
    assert (line.metric, line.severity) == ("update", POLICY.severities[0])


@pytest.mark.parametrize(
    ("text", "what", "level_says", "sla_says"),
    [
        ("escalation: {answer: 30m}", "Answer to an escalation", "within 2 h", "within 30 min"),
        ("escalation: {eligible: [1, 2, 3]}", "May be escalated", "Critical, High", "Critical, High, Medium"),
        ("escalation: {warnings: [1/4]}", "Warnings before a breach", "50 %, 80 %", "25 %"),
        ("escalation: {ladder: [{after: 1h, tells: [managers]}]}", "Further steps", "none", "after 1 h: managers"),
        (
            "contacts: {desk: {name: Duty, emails: duty@acme.example, phone: 1}}",
            "Contact desk",
            "Desk, desk@vendor.example",
            "Duty, duty@acme.example, 1",
        ),
        ("contacts: {m: {name: Max}}\non_call: m", "On call", "", "Max"),
        ("features: [a named engineer]", "Features", "", "a named engineer"),
        ("channels: [phone]", "Ways in", "", "phone"),
    ],
)
def test_all_else_is_told_where_the_sla_changes_it(text: str, what: str, level_says: str, sla_says: str) -> None:
    line = lines(text)[what]
    assert (line.level_says, line.sla_says, line.holds) == (level_says, sla_says, sla_says)


def test_what_the_sla_leaves_alone_is_told_of_targets_and_escalation_only() -> None:
    assert {line.what for line in lines().values() if line.severity is None} == {
        "Answer to an escalation",
        "May be escalated",
    }


def test_a_report_is_promised_what_the_conductor_would_count() -> None:
    monday = datetime(2026, 3, 2, 16, tzinfo=UTC)
    found = commitments_of_a_report(holding("acknowledgement: {3: 30m}"), severity=1, at=monday)
    assert found["acknowledgement"].due_at == datetime(2026, 3, 2, 16, 30, tzinfo=UTC), "a milder clock ends first"
    assert commitments_of_a_report(OF_LEVEL, severity=1, at=monday).keys() == {"acknowledgement"}
