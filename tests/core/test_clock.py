"""When a window ends, how much of it has passed: the golden cases, published rules, and the nights that clocks jump."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.core.wall_clocks import CHICAGO, EVERY_DAY, MONDAY_TO_FRIDAY, STANDARD, at, hours, reads, weekly, windows
from watchkeeper.core.clock import (
    BackwardsInterval,
    NaiveInstant,
    NegativeWindow,
    NeverDue,
    OutsideTheCalendar,
    counted,
    due_at,
    elapsed_due_at,
    starts_at,
)
from watchkeeper.core.hours import AROUND_THE_CLOCK, DatedException, Hours, Schedule, Window
from watchkeeper.core.spans import Span
from watchkeeper.core.zones import zone

STANDARD_TO_COME = weekly("UTC", MONDAY_TO_FRIDAY, "08:00-17:00")
THANKSGIVING_OFF = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", holidays=["2026-11-26"])
NEW_YEAR_OFF = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", holidays=["2027-01-01"])
MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("calendar", "within", "received", "due"),
    [
        pytest.param(STANDARD, 8, "2026-03-06 16:30", "Mon 2026-03-09 15:30:00 CDT", id="a weekend with a DST change"),
        pytest.param(AROUND_THE_CLOCK, 2, "2026-03-08 01:30", "Sun 2026-03-08 04:30:00 CDT", id="the hour not there"),
        pytest.param(AROUND_THE_CLOCK, 2, "2026-11-01 01:30", "Sun 2026-11-01 02:30:00 CST", id="the hour that twice"),
        pytest.param(THANKSGIVING_OFF, 12, "2026-11-25 16:00", "Mon 2026-11-30 10:00:00 CST", id="a holiday"),
        pytest.param(STANDARD, 8, "2026-03-20 17:00", "Mon 2026-03-23 16:00:00 CDT", id="received exactly at closing"),
        pytest.param(STANDARD, 9, "2026-03-16 08:00", "Mon 2026-03-16 17:00:00 CDT", id="ends exactly at closing"),
        pytest.param(STANDARD, 8, "2026-03-20 16:59:59", "Mon 2026-03-23 15:59:59 CDT", id="a second before closing"),
        pytest.param(STANDARD, 24, "2026-03-16 08:00", "Wed 2026-03-18 14:00:00 CDT", id="two days and six hours"),
        pytest.param(NEW_YEAR_OFF, 8, "2026-12-31 16:00", "Mon 2027-01-04 15:00:00 CST", id="a year's end"),
    ],
)
def test_golden_cases(calendar: Hours, within: int, received: str, due: str) -> None:
    start = at(received)
    answer = due_at(calendar, start, hours(within))
    assert reads(answer) == due
    assert counted(calendar, start, answer) == hours(within)


# rules that vendors publish, in our own words


def test_one_hour_received_on_friday_evening_passes_a_monday_holiday() -> None:
    desk = weekly("America/New_York", MONDAY_TO_FRIDAY, "09:00-18:00", holidays=["2026-09-07"])
    due = due_at(desk, at("2026-09-04 17:45", "America/New_York"), hours(1))
    assert due == at("2026-09-08 09:45", "America/New_York")


def test_two_hours_received_on_saturday_end_two_hours_into_monday() -> None:
    desk = weekly("Europe/Berlin", MONDAY_TO_FRIDAY, "06:00-18:00")
    assert due_at(desk, at("2026-05-09 09:00", "Europe/Berlin"), hours(2)) == at("2026-05-11 08:00", "Europe/Berlin")


def test_a_desk_closed_at_christmas_starts_the_clock_on_the_next_working_day() -> None:
    desk = weekly("America/New_York", MONDAY_TO_FRIDAY, "09:00-18:00", holidays=["2025-12-25", "2026-01-01"])
    assert starts_at(desk, at("2025-12-26 18:30", "America/New_York")) == at("2025-12-29 09:00", "America/New_York")
    assert starts_at(desk, at("2025-12-31 18:30", "America/New_York")) == at("2026-01-02 09:00", "America/New_York")


def test_a_week_that_begins_on_sunday_answers_friday_on_sunday() -> None:
    desk = weekly("Asia/Dubai", [6, 0, 1, 2, 3], "09:00-18:00")
    assert due_at(desk, at("2026-03-06 10:00", "Asia/Dubai"), hours(1)) == at("2026-03-08 10:00", "Asia/Dubai")


def test_half_an_hour_left_on_friday_goes_on_when_a_week_long_window_opens() -> None:
    desk = Hours((Schedule("America/Los_Angeles", (Window(6, hours(14), hours(24 * 5 + 17)),)),))
    due = due_at(desk, at("2026-03-20 16:30", "America/Los_Angeles"), hours(2))
    assert due == at("2026-03-22 15:30", "America/Los_Angeles")


def test_half_an_hour_left_after_midnight_goes_on_in_the_morning() -> None:
    desk = weekly("UTC", MONDAY_TO_FRIDAY, "05:00-01:00")
    assert due_at(desk, at("2026-03-03 00:30", "UTC"), hours(2)) == at("2026-03-03 06:30", "UTC")


# the law, sentence by sentence


def test_zero_gives_the_start_even_when_closed() -> None:
    saturday = at("2026-03-07 12:00")
    assert due_at(STANDARD, saturday, timedelta()) == saturday
    assert elapsed_due_at(STANDARD, saturday, timedelta()) == saturday


def test_received_outside_hours_the_clock_starts_at_the_next_opening() -> None:
    assert starts_at(STANDARD, at("2026-03-07 12:00")) == at("2026-03-09 08:00")
    assert starts_at(STANDARD, at("2026-03-09 08:00")) == at("2026-03-09 08:00")
    assert starts_at(STANDARD, at("2026-03-09 17:00")) == at("2026-03-10 08:00")


def test_the_closing_instant_no_longer_counts_and_the_opening_instant_does() -> None:
    closing, opening = at("2026-03-06 17:00"), at("2026-03-09 08:00")
    assert counted(STANDARD, closing, opening) == timedelta()
    assert counted(STANDARD, closing - MICROSECOND, opening + MICROSECOND) == 2 * MICROSECOND


def test_one_microsecond_more_than_fits_is_due_a_microsecond_after_the_next_opening() -> None:
    assert due_at(STANDARD, at("2026-03-06 08:00"), hours(9) + MICROSECOND) == at("2026-03-09 08:00") + MICROSECOND


def test_a_window_inside_the_skipped_hour_is_not_open_that_night() -> None:
    night = weekly(CHICAGO, EVERY_DAY, "02:00-03:00")
    assert counted(night, at("2026-03-08"), at("2026-03-09")) == timedelta()
    assert counted(night, at("2026-03-09"), at("2026-03-10")) == hours(1)


def test_a_window_that_ends_in_the_repeated_hour_lasts_until_its_second_coming() -> None:
    night = weekly(CHICAGO, EVERY_DAY, "00:00-01:30")
    assert counted(night, at("2026-11-01"), at("2026-11-02")) == hours(2.5)


def test_a_window_that_begins_in_the_repeated_hour_opens_at_its_first_coming_and_stays_open() -> None:
    night = weekly(CHICAGO, EVERY_DAY, "01:30-03:00")
    assert counted(night, at("2026-11-01"), at("2026-11-02")) == hours(2.5)


def test_the_day_that_apia_skipped_has_no_working_time() -> None:
    desk = weekly("Pacific/Apia", EVERY_DAY, "08:00-17:00")
    due = due_at(desk, at("2011-12-29 16:00", "Pacific/Apia"), hours(2))
    assert due == at("2011-12-31 09:00", "Pacific/Apia")


def test_lord_howe_counts_the_half_hour_that_comes_twice() -> None:
    desk = weekly("Australia/Lord_Howe", EVERY_DAY, "01:00-03:00")
    sunday = at("2026-04-05", "Australia/Lord_Howe")
    assert counted(desk, sunday, sunday + hours(12)) == hours(2.5)


# instants


def test_an_instant_may_come_in_any_offset_and_goes_out_in_utc() -> None:
    tokyo = timezone(hours(9))
    due = due_at(STANDARD, at("2026-03-06 16:30").astimezone(tokyo), hours(8))
    assert due == at("2026-03-09 15:30")
    assert due.tzinfo is UTC
    assert due_at(STANDARD, at("2026-03-07").astimezone(tokyo), timedelta()).tzinfo is UTC
    assert starts_at(STANDARD, at("2026-03-06 12:00").astimezone(tokyo)).tzinfo is UTC


def test_an_interval_across_a_change_is_measured_in_utc_and_not_by_the_wall() -> None:
    start, end = (at(day).astimezone(zone(CHICAGO)) for day in ("2026-03-08", "2026-03-09"))
    assert end - start == hours(24)
    assert counted(AROUND_THE_CLOCK, start, end) == hours(23)


@pytest.mark.parametrize(
    "ask",
    [
        lambda naive: due_at(STANDARD, naive, hours(1)),
        lambda naive: due_at(STANDARD, naive, timedelta()),
        lambda naive: elapsed_due_at(STANDARD, naive, hours(1)),
        lambda naive: starts_at(STANDARD, naive),
        lambda naive: counted(STANDARD, naive, at("2026-03-09")),
        lambda naive: counted(STANDARD, at("2026-03-01"), naive),
    ],
)
def test_an_instant_without_an_offset_is_refused(ask: object) -> None:
    with pytest.raises(NaiveInstant, match="2026-03-06T16:30:00 names no instant; add its offset from UTC"):
        ask(datetime(2026, 3, 6, 16, 30))  # type: ignore[operator]  # noqa: DTZ001


# refusals


def test_a_negative_window_is_refused() -> None:
    for ask in (due_at, elapsed_due_at):
        with pytest.raises(NegativeWindow, match="a window is zero or longer, not -1 day, 23:00:00"):
            ask(STANDARD, at("2026-03-06"), hours(-1))


def test_an_interval_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BackwardsInterval, match=r"given 2026-03-06T06:00:00\+00:00 to 2026-03-05T06"):
        counted(STANDARD, at("2026-03-06"), at("2026-03-05"))


def test_years_without_zone_data_are_refused() -> None:
    with pytest.raises(OutsideTheCalendar, match="in the years 1900 to 2299, not in 1899"):
        due_at(STANDARD, datetime(1899, 12, 31, tzinfo=UTC), hours(1))
    with pytest.raises(OutsideTheCalendar, match="not in 2300"):
        counted(STANDARD, at("2026-03-06"), datetime(2300, 1, 1, tzinfo=UTC))


def opened_only_on(*days: date) -> Hours:
    exceptions = tuple(DatedException(day, ((hours(8), hours(17)),)) for day in days)
    return Hours((Schedule("UTC", (), exceptions=exceptions),))


def test_hours_that_never_open_are_never_due() -> None:
    desk, start = opened_only_on(), at("2026-03-06")
    for ask in (lambda: due_at(desk, start, hours(1)), lambda: starts_at(desk, start)):
        with pytest.raises(NeverDue, match="do not open in the ten years after 2026-03-06T06:00:00"):
            ask()
    assert counted(desk, start, at("2046-03-06")) == timedelta()


def test_a_window_on_the_last_open_day_is_still_due() -> None:
    desk = opened_only_on(date(2026, 3, 6))
    assert due_at(desk, at("2026-03-06 09:00", "UTC"), hours(8)) == at("2026-03-06 17:00", "UTC")
    assert due_at(desk, at("2026-03-01", "UTC"), hours(9)) == at("2026-03-06 17:00", "UTC")
    with pytest.raises(NeverDue, match="ten years after 2026-03-06T17:00:00"):
        due_at(desk, at("2026-03-06 09:00", "UTC"), hours(8) + MICROSECOND)


def test_an_opening_more_than_ten_years_away_is_never_due_whatever_was_asked_before() -> None:
    desk = opened_only_on(date(2020, 3, 6), date(2033, 3, 6))
    assert counted(desk, at("2019-01-01"), at("2035-01-01")) == hours(18)
    assert due_at(desk, at("2024-03-06"), hours(1)) == at("2033-03-06 09:00", "UTC")
    for ask in (
        lambda: due_at(desk, at("2020-03-06 16:30", "UTC"), hours(1)),
        lambda: due_at(desk, at("2021-01-01"), hours(1)),
        lambda: starts_at(desk, at("2021-01-01")),
    ):
        with pytest.raises(NeverDue):
            ask()


def test_a_window_longer_than_the_calendar_is_never_due() -> None:
    for within in (timedelta(days=800), timedelta.max):
        with pytest.raises(NeverDue, match="before the end of 2299"):
            due_at(STANDARD_TO_COME, at("2298-03-06"), within)


# elapsed


def test_elapsed_time_runs_through_the_night_and_ends_at_the_next_opening() -> None:
    assert elapsed_due_at(STANDARD, at("2026-03-05 15:00"), hours(1)) == at("2026-03-05 16:00")
    assert elapsed_due_at(STANDARD, at("2026-03-05 15:00"), hours(4)) == at("2026-03-06 08:00")
    assert elapsed_due_at(STANDARD, at("2026-03-05 15:00"), hours(24)) == at("2026-03-06 15:00")


def test_elapsed_time_that_ends_at_a_closing_is_due_then() -> None:
    assert elapsed_due_at(STANDARD, at("2026-03-05 15:00"), hours(2)) == at("2026-03-05 17:00")
    assert elapsed_due_at(STANDARD, at("2026-03-05 15:00"), hours(2) + MICROSECOND) == at("2026-03-06 08:00")


def test_the_last_closing_there_is_needs_no_next_opening() -> None:
    desk = opened_only_on(date(2026, 3, 6))
    assert elapsed_due_at(desk, at("2026-03-06 09:00", "UTC"), hours(8)) == at("2026-03-06 17:00", "UTC")


# pauses


def test_a_pause_is_closed_time() -> None:
    pause = Span(at("2026-03-04 10:00"), at("2026-03-04 12:00"))
    assert due_at(STANDARD, at("2026-03-04 09:00"), hours(4), [pause]) == at("2026-03-04 15:00")
    assert counted(STANDARD, at("2026-03-04 09:00"), at("2026-03-04 15:00"), [pause]) == hours(4)


def test_a_window_used_up_when_a_pause_begins_is_due_then() -> None:
    pause = Span(at("2026-03-04 10:00"), at("2026-03-04 12:00"))
    assert due_at(STANDARD, at("2026-03-04 09:00"), hours(1), [pause]) == at("2026-03-04 10:00")


def test_pauses_may_overlap_touch_and_come_in_any_order() -> None:
    pauses = [
        Span(at("2026-03-04 11:00"), at("2026-03-04 12:00")),
        Span(at("2026-03-04 08:00"), at("2026-03-04 09:30")),
        Span(at("2026-03-04 10:00"), at("2026-03-04 11:30")),
    ]
    assert due_at(STANDARD, at("2026-03-04 09:00"), hours(1), pauses) == at("2026-03-04 12:30")
    assert starts_at(STANDARD, at("2026-03-04 10:30"), pauses) == at("2026-03-04 12:00")


def test_a_clock_that_is_to_start_in_a_pause_starts_when_it_ends_and_the_desk_is_open() -> None:
    overnight = Span(at("2026-03-04 16:00"), at("2026-03-04 20:00"))
    assert starts_at(STANDARD, at("2026-03-04 16:30"), [overnight]) == at("2026-03-05 08:00")


def test_zero_gives_the_start_even_in_a_pause() -> None:
    pause = Span(at("2026-03-04 10:00"), at("2026-03-04 12:00"))
    assert due_at(STANDARD, at("2026-03-04 11:00"), timedelta(), [pause]) == at("2026-03-04 11:00")


def test_elapsed_time_stands_still_in_a_pause() -> None:
    pause = Span(at("2026-03-04 10:00"), at("2026-03-04 12:00"))
    assert elapsed_due_at(STANDARD, at("2026-03-04 09:00"), hours(2), [pause]) == at("2026-03-04 13:00")
    evening = Span(at("2026-03-04 16:00"), at("2026-03-04 18:00"))
    assert elapsed_due_at(STANDARD, at("2026-03-04 15:00"), hours(1), [evening]) == at("2026-03-04 16:00")


# invariants


def test_windows_add_up_wherever_they_are_divided() -> None:
    desk = Hours((Schedule(CHICAGO, windows(MONDAY_TO_FRIDAY, "08:00-12:00", "13:00-17:00")),))
    start, end = at("2026-03-02"), at("2026-03-16")
    middle = [start + hours(n) for n in range(24 * 14)]
    assert {counted(desk, start, m) + counted(desk, m, end) for m in middle} == {hours(80)}
