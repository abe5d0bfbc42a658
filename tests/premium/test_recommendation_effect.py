"""Whether it helped: incidents before and after in equal windows, and what is too few to tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from watchkeeper.core.effect import (
    BETTER,
    NO_CLEAR_CHANGE,
    TOO_EARLY,
    TOO_FEW,
    WORSE,
    compared,
    earliest_at,
    effect,
    two_sided,
)

DONE = datetime(2026, 3, 2, 16, tzinfo=UTC)
WEEK, INSTANT = timedelta(weeks=1), timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        (0, 0, TOO_FEW),
        (5, 0, TOO_FEW),  # 1 in 16 by chance: no split of five could be clear
        (6, 0, BETTER),  # 1 in 32
        (0, 6, WORSE),
        (6, 1, NO_CLEAR_CHANGE),  # 1 in 8
        (9, 2, NO_CLEAR_CHANGE),  # 0.065
        (10, 2, BETTER),  # 0.039
        (2, 10, WORSE),
        (20, 20, NO_CLEAR_CHANGE),
    ],
)
def test_a_change_is_clear_where_chance_brings_it_less_than_once_in_twenty(before, after, outcome):
    assert compared(before, after)[0] == outcome


def test_the_chance_is_that_of_the_exact_binomial_test():
    from scipy.stats import binomtest

    for before in range(13):
        for after in range(13):
            if before + after:
                expected = binomtest(after, before + after, 0.5).pvalue
                assert float(two_sided(before, after)) == pytest.approx(expected), (before, after)
    assert two_sided(6, 0) == Fraction(1, 32)


def test_before_four_whole_weeks_it_is_too_early():
    early = effect([DONE - WEEK] * 20, done_at=DONE, now=DONE + 4 * WEEK - INSTANT)
    assert early == (TOO_EARLY, (), (), None)
    assert effect([DONE - WEEK] * 20, done_at=DONE, now=earliest_at(DONE)).outcome == BETTER


def test_both_windows_have_as_many_whole_weeks():
    received = [DONE - 5 * WEEK, DONE - 4 * WEEK, DONE - INSTANT, DONE, DONE + 3 * WEEK, DONE + 4 * WEEK]
    found = effect(received, done_at=DONE, now=DONE + 5 * WEEK - INSTANT)
    assert (found.before, found.after) == ((1, 0, 0, 1), (1, 0, 0, 1))
    assert (found.weeks, found.outcome) == (4, TOO_FEW)


def test_at_most_twelve_weeks_are_counted():
    received = [DONE - 12 * WEEK, DONE - 12 * WEEK - INSTANT, DONE + 12 * WEEK - INSTANT, DONE + 12 * WEEK]
    found = effect(received, done_at=DONE, now=DONE + 30 * WEEK)
    assert (sum(found.before), sum(found.after), found.weeks) == (1, 1, 12)
