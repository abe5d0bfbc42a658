"""Two policies side by side: every place where they differ is one line, and equal policies have none."""

from __future__ import annotations

import pytest

from tests.core.policy_text import SMALL, changed
from watchkeeper.core.differences import differences
from watchkeeper.core.policy_file import read_policy

POLICY = read_policy(SMALL)


def lines(text: str) -> list[str]:
    """What a policy says differently than the small one."""
    return [str(difference) for difference in differences(POLICY, read_policy(text))]


def test_a_policy_does_not_differ_from_itself_however_it_is_written() -> None:
    assert lines(SMALL.replace("  2: {name: High}", "  2:\n    name: High  # as published\n")) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "2: {within: 4h}",
            "2: {within: 2h}",
            "Gold, High: acknowledgement: 4 h → 2 h",
        ),
        (
            "      3: {within: 8h, hours: office}\n",
            "",
            "Gold, Medium: acknowledgement: Within 8 h (Office Hours) → nothing",
        ),
        ("goal: 15m", "goal: 10m", "Gold, Critical: acknowledgement, goal: 15 min → 10 min"),
        ("2: {within: 4h}", "2: {within: 4h, share: 95%}", "acknowledgement, for a share: nothing → 95 % a month"),
        ("2: {within: 4h}", "2: {within: 4h, counting: elapsed}", "acknowledgement: 4 h → 4 h on the clock"),
        ("2: {within: 4h}", "2: {within: 4h, hours: office}", "acknowledgement, counted in: always → Office Hours"),
        ("2: {within: 4h}", "2: {within: 4h, from: dispatch}", "acknowledgement, begins with: receipt → dispatch"),
        ("up to 2 hours", "up to two", "published as: Within minutes up to 2 hours → Within minutes up to two"),
        ("08:00-17:00", "08:00-18:00", "Mon 08:00–18:00"),
        (
            "    published_as: Office Hours",
            "    holidays: [2026-12-24]",
            "hours office: Office Hours and America/Chicago; Mon 08:00",
        ),
        ("second@vendor.example", "third@vendor.example", "contact escalation: Distribution, first@vendor.example"),
        ("eligible: [1, 2]", "eligible: [1]", "Gold: escalation: eligible 1, 2; answered within 2 h"),
        (
            "eligible: [1, 2]",
            "eligible: [1, 2], ladder: [{after: 1h, since: receipt, tells: managers, severities: 1}]",
            "after 1 h since the receipt while open managers (severities 1)",
        ),
        ("eligible: [1, 2]", "eligible: [1, 2], customer_after: 4h", "by the customer after 4 h"),
        (
            "eligible: [1, 2]",
            "eligible: [1, 2], path: [{name: Boss, contact: desk, hours: office}]",
            "path Boss office Desk",
        ),
        (
            "    escalation: {el",
            "    update: {1: {within: 1h, then: [{once: workaround, within: 8h}]}}\n    escalation: {el",
            "update: nothing → Within 1 h (always); within 8 h (always) once there is a workaround",
        ),
        ("default_severity: 2", "default_severity: 3", "default severity: High → Medium"),
        (
            "default_severity: 2",
            "default_severity: 2\npriorities: {Now: {definition: At once.}}",
            "priorities: nothing → Now: At once.",
        ),
        ("included_in_licence: yes", "features: [x]", "Basic: in every licence: yes → nothing"),
        ("zone_label: CT", "zone_label: Central", "zone label: CT → Central"),
        ("definition: Down.", "definition: Slow.", "severity 1: Critical: Down. → Critical: Slow."),
        (
            "    escalation: {el",
            "    named_contacts: 4\n    escalation: {el",
            "Gold: beside its targets: nothing → named",
        ),
        (
            "    escalation: {el",
            "    variants: [{when: {product: x}, acknowledgement: {1: 1h}}]\n    escalation: {el",
            "Gold: variants: nothing → For x: acknowledgement 1 Within 1 h",
        ),
        (
            "  3: Medium",
            "  3: Medium\n  4: Low",
            "severity 4: nothing → Low: ",
        ),
    ],
)
def test_each_change_is_said_in_the_words_of_the_field(old: str, new: str, said: str) -> None:
    found = lines(changed(old, new))
    assert any(said in line for line in found), found


def test_a_level_that_comes_is_told_with_all_it_promises() -> None:
    text = SMALL + "  platinum:\n    hours: always\n    acknowledgement: {1: 10m}\n"
    assert lines(text) == [
        "level platinum: nothing → offered",
        "platinum, Critical: acknowledgement: nothing → Within 10 min (always)",
    ]


def test_a_level_that_goes_is_told() -> None:
    assert lines(SMALL[: SMALL.index("  gold:")]) == ["level Gold: offered → nothing"]
