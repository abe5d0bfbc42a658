"""A share of a period's incidents is a promise of its own: kept, missed, running, or of too few to be promised."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from tests.core.policy_text import SMALL, changed, problems, read
from tests.core.wall_clocks import at
from watchkeeper.core.circumstances import Circumstances
from watchkeeper.core.differences import differences
from watchkeeper.core.offer import Share, SharedPromise
from watchkeeper.core.policy_file import read_policy, read_sla
from watchkeeper.core.promise import effective
from watchkeeper.core.published import page, wording
from watchkeeper.core.scorecard import attainment
from watchkeeper.core.shares import KEPT, MISSED, RUNNING, TOO_FEW, Standing, Tally, period_of, standing

ESCALATION = "    escalation: {eligible: [1, 2]}\n"
MOST = SharedPromise(Share(Fraction(95, 100), "month"), "acknowledgement")
MARCH = period_of(at("2026-03-10 09:00"), "month", "America/Chicago")
IN_MARCH, IN_APRIL = at("2026-03-20 09:00"), at("2026-04-01 00:00")


def stands(as_of: datetime, *, met: int = 0, breached: int = 0, still_open: int = 0, at_least: int = 1) -> Standing:
    counts = attainment(["met"] * met + ["breached"] * breached + ["open"] * still_open)
    return standing(MOST._replace(share=MOST.share._replace(at_least=at_least)), MARCH, counts, as_of)


# how it stands


@pytest.mark.parametrize(
    ("met", "breached", "outcome"), [(19, 1, KEPT), (18, 1, MISSED), (38, 2, KEPT), (20, 0, KEPT), (0, 1, MISSED)]
)
def test_when_the_period_is_over_it_is_kept_or_missed_as_a_whole(met: int, breached: int, outcome: str) -> None:
    assert stands(IN_APRIL, met=met, breached=breached).outcome == outcome


def test_it_runs_until_the_period_is_over_and_says_how_many_may_still_miss() -> None:
    assert str(stands(IN_MARCH, met=39, still_open=1)) == "running: 39 of 39 kept (100.0 %), 1 open; 2 more may miss"
    assert str(stands(IN_MARCH, met=19, breached=1)) == "running: 19 of 20 kept (95.0 %); none more may miss"
    assert str(stands(IN_MARCH)) == "running: 0 of 0 kept; none more may miss"


def test_one_that_is_behind_says_how_many_must_be_kept_until_it_is_back() -> None:
    behind = stands(IN_MARCH, met=15, breached=1, still_open=1)
    assert (behind.outcome, behind.may_miss, behind.must_keep) == (RUNNING, 0, 3)
    assert str(behind) == "running: 15 of 16 kept (93.7 %), 1 open; behind: 3 more must be kept, and none missed"


@pytest.mark.parametrize(
    ("met", "breached", "still_open", "outcome"),
    [(37, 2, 1, RUNNING), (38, 1, 1, KEPT), (20, 2, 1, MISSED), (18, 0, 2, RUNNING)],
)
def test_what_is_still_open_decides_only_where_it_can(met: int, breached: int, still_open: int, outcome: str) -> None:
    assert stands(IN_APRIL, met=met, breached=breached, still_open=still_open).outcome == outcome


def test_of_too_few_nothing_is_promised() -> None:
    few = stands(IN_APRIL, met=1, breached=3, at_least=20)
    assert str(few) == "too few: 1 of 4 kept (25.0 %); it is promised from 20 on"
    assert stands(IN_APRIL, met=19, breached=1, at_least=20).outcome == KEPT
    assert stands(IN_APRIL).outcome == TOO_FEW, "and where nothing came, nothing was promised"


def test_what_is_excluded_outside_the_level_or_not_measurable_is_in_no_population() -> None:
    counts = attainment(["met", "excluded", "outside_level", "not_measurable"])
    assert str(standing(MOST, MARCH, counts, IN_APRIL)) == "kept: 1 of 1 kept (100.0 %)"


# periods


@pytest.mark.parametrize(
    ("each", "name", "starts", "ends"),
    [
        ("month", "2026-03", "2026-03-01 00:00", "2026-04-01 00:00"),
        ("quarter", "2026-Q1", "2026-01-01 00:00", "2026-04-01 00:00"),
        ("year", "2026", "2026-01-01 00:00", "2027-01-01 00:00"),
    ],
)
def test_a_period_is_one_of_the_policys_calendar(each: str, name: str, starts: str, ends: str) -> None:
    assert period_of(at("2026-03-31 23:59"), each, "America/Chicago") == (name, at(starts), at(ends))


def test_the_zone_of_the_policy_decides_which_month_it_was() -> None:
    new_year = datetime(2026, 1, 1, 3, tzinfo=UTC)
    assert period_of(new_year, "month", "America/Chicago").name == "2025-12"
    assert period_of(new_year, "month", "Europe/Berlin").name == "2026-01"


def test_a_tally_counts_each_commitment_under_every_share_that_it_is_part_of() -> None:
    severe = SharedPromise(Share(Fraction(1, 2), "quarter"), "acknowledgement", (1, 2))
    tally = Tally("America/Chicago")
    for severity, opened, outcome in [
        (1, "2026-04-02", "met"),
        (3, "2026-03-03", "met"),
        (2, "2026-03-02", "breached"),
    ]:
        tally.add((MOST, severe), "acknowledgement", severity, at(f"{opened} 10:00"), outcome)
    tally.add((MOST,), "resolution", 1, at("2026-03-02 10:00"), "breached")
    found = tally.standings(at("2026-04-15 00:00"))
    assert [(one.promised is MOST, one.period.name, one.counts.judged, one.outcome) for one in found] == [
        (True, "2026-03", 2, MISSED),
        (True, "2026-04", 1, RUNNING),
        (False, "2026-Q1", 1, MISSED),
        (False, "2026-Q2", 1, RUNNING),
    ]


# as a policy says it

SHARES = """\
    shares:
      - {of: 90%, severities: [2, Critical], each: quarter, at_least: 20, leaves_out: [force majeure]}
      - {of: 99/100, metric: resolution}
