from __future__ import annotations

import pytest

from tests.core.policy_text import SMALL
from watchkeeper.core.policy_file import PolicyFileErrors, read_policy, read_sla
from watchkeeper.core.promise import Sla, effective
from watchkeeper.core.within import Within

POLICY = read_policy(SMALL)
GOLD = POLICY.level("gold")


def sla(text: str) -> Sla:
    return read_sla(f"sla: Acme 2026\n{text}", POLICY, GOLD)


def problems(text: str) -> list[str]:
    with pytest.raises(PolicyFileErrors) as raised:
        read_sla(text, POLICY, GOLD)
    return [str(problem) for problem in raised.value.problems]


def test_an_sla_that_says_nothing_changes_nothing() -> None:
    assert effective(POLICY, GOLD, sla("")).changes == ()


def test_a_length_alone_keeps_the_levels_goal_and_hours() -> None:
    (target,) = sla("acknowledgement: {1: 1h}").terms.targets
    before = GOLD.target("acknowledgement", 1)
    assert before is not None
    assert target == before._replace(within=Within.parse("1h"), published_as="")


def test_a_changed_target_keeps_its_own_hours_and_not_the_levels() -> None:
    (target,) = sla("acknowledgement: {3: 4h}").terms.targets
    assert target.operating.name == "office"


def test_a_target_may_change_its_hours_or_goal_alone() -> None:
    office, goal = sla("acknowledgement: {1: {hours: office}, 2: {goal: 5m}}").terms.targets
    assert (office.operating.name, str(office.within)) == ("office", "2 h")
    assert (str(goal.goal), str(goal.within)) == ("5 min", "4 h")


def test_a_changed_target_keeps_the_counting_of_the_level() -> None:
    policy = read_policy(SMALL.replace("2: {within: 4h}", "2: {within: 4h, counting: elapsed}"))
    (target,) = read_sla("sla: x\nacknowledgement: {2: 3h}", policy, policy.level("gold")).terms.targets
    assert target.within == Within.parse("3h", "elapsed")


def test_none_takes_a_target_away() -> None:
    assert sla("acknowledgement: {3: none}").terms.withdrawn == (("acknowledgement", 3),)
    assert (
        "takes away a target that the level does not have; leave it out (line 2)"
        in problems("sla: x\nresolution: {3: none}")[0]
    )


def test_an_sla_brings_hours_and_contacts_of_its_own() -> None:
    agreed = sla(
        "hours: {night: {weekly: {every day: 22:00-06:00}}}\n"
        "contacts: {night: {phone: '+1 555'}}\n"
        "on_call: night\n"
        "acknowledgement: {1: {hours: night}}\n"
        "features: [a named engineer]"
    )
    assert agreed.terms.targets[0].operating.name == "night"
    assert agreed.terms.on_call == agreed.terms.contacts["night"]
    assert agreed.terms.features == ("a named engineer",)


def test_an_sla_changes_the_rules_it_names_and_keeps_the_others() -> None:
    rules = sla("escalation: {answer: 30m}").terms.escalation
    assert rules is not None
    assert (str(rules.answer_within), rules.eligible) == ("30 min", GOLD.escalation.eligible)


def test_what_an_sla_takes_away_is_escalated_no_more_whatever_rules_it_changes() -> None:
    level = read_policy(SMALL.replace("    escalation: {eligible: [1, 2]}\n", "")).level("gold")
    text = "sla: x\nacknowledgement: {3: none}\nescalation: {answer: 30m}"
    rules = read_sla(text, POLICY, level).terms.escalation
    assert rules is not None
    assert (level.escalation.eligible, rules.eligible) == ({1, 2, 3}, {1, 2})


def test_what_is_promised_nothing_cannot_be_escalated() -> None:
    text = "sla: x\nacknowledgement: {3: none}\nescalation: {eligible: [1, 3]}"
    assert problems(text) == [
        "escalation.eligible: severity 3 (Medium) is promised nothing, so it is never breached; take it out (line 3)"
    ]


def test_an_sla_without_a_name_or_with_unknown_keys_is_refused() -> None:
    assert problems("acknowledgment: {1: 1h}") == [
        "sla: is missing; name the contract, as sla: Acme 2026 (line 1)",
        'acknowledgment: an SLA has no "acknowledgment"; did you mean acknowledgement? (line 1)',
    ]


def test_a_new_target_needs_a_length() -> None:
    assert "update.1.within: is missing" in problems("sla: x\nupdate: {1: {hours: office}}")[0]
