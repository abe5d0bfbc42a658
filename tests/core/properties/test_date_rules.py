"""What holds for rules about dates whatever the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.core.wall_clocks import CHICAGO, MONDAY_TO_FRIDAY, STANDARD, at, weekly
from watchkeeper.core.clock import (
    business_days_by_due_at,
    business_days_due_at,
    business_days_until_closing_due_at,
    calendar_days_due_at,
)
from watchkeeper.core.hours import Hours

pytestmark = pytest.mark.property


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(1, 30))  # noqa: DTZ001  local times
def test_stepping_from_date_to_date_leads_to_the_same_day(local: datetime, days: int) -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "00:00-24:00", holidays=[f"{local.year}-12-25", f"{local.year}-03-10"])
    off = {date(local.year, 12, 25), date(local.year, 3, 10)}
    day = local.date()
    assume(day.weekday() < 5 and day not in off)
    for _ in range(days):
        day += timedelta(days=1)
        while day.weekday() >= 5 or day in off:
            day += timedelta(days=1)
    expected = datetime.combine(day, local.time())
    assert business_days_due_at(desk, at(local.isoformat()), days) == at(expected.isoformat())


@given(
    # not through November's change: in an hour that comes twice, the same local time comes in the other order
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 10, 20), timezones=st.just(UTC)),  # noqa: DTZ001  in UTC
    st.timedeltas(timedelta(), timedelta(days=9)),
    st.integers(0, 5),
)
def test_what_is_received_later_is_due_later(received: datetime, later: timedelta, days: int) -> None:

    def by_ten(hours: Hours, start: datetime, days: int) -> datetime:
        return business_days_by_due_at(hours, start, days, timedelta(hours=10))

    for rule in (business_days_due_at, business_days_until_closing_due_at, by_ten, calendar_days_due_at):
        assert rule(STANDARD, received, days) <= rule(STANDARD, received + later, days)
