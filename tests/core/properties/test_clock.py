"""What holds for every report and every window: later is due later, and what is counted is what was promised."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.wall_clocks import CHICAGO, MONDAY_TO_FRIDAY, STANDARD, weekly
from watchkeeper.core.clock import (
    counted,
    due_at,
)
from watchkeeper.core.spans import Span

pytestmark = pytest.mark.property

THANKSGIVING_OFF = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", holidays=["2026-11-26"])
MICROSECOND = timedelta(microseconds=1)
in_2026 = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
lengths = st.integers(0, 200 * 3_600_000_000).map(lambda n: n * MICROSECOND)


@given(in_2026, st.timedeltas(timedelta(), timedelta(days=9)), lengths)
def test_what_is_received_later_is_due_later(received: datetime, later: timedelta, within: timedelta) -> None:
    assert due_at(STANDARD, received, within) <= due_at(STANDARD, received + later, within)


@given(in_2026, lengths, st.timedeltas(timedelta(), timedelta(days=9)), st.timedeltas(timedelta(), timedelta(days=9)))
def test_more_closed_time_is_never_due_earlier(
    received: datetime, within: timedelta, begins: timedelta, lasts: timedelta
) -> None:
    pause = Span(received + begins, received + begins + lasts)
    assert due_at(STANDARD, received, within) <= due_at(STANDARD, received, within, [pause])
    assert due_at(STANDARD, received, within) <= due_at(THANKSGIVING_OFF, received, within)


@given(in_2026, lengths.filter(bool))
def test_the_time_counted_until_due_is_the_window(received: datetime, within: timedelta) -> None:
    due = due_at(STANDARD, received, within)
    assert counted(STANDARD, received, due) == within
    assert counted(STANDARD, due - MICROSECOND, due) == MICROSECOND, "due is never inside closed time"
