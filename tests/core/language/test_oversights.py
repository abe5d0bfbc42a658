from __future__ import annotations

import pytest

from tests.core.policy_text import SMALL, changed
from watchkeeper.core.policy_file import open_policy
from watchkeeper.core.policy_file.unwise import unwise

MATRIX = "severity_matrix: {wide: {high: 2, low: 1}, narrow: {high: 1, low: 2}}"
TWO_CONDITIONS = "[{when: {product: a}, acknowledgement: {1: 1h}}, {when: {product: a}, features: b}]"


def remarks(text: str) -> list[str]:
    return [str(remark) for remark in unwise(open_policy(text))]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "  always:",
            "  night: {weekly: {every day: 22:00-06:00}}\n  always:",
            "hours.night: nothing is counted in these",
        ),
        ("  desk:", "  boss: {public: no}\n  desk:", "contacts.boss: stands on no page and is told nothing (line 17)"),
        (
            "    published_as: Office",
            "    exceptions: {2026-03-07: closed}\n    published_as: Office",
            "2026-03-07: is a day that is closed anyway",
        ),
        ("contacts:", f"{MATRIX}\ncontacts:", "severity_matrix: leads to Medium by no impact and urgency (line 15)"),
        (
            "contacts:",
            f"{MATRIX}\ncontacts:",
            "severity_matrix.narrow.high: is more severe than with the greater impact",
        ),
        (
            "    name: Gold",
            "    name: basic",
            "gold: has the name of basic; on the page nobody can tell them apart (line 26)",
        ),
        (
            "    name: Gold",
            "    update: {3: 8h}",
            "gold.update.3: is owed from the acknowledgement on, and none is promised",
        ),
        (
            "3: {within: 8h, hours: office}",
            "3: {within: 2 business days, hours: office, cut_off: 18:00}",
            "gold.acknowledgement.3.cut_off: lies outside of the hours",
        ),
        (
            "eligible: [1, 2]",
            "eligible: [1, 3]",
            "gold.escalation.eligible: Medium may be escalated, and High, more severe",
        ),
        (
            "    name: Gold",
            "    credits: [{after: 1 missed update, each: month, worth: 5%}]",
            "gold.credits: counts missed updates, which gold does",
        ),
        ("    name: Gold", "    channels: {1: phone, 2: web}", "gold.channels: names no way in for Medium (line 27)"),
        (
            "    name: Gold",
            f"    variants: {TWO_CONDITIONS}",
            "gold.variants: 2 has the condition of 1; write both as one",
        ),
        (
            "    name: Gold",
            "    resolution: {1: 1h}",
            "gold.resolution.1: is due before the acknowledgement for a report of",
        ),
        (
            "    name: Gold",
            "    resolution: {1: 4h}\n    workaround: {1: 8h}",
            "gold.resolution.1: is due before the workaround",
        ),
    ],
)
def test_what_is_said_in_vain_or_out_of_order_is_remarked_on(old: str, new: str, said: str) -> None:
    text = changed(old, new)
    if "gold.update.3" in said:
        text = text.replace("      3: {within: 8h, hours: office}\n", "")
    assert any(said in remark for remark in remarks(text)), remarks(text)


def test_what_is_used_in_a_variant_or_in_order_gets_no_remark() -> None:
    night = "  night: {weekly: {every day: 22:00-06:00}}\n  always:"
    text = changed("  always:", night) + "    variants: [{when: {product: a}, acknowledgement: {1: {hours: night}}}]\n"
    ordered = changed("    name: Gold", "    update: {1: 4h}\n    workaround: {1: 8h}\n    resolution: {1: 9h, 2: 10h}")
    assert remarks(text) == remarks(ordered) == remarks(SMALL) == []
