"""How often the customer hears may change: once there is a workaround, or so long after the receipt."""

from __future__ import annotations

import pytest

from tests.core.policy_text import SMALL, changed, problems, read, target
from tests.core.wall_clocks import at
from watchkeeper.core import timeline as t
from watchkeeper.core.circumstances import Circumstances
from watchkeeper.core.commitments import BREACHED, MET, Commitment, commitments
from watchkeeper.core.facts import facts_of
from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file import read_policy
from watchkeeper.core.promise import effective
from watchkeeper.core.published import wording

ESCALATION = "    escalation: {eligible: [1, 2]}\n"
HOURLY = """\
    update:
      1:
        within: 30m
        then:
          - {after: 2h, within: 1h}
          - {once: workaround, within: 1 business day, hours: office}
"""


def hourly() -> Policy:
    return read(ESCALATION, ESCALATION + HOURLY)


def updates(*timeline: tuple[str, str, dict[str, object]]) -> list[Commitment]:
    """The updates owed on a Critical at the gold level, reported on Monday at 08:00, after what happened since."""
    policy = hourly()
    events = [("reported", "2026-03-02 08:00", {"severity": 1, "promise": 0}), *timeline]
    facts = facts_of([t.Event(kind, at(when), at(when), data) for kind, when, data in events])
    made = commitments(facts, {0: effective(policy, policy.level("gold"))})
    return [one for one in made if one.metric == "update"]


def test_the_customer_hears_less_often_so_long_after_the_report() -> None:
    first, second, third = updates(
        ("acknowledged", "2026-03-02 09:40", {}),
        ("replied", "2026-03-02 10:00", {}),
        ("replied", "2026-03-02 10:50", {}),
    )
    assert (first.due_at, first.outcome) == (at("2026-03-02 10:10"), MET)
    assert (second.due_at, second.outcome) == (at("2026-03-02 11:00"), MET), "two hours after the report it is hourly"
    assert third.due_at == at("2026-03-02 11:50")


def test_a_cadence_whose_moment_comes_while_an_update_is_owed_holds_from_the_next_update_on() -> None:
    (owed,) = updates(("acknowledged", "2026-03-02 09:59", {}), ("noted", "2026-03-02 11:00", {}))
    assert (owed.due_at, owed.outcome) == (at("2026-03-02 10:29"), BREACHED)


def test_once_there_is_a_workaround_an_update_is_owed_a_day_in_the_hours_that_are_named() -> None:
    workaround = ("replied", "2026-03-02 10:05", {"reached": "workaround"})
    *_, last = updates(("acknowledged", "2026-03-02 09:40", {}), workaround)
    assert last.due_at == at("2026-03-03 10:05")
    assert last.target.operating.name == "office"


def test_the_last_cadence_in_the_file_holds_where_several_do() -> None:
    *_, last = updates(
        ("acknowledged", "2026-03-02 09:40", {}),
        ("replied", "2026-03-02 09:50", {"reached": "workaround"}),
        ("replied", "2026-03-02 12:00", {}),
    )
    assert last.due_at == at("2026-03-03 12:00")


def test_a_milder_clock_that_will_hurry_later_is_not_left_out() -> None:
    text = "    update: {1: 2h, 2: {within: 3h, then: [{once: workaround, within: 1h}]}}\n"
    promise = effective(read(ESCALATION, ESCALATION + text), read(ESCALATION, ESCALATION + text).level("gold"))
    assert [clock.severity for clock in promise.contenders("update", 1)] == [1, 2]


def test_the_page_says_every_cadence() -> None:
    assert wording(target(hourly(), "gold", 1, "update")) == (
        "Within 30 min (always); within 1 h (always) from 2 h after the report on; "
        "within 1 business day (Office Hours) once there is a workaround"
    )


def test_the_cadences_follow_the_customer_and_other_hours_as_the_target_does() -> None:
    own = SMALL.replace(
        "  always: around", "  own: {zone: customer, weekly: {every day: 08:00-20:00}}\n  always: around"
    )
    steps = "update: {1: {within: 1h, hours: own, then: [{once: restoration, within: 3h}]}}"
    policy = read_policy(own.replace(ESCALATION, f"{ESCALATION}    {steps}\n"))
    there = effective(policy, policy.level("gold"), None, Circumstances(zone="Asia/Tokyo")).targets["update", 1]
    assert there.then[0].operating.zone == "Asia/Tokyo"
    plus = "  plus: {based_on: gold, hours: office}\n"
    recounted = read_policy(SMALL.replace(ESCALATION, ESCALATION + HOURLY) + plus)
    assert [c.operating.name for c in target(recounted, "plus", 1, "update").then] == ["office", "office"]


def test_an_overlay_that_says_nothing_of_cadences_keeps_them_and_one_that_does_replaces_them() -> None:
    for changed_to, kept in (("20m", 2), ("{then: [{after: 1h, within: 2h}]}", 1), ("{then: []}", 0)):
        variant = f"    variants: [{{when: {{product: x}}, update: {{1: {changed_to}}}}}]\n"
        policy = read(ESCALATION, ESCALATION + HOURLY + variant)
        there = effective(policy, policy.level("gold"), None, Circumstances(product="x"))
        assert len(there.targets["update", 1].then) == kept


@pytest.mark.parametrize(
    ("metric", "written", "said"),
    [
        ("update", "{within: 1h, then: 2h}", "then: must be a list of mappings, each with once or after, and within"),
        ("update", "{within: 1h, then: [2h]}", "then: must be a list of mappings"),
        ("update", "{within: 1h, then: [{within: 2h}]}", "then.1: needs one of once, as once: workaround, and after"),
        ("update", "{within: 1h, then: [{once: workaround, after: 1h, within: 2h}]}", "needs one of once"),
        ("update", "{within: 1h, then: [{after: 1h}]}", "then.1.within: is missing; write a length, as 1h"),
        ("update", "{within: 1h, then: [{once: lunch, within: 1h}]}", '"lunch" is nothing that a message reaches'),
        ("update", "{within: 1h, then: [{once: workaround, within: 1h, tells: x}]}", 'a later cadence has no "tells"'),
        ("resolution", "{within: 1h, then: [{after: 1h, within: 2h}]}", "a resolution is owed once"),
    ],
)
def test_a_mistake_in_a_cadence_is_named(metric: str, written: str, said: str) -> None:
    (problem,) = problems(changed(ESCALATION, f"{ESCALATION}    {metric}: {{1: {written}}}\n"))
    assert said in problem
