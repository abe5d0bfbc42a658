from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.core.premium import BREAK_FIX, POLICY, PREMIUM
from watchkeeper.core.policy import Level, Policy, Severity, UnknownLevel, UnknownSeverity, UnsoundPolicy, better_level


def test_a_level_is_found_by_its_key_and_an_unknown_one_names_those_there_are() -> None:
    assert POLICY.level("premium") is PREMIUM
    with pytest.raises(UnknownLevel, match=r'"gold" is not a level .* write one of break-fix, premium, updates'):
        POLICY.level("gold")


@pytest.mark.parametrize("written", ["2", "High", "high", " HIGH "])
def test_a_severity_is_found_by_its_key_or_name_in_any_case(written: str) -> None:
    assert POLICY.severity(written).number == 2


def test_an_unknown_severity_names_all_there_are() -> None:
    with pytest.raises(UnknownSeverity, match=r'"P1" is not a severity; write one of 1 \(Critical\), 2 \(High\)'):
        POLICY.severity("P1")


def test_a_severity_whose_key_is_its_name_is_named_once() -> None:
    policy = replace(
        POLICY, severities=(Severity(1, "urgent", "Urgent"),), levels=(bare(BREAK_FIX),), default_severity=1
    )
    with pytest.raises(UnknownSeverity, match=r"write one of Urgent$"):
        policy.severity("low")


@pytest.mark.parametrize("number", [0, 6, -1])
def test_a_severity_number_out_of_range_says_the_range(number: int) -> None:
    with pytest.raises(UnknownSeverity, match="there are 1 to 5"):
        POLICY.severity_numbered(number)


def test_the_licence_level_is_the_one_marked_as_included() -> None:
    assert POLICY.licence_level is BREAK_FIX
    assert replace(POLICY, levels=(PREMIUM,)).licence_level is None


def test_a_better_level_is_the_lowest_that_promises_what_is_asked() -> None:
    assert better_level(POLICY, 3, "acknowledgement") is PREMIUM
    assert better_level(POLICY, 1, "acknowledgement") is BREAK_FIX
    assert better_level(replace(POLICY, levels=(BREAK_FIX,)), 3, "acknowledgement") is None


def test_policies_that_say_the_same_are_equal_and_hash_alike() -> None:
    other = replace(POLICY, contacts=dict(POLICY.contacts))
    assert other == POLICY
    assert hash(other) == hash(POLICY)


def bare(level: Level) -> Level:
    return replace(level, targets=(), escalation=replace(level.escalation, eligible=frozenset()))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: replace(POLICY, severities=()), "severities are numbered"),
        (lambda: replace(POLICY, severities=POLICY.severities[1:]), r"numbered \[2, 3, 4, 5\]; they must run 1, 2, 3"),
        (
            lambda: replace(POLICY, severities=(*POLICY.severities[:4], Severity(5, "high", "Cosmetic"))),
            '"high" names two of them',
        ),
        (lambda: replace(POLICY, levels=()), "at least one level"),
        (lambda: replace(POLICY, levels=(PREMIUM, PREMIUM)), "two levels have the same key"),
        (
            lambda: replace(POLICY, levels=(BREAK_FIX, replace(PREMIUM, included_in_licence=True))),
            "more than one level is included in the licence",
        ),
        (
            lambda: with_premium(targets=(*PREMIUM.targets, PREMIUM.targets[0])),
            "premium.acknowledgement.1 is given twice",
        ),
        (
            lambda: with_premium(targets=(PREMIUM.targets[0]._replace(metric="escalation_answer"),)),
            "a level has targets for acknowledgement, assignment, arrival, diagnosis, workaround, restoration, update",
        ),
        (
            lambda: with_premium(escalation=replace(PREMIUM.escalation, warnings=(Fraction(3, 2),))),
            "premium.escalation.warnings: 3/2 is not between 0 and 1",
        ),
    ],
)
def test_a_policy_that_contradicts_itself_cannot_be_built(build: object, message: str) -> None:
    with pytest.raises(UnsoundPolicy, match=message):
        build()  # type: ignore[operator]


def test_a_default_severity_that_does_not_exist_cannot_be_built() -> None:
    with pytest.raises(UnknownSeverity, match="9 is not a severity"):
        replace(POLICY, default_severity=9)


def with_premium(**changes: object) -> Policy:
    return replace(POLICY, levels=(replace(PREMIUM, **changes),))  # type: ignore[arg-type]
