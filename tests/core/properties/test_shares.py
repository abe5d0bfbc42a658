"""Whatever a period held: a share is settled exactly when nothing that is open can change it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeeper.core.offer import PERIODS, Share, SharedPromise
from watchkeeper.core.scorecard import Attainment
from watchkeeper.core.shares import KEPT, MISSED, RUNNING, TOO_FEW, Standing, period_of, standing

pytestmark = pytest.mark.property

MARCH = period_of(datetime(2026, 3, 10, tzinfo=UTC), "month", "UTC")
WHILE, AFTER = MARCH.ends_at - timedelta(microseconds=1), MARCH.ends_at

shares = st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=200)
numbers = st.integers(0, 60)


def stands(of: Fraction, met: int, breached: int, still_open: int, as_of: datetime, at_least: int = 1) -> Standing:
    promised = SharedPromise(Share(of, "month", at_least), "acknowledgement")
    return standing(promised, MARCH, Attainment({"met": met, "breached": breached, "open": still_open}), as_of)


def is_kept(of: Fraction, met: int, breached: int) -> bool:
    return Fraction(met, met + breached) >= of


@given(shares, numbers, numbers, numbers, st.integers(1, 30))
def test_it_is_settled_when_however_the_open_ones_end_it_comes_out_the_same(
    of: Fraction, met: int, breached: int, still_open: int, at_least: int
) -> None:
    found = stands(of, met, breached, still_open, AFTER, at_least).outcome
    if met + breached + still_open < at_least:
        assert found == TOO_FEW
        return
    ends = {is_kept(of, met + kept, breached + still_open - kept) for kept in range(still_open + 1)}
    assert found == {(True,): KEPT, (False,): MISSED}.get(tuple(ends), RUNNING)


@given(shares, numbers, numbers, numbers)
def test_so_many_may_miss_and_not_one_more(of: Fraction, met: int, breached: int, still_open: int) -> None:
    now = stands(of, met, breached, still_open, WHILE)
    known = met + breached + still_open
    assert now.outcome == RUNNING
    if known and not now.must_keep:
        missed = breached + now.may_miss
        assert is_kept(of, known - missed, missed)
        assert not is_kept(of, known - missed - 1, missed + 1)


@given(shares, numbers, numbers, numbers)
def test_so_many_must_be_kept_until_it_is_back_and_not_one_fewer(
    of: Fraction, met: int, breached: int, still_open: int
) -> None:
    behind = stands(of, met, breached, still_open, WHILE).must_keep
    if behind:
        assert is_kept(of, met + still_open + behind, breached)
        assert not is_kept(of, met + still_open + behind - 1, breached)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  in UTC
    st.sampled_from(PERIODS),
    st.sampled_from(["UTC", "America/Chicago", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo"]),
)
def test_periods_tile_all_time(at: datetime, each: str, zone: str) -> None:
    period = period_of(at, each, zone)
    assert period.starts_at <= at < period.ends_at
    assert period_of(period.ends_at, each, zone).starts_at == period.ends_at
    assert period_of(period.ends_at - timedelta(microseconds=1), each, zone) == period
