from __future__ import annotations

import pytest

from tests.core.policy_text import SMALL, changed
from watchkeeper.core.policy_file import open_policy
from watchkeeper.core.policy_file.unwise import unwise


def remarks(text: str) -> list[str]:
    return [str(remark) for remark in unwise(open_policy(text))]


def test_a_policy_without_contradictions_gets_no_remark() -> None:
    assert remarks(SMALL) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "1: {within: 2h, goal: 15m",
            "1: {within: 6h, goal: 15m",
            "gold.acknowledgement.1: Critical is due later than High, which is milder, "
            "for a report of Mon 2 Feb 2026 00:00 UTC (line 30)",
        ),
        (
            "1: {within: 2h, goal: 15m",
            "1: {within: 2h, goal: 2h",
            "gold.acknowledgement.1.goal: is no earlier than the limit of 2 h for a report",
        ),
        (
            "2: {within: 4h}",
            "2: {within: 100h}",
            "gold.acknowledgement.2: is due later than at Basic, a lower level, for a report of",
        ),
        (
            "      2: {within: 4h}\n",
            "",
            "gold: has no acknowledgement for High; Basic, a lower level, has (line 26)",
        ),
        (
            "      3: {within: 8h, hours: office}\n",
            "",
            "severities.3: no level promises anything for Medium (line 8)",
        ),
    ],
)
def test_what_its_author_may_not_have_meant_is_remarked_on(old: str, new: str, said: str) -> None:
    text = changed(old, new).replace("{eligible: [1, 2]}", "{eligible: [1]}")
    assert any(said in remark for remark in remarks(text)), remarks(text)


def test_lengths_in_different_hours_are_compared_by_when_they_fall_due() -> None:
    slower_in_fewer_hours = changed("1: {within: 2h, goal: 15m", "1: {within: 3h, hours: office, goal: 15m")
    assert "gold.acknowledgement.1: Critical is due later than High" in remarks(slower_in_fewer_hours)[0]


def test_a_level_that_promises_nothing_is_remarked_on() -> None:
    text = changed("    acknowledgement:\n      1: 24h\n      2: {within: 24h}\n", "")
    assert remarks(text) == ["basic: has no target, so it promises nothing (line 19)"]