"""


def test_a_target_is_promised_for_a_share_where_there_are_enough() -> None:
    policy = read("2: {within: 4h}", "2: {within: 4h, share: 95%, at_least: 20}")
    promise = effective(policy, policy.level("gold"))
    assert promise.shares == (SharedPromise(Share(Fraction(19, 20), "month", 20), "acknowledgement", (2,)),)
    assert wording(promise.targets["acknowledgement", 2]).endswith(", for 95 % a month, from 20 reports on")


def test_several_severities_may_be_promised_for_a_share_together() -> None:
    promise = effective(policy := read(ESCALATION, ESCALATION + SHARES), policy.levels[1])
    together, resolution = promise.shares
    assert together == (Share(Fraction(9, 10), "quarter", 20), "acknowledgement", (1, 2), ("force majeure",))
    assert resolution == (Share(Fraction(99, 100), "month"), "resolution", (), ())
    (note,) = [note for note in page(policy).levels[1].notes if note.heading == "Shares"]
    assert note.lines == (
        "acknowledgement of 1: Critical, 2: High: 90 % a quarter, from 20 reports on; not counted: force majeure",
        "resolution: 99 % a month",
    )
    (difference,) = differences(read(), policy)
    assert difference.after.startswith("shares: acknowledgement of 1, 2: 90 % a quarter, from 20 reports on")


def test_shares_are_handed_on_and_replaced_like_all_that_a_level_brings() -> None:
    policy = read_policy(SMALL.replace(ESCALATION, ESCALATION + SHARES) + "  plus: {based_on: gold}\n")
    assert len(effective(policy, policy.level("plus")).shares) == 2
    sla = read_sla("sla: Acme\nshares: [{of: 80%}]\n", policy, policy.level("plus"))
    contracted = effective(policy, policy.level("plus"), sla, Circumstances())
    assert contracted.shares == (SharedPromise(Share(Fraction(4, 5), "month"), "acknowledgement"),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("shares: 95%", "shares: must be a list of mappings, each with of and what it is a share of"),
        ("shares: [{each: month}]", "gold.shares.1.of: is missing; write the part that is promised, as of: 95%"),
        ("shares: [{of: 100%}]", "is what a target without a share promises"),
        ("shares: [{of: 95%, metric: lunch}]", '"lunch" is no metric; write one of acknowledgement'),
        ("shares: [{of: 95%, severities: 9}]", '"9" is not a severity'),
        ("shares: [{of: 95%, at_least: some}]", '"some" is not a number of things; write 10'),
        ("shares: [{of: 95%, every: month}]", 'a share has no "every"'),
    ],
)
def test_a_mistake_in_a_share_is_named(written: str, said: str) -> None:
    (problem,) = problems(changed(ESCALATION, f"{ESCALATION}    {written}\n"))
    assert said in problem


def test_enough_of_what_is_no_share_is_refused() -> None:
    (problem,) = problems(changed("2: {within: 4h}", "2: {within: 4h, at_least: 20}"))
    assert "says from how many incidents on a share is taken; write the share too" in problem
