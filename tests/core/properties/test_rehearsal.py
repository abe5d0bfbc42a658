"""The longest waits that a rehearsal finds, held to a search through every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import examples
from watchkeeper.core.hours import DatedException, Hours, Schedule, Window
from watchkeeper.core.rehearsal.longest_waits import longest_wait
from watchkeeper.core.spans import Span
from watchkeeper.core.within import Within

pytestmark = pytest.mark.property

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

ZONES = ("America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "UTC")
CLOCKS_CHANGE_ABOUT = (date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 25), date(2026, 11, 1))
DAYS = {
    "office": [(8, 17)],
    "with a break": [(8, 12), (13, 17)],
    "into the night": [(20, 30)],
    "through the change": [(1, 3), (5, 9)],
    "all day": [(0, 24)],
    "closed": [],
}
windows = st.sampled_from(sorted(DAYS)).map(lambda name: tuple((a * HOUR, b * HOUR) for a, b in DAYS[name]))
WITHIN = [
    *(Within.parse(text) for text in ("1h", "8h", "12h 20m", "40h")),
    *(Within.parse(text, "elapsed", starts) for text in ("3h", "30h 10m") for starts in ("opening", "receipt")),
    *(Within.parse(text) for text in ("next business day", "1 business days", "3 business days", "2 calendar days")),
    Within("business_days", days=1, cut_off=9 * HOUR + 30 * MINUTE),
    Within("business_days", days=0, until_closing=True),
]


@st.composite
def schedules(draw: st.DrawFn, about: date) -> Schedule:
    weekday, weekend = draw(windows.filter(bool)), draw(windows)
    weekly = tuple(Window(day, a, b) for day in range(7) for a, b in (weekday if day < 5 else weekend))
    near = st.integers(-4, 9).map(lambda days: about + days * DAY)
    exceptions = draw(st.dictionaries(near, windows, max_size=2))
    return Schedule(
        draw(st.sampled_from(ZONES)),
        weekly,
        draw(st.frozensets(near, max_size=3)),
        tuple(DatedException(day, instead) for day, instead in exceptions.items()),
    )


@settings(max_examples=examples(20), deadline=None)
@given(st.data(), st.sampled_from(WITHIN), st.sampled_from(CLOCKS_CHANGE_ABOUT), st.integers(-80, 30))
def test_no_report_of_any_minute_waits_longer_than_the_longest(
    data: st.DataObject, within: Within, about: date, hours_after: int
) -> None:
    hours = Hours(tuple(data.draw(st.lists(schedules(about), min_size=1, max_size=2))))
    start = datetime(about.year, about.month, about.day, tzinfo=UTC) + hours_after * HOUR
    during = Span(start, start + 50 * HOUR)
    found = longest_wait(within, hours, during)
    assert found is not None
    minutes = (during.start + n * MINUTE for n in range(50 * 60))
    longest = max(within.due_at(hours, received) - received for received in minutes)
    assert found.length == longest
    assert within.due_at(hours, found.received) == found.due


def test_a_window_that_goes_on_after_the_last_year_of_the_calendar_has_no_longest_wait() -> None:
    rarely = Hours((Schedule("UTC", (Window(0, 8 * HOUR, 8 * HOUR + MINUTE),)),))
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert longest_wait(Within("operating", 1_000 * HOUR), rarely, Span(start, start + DAY)) is None
