from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.core.premium import at, event, reported, the
from watchkeeper.core import timeline as t
from watchkeeper.core.scorecard import (
    Attainment,
    UnknownOutcome,
    attainment,
    by_promise,
    counts_as,
    outcome_at,
    together,
)


def test_attainment_is_what_was_met_of_what_can_be_judged() -> None:
    card = attainment(["met", "met", "breached", "open", "outside_level", "not_measurable", "excluded"])
    assert (card["met"], card["breached"], card.judged, card.total) == (2, 1, 3, 7)
    assert card.share == Fraction(2, 3)


def test_nothing_judged_is_no_attainment_and_not_nought() -> None:
    assert attainment(["open", "excluded"]).share is None
    assert attainment([]).percent() is None


@pytest.mark.parametrize(
    ("met", "breached", "percent"),
    [(1, 0, "100.0"), (1999, 1, "99.9"), (2, 1, "66.6"), (0, 3, "0.0"), (10**9, 1, "99.9")],
)
def test_a_percentage_is_rounded_down_so_that_100_means_none_missed(met: int, breached: int, percent: str) -> None:
    assert Attainment({"met": met, "breached": breached}).percent() == Decimal(percent)


def test_more_places_show_more_of_a_percentage() -> None:
    assert Attainment({"met": 2, "breached": 1}).percent(3) == Decimal("66.666")


def test_parts_together_weigh_by_their_counts() -> None:
    quiet, busy = attainment(["breached"]), attainment(["met"] * 9)
    assert together([quiet, busy]).share == Fraction(9, 10)


def test_an_unknown_outcome_names_those_there_are() -> None:
    with pytest.raises(UnknownOutcome, match="late: an outcome is one of met, breached, open"):
        attainment(["late"])


def test_a_running_commitment_is_open_up_to_its_due_instant_and_breached_after_it() -> None:
    commitment = the("acknowledgement", reported("2026-03-02 10:00", 1))
    assert outcome_at(commitment, at("2026-03-02 12:00")) == "open"
    assert outcome_at(commitment, at("2026-03-02 12:01")) == "breached"


def test_a_met_commitment_stays_met_and_a_late_one_breached() -> None:
    met = the("acknowledgement", reported("2026-03-02 10:00", 1), event(t.ACKNOWLEDGED, "2026-03-02 12:00"))
    late = the("acknowledgement", reported("2026-03-02 10:00", 1), event(t.ACKNOWLEDGED, "2026-03-02 12:01"))
    assert outcome_at(met, at("2026-04-01 00:00")) == "met"
    assert outcome_at(late, at("2026-03-02 10:00")) == "breached"


def test_a_withdrawn_or_excluded_commitment_counts_as_excluded() -> None:
    withdrawn = the("acknowledgement", reported("2026-03-02 10:00", 1), event(t.WITHDRAWN, "2026-03-02 11:00"))
    excluded = the(
        "acknowledgement",
        reported("2026-03-02 10:00", 1),
        event(t.EXCLUDED, "2026-03-02 13:00", metric="acknowledgement", nth=1, reason="spam"),
    )
    assert outcome_at(withdrawn, at("2026-04-01 00:00")) == "excluded"
    assert outcome_at(excluded, at("2026-04-01 00:00")) == "excluded"


def test_a_commitment_that_stands_still_is_open() -> None:
    waiting = the(
        "acknowledgement", reported("2026-03-02 10:00", 1), event(t.ACKNOWLEDGED, "2026-03-02 10:30")
    )._replace(outcome="running", due_at=None)
    assert outcome_at(waiting, at("2026-04-01 00:00")) == "open"


def test_no_commitment_is_outside_the_level() -> None:
    assert outcome_at(None, at("2026-03-02 10:00")) == "outside_level"


def test_promises_stand_by_metric_and_severity_and_add_up_to_the_whole() -> None:
    counted = [
        ("resolution", 2, "met"),
        ("acknowledgement", 2, "breached"),
        ("acknowledgement", 1, "met"),
        ("acknowledgement", 2, "met"),
        ("escalation_answer", 1, "open"),
        ("acknowledgement", 2, "excluded"),
    ]
    lines = by_promise(counted)
    assert list(lines) == [("acknowledgement", 1), ("acknowledgement", 2), ("resolution", 2), ("escalation_answer", 1)]
    assert lines["acknowledgement", 2].percent() == Decimal("50.0")
    assert together(lines.values()) == attainment(outcome for _, _, outcome in counted)


@pytest.mark.parametrize(
    ("outcome", "due", "counts"),
    [
        ("met", "10:00", "met"),
        ("breached", "10:00", "breached"),
        ("cancelled", "10:00", "excluded"),
        ("running", "11:59", "breached"),
        ("running", "12:00", "open"),
    ],
)
def test_what_runs_counts_as_broken_from_the_instant_it_is_late_whoever_has_looked(outcome, due, counts) -> None:
    assert counts_as(outcome, at(f"2026-03-02 {due}"), at("2026-03-02 12:00")) == counts


def test_what_stands_still_is_open() -> None:
    assert counts_as("running", None, at("2026-03-02 12:00")) == "open"
