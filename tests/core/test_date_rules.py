"""Business days and calendar days are rules about dates: the same local time, so many working days later."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.core.wall_clocks import CHICAGO, EVERY_DAY, MONDAY_TO_FRIDAY, STANDARD, at, hours, weekly, windows
from watchkeeper.core.clock import (
    NegativeWindow,
    business_day_begins_at,
    business_days_due_at,
    business_days_until_closing_due_at,
    calendar_days_due_at,
)
from watchkeeper.core.hours import AROUND_THE_CLOCK, Hours, Schedule, Window
from watchkeeper.core.spans import Span


def test_two_business_days_are_the_same_time_two_working_days_later() -> None:
    assert business_days_due_at(STANDARD, at("2026-03-03 10:30"), 2) == at("2026-03-05 10:30")
    assert business_days_due_at(STANDARD, at("2026-03-05 10:30"), 2) == at("2026-03-09 10:30")


def test_the_local_time_is_kept_over_a_change_of_daylight_saving() -> None:
    due = business_days_due_at(STANDARD, at("2026-03-06 16:30"), 1)
    assert due == datetime(2026, 3, 9, 21, 30, tzinfo=UTC)
    assert calendar_days_due_at(STANDARD, at("2026-03-07 16:30"), 1) - at("2026-03-07 16:30") == hours(23)


def test_holidays_and_closed_exceptions_are_no_working_days() -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", holidays=["2026-11-26"], exceptions=[("2026-11-27", ())])
    assert business_days_due_at(desk, at("2026-11-25 16:00"), 1) == at("2026-11-30 16:00")


def test_an_exception_makes_a_saturday_a_working_day_and_its_hours_clamp_the_time() -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", exceptions=[("2026-12-19", ("10:00-14:00",))])
    assert business_days_due_at(desk, at("2026-12-18 16:00"), 1) == at("2026-12-19 14:00")
    assert business_days_due_at(desk, at("2026-12-18 08:30"), 1) == at("2026-12-19 10:00")
    assert business_days_due_at(desk, at("2026-12-18 12:15"), 1) == at("2026-12-19 12:15")


def test_received_out_of_hours_it_counts_from_the_next_opening() -> None:
    assert business_days_due_at(STANDARD, at("2026-03-06 18:00"), 1) == at("2026-03-10 08:00")
    assert business_days_due_at(STANDARD, at("2026-03-06 17:00"), 1) == at("2026-03-10 08:00")


def test_a_time_in_the_lunch_break_becomes_the_afternoons_opening() -> None:
    breaks_on_tuesday = Hours(
        (Schedule(CHICAGO, windows([0], "08:00-17:00") + windows([1], "08:00-12:00", "13:00-17:00")),)
    )
    assert business_days_due_at(breaks_on_tuesday, at("2026-03-02 12:30"), 1) == at("2026-03-03 13:00")
    assert business_days_due_at(breaks_on_tuesday, at("2026-03-02 12:00"), 1) == at("2026-03-03 12:00")


def test_a_shift_past_midnight_belongs_to_the_day_it_began_on() -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "17:00-01:00")
    assert business_days_due_at(desk, at("2026-03-07 00:30"), 1) == at("2026-03-10 00:30")
    assert business_days_due_at(desk, at("2026-03-06 23:00"), 1) == at("2026-03-09 23:00")


def test_a_window_of_several_days_makes_a_working_day_of_each_date() -> None:
    desk = Hours((Schedule(CHICAGO, (Window(6, hours(14), hours(24 * 5 + 17)),)),))
    assert business_days_due_at(desk, at("2026-03-03 03:00"), 2) == at("2026-03-05 03:00")
    assert business_days_due_at(desk, at("2026-03-05 18:00"), 1) == at("2026-03-06 17:00")
    assert business_days_due_at(desk, at("2026-03-06 10:00"), 1) == at("2026-03-08 14:00")


def test_several_schedules_share_their_working_days() -> None:
    desk = Hours(
        (
            Schedule(CHICAGO, windows([0, 1], "08:00-17:00")),
            Schedule("Europe/London", windows([2], "08:00-17:00")),
        )
    )
    assert business_days_due_at(desk, at("2026-03-03 09:00"), 1) == at("2026-03-04 09:00")
    assert business_days_due_at(desk, at("2026-03-04 09:00"), 1) == at("2026-03-09 09:00")


def test_around_the_clock_every_day_is_a_working_day() -> None:
    saturday = datetime(2026, 3, 7, 12, tzinfo=UTC)
    assert business_days_due_at(AROUND_THE_CLOCK, saturday, 1) == datetime(2026, 3, 8, 12, tzinfo=UTC)


def test_next_business_day_ends_at_its_closing() -> None:
    assert business_days_until_closing_due_at(STANDARD, at("2026-03-05 10:00"), 1) == at("2026-03-06 17:00")
    assert business_days_until_closing_due_at(STANDARD, at("2026-03-06 10:00"), 1) == at("2026-03-09 17:00")


def test_next_business_day_received_on_a_weekend_counts_from_mondays_opening() -> None:
    assert business_days_until_closing_due_at(STANDARD, at("2026-03-07 10:00"), 1) == at("2026-03-10 17:00")


def test_no_business_days_until_closing_end_with_the_same_day() -> None:
    assert business_days_until_closing_due_at(STANDARD, at("2026-03-05 10:00"), 0) == at("2026-03-05 17:00")
    assert business_days_until_closing_due_at(STANDARD, at("2026-03-07 10:00"), 0) == at("2026-03-09 17:00")


def test_calendar_days_keep_the_local_time_and_ignore_the_hours() -> None:
    assert calendar_days_due_at(STANDARD, at("2026-03-05 22:15"), 3) == at("2026-03-08 22:15")


def test_a_calendar_day_that_leads_into_a_gap_ends_with_it() -> None:
    assert calendar_days_due_at(STANDARD, at("2026-03-07 02:30"), 1) == at("2026-03-08 03:00")


def test_zero_days_give_the_start() -> None:
    second_coming = at("2026-11-01 01:30+")
    assert business_days_due_at(STANDARD, second_coming, 0) == second_coming
    assert calendar_days_due_at(STANDARD, second_coming, 0) == second_coming


def test_operating_time_in_pauses_is_added() -> None:
    pause = Span(at("2026-03-03 16:00"), at("2026-03-04 09:00"))  # two operating hours
    assert business_days_due_at(STANDARD, at("2026-03-03 10:00"), 1, [pause]) == at("2026-03-04 12:00")
    assert calendar_days_due_at(STANDARD, at("2026-03-03 10:00"), 1, [pause]) == at("2026-03-04 12:00")
    closing = business_days_until_closing_due_at(STANDARD, at("2026-03-03 10:00"), 1, [pause])
    assert closing == at("2026-03-05 10:00")


def test_a_pause_outside_hours_or_after_the_due_instant_adds_nothing() -> None:
    pauses = [
        Span(at("2026-03-03 17:00"), at("2026-03-04 08:00")),
        Span(at("2026-03-04 11:00"), at("2026-03-04 12:00")),
    ]
    assert business_days_due_at(STANDARD, at("2026-03-03 10:00"), 1, pauses) == at("2026-03-04 10:00")


def test_negative_days_are_refused() -> None:
    for ask in (business_days_due_at, business_days_until_closing_due_at, calendar_days_due_at):
        with pytest.raises(NegativeWindow, match="a window is zero or longer, not -1 days"):
            ask(STANDARD, at("2026-03-03"), -1)


def test_a_shift_that_skips_a_local_day_is_still_someones() -> None:
    desk = weekly("Pacific/Apia", EVERY_DAY, "08:00-17:00")
    due = business_days_due_at(desk, at("2011-12-29 10:00", "Pacific/Apia"), 1)
    assert due == at("2011-12-31 10:00", "Pacific/Apia")


# a cut-off


def test_a_report_by_the_cut_off_counts_from_its_own_day_and_a_later_one_from_the_next() -> None:
    noon = timedelta(hours=12)
    assert business_day_begins_at(STANDARD, at("2026-03-05 12:00"), noon) == at("2026-03-05 12:00")
    assert business_day_begins_at(STANDARD, at("2026-03-05 12:01"), noon) == at("2026-03-06 08:00")
    assert business_day_begins_at(STANDARD, at("2026-03-06 12:01"), noon) == at("2026-03-09 08:00")


def test_a_report_out_of_hours_is_in_time_for_the_day_that_opens_next() -> None:
    noon = timedelta(hours=12)
    assert business_day_begins_at(STANDARD, at("2026-03-06 18:00"), noon) == at("2026-03-09 08:00")
    assert business_day_begins_at(STANDARD, at("2026-03-09 05:00"), noon) == at("2026-03-09 08:00")


def test_a_report_after_midnight_in_a_shift_of_the_day_before_is_too_late_for_that_day() -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "17:00-01:00")
    assert business_day_begins_at(desk, at("2026-03-03 00:30"), timedelta(hours=20)) == at("2026-03-03 17:00")
