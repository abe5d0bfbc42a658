"""An explanation tiles the time until due, says why each stretch did not count, and adds up to the window."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.core.wall_clocks import CHICAGO, EVERY_DAY, MONDAY_TO_FRIDAY, STANDARD, at, hours, weekly
from watchkeeper.core.clock import BackwardsInterval, Stretch, due_at, elapsed_due_at, explain, explain_elapsed
from watchkeeper.core.hours import AROUND_THE_CLOCK, Hours, Schedule, Window
from watchkeeper.core.spans import Span
from watchkeeper.core.zones import local_time


def story(stretches: tuple[Stretch, ...], zone: str = CHICAGO) -> list[str]:
    """``until Fri 17:00 open`` for each stretch; the next begins where it ends."""
    assert all(stretch.end == following.start for stretch, following in pairwise(stretches))
    return [f"until {local_time(stretch.end, zone):%a %H:%M} {stretch.reason}" for stretch in stretches]


def explained(desk: Hours, start: str, due: str, *pauses: Span) -> list[str]:
    return story(explain(desk, at(start), at(due), pauses))


def test_an_eight_hour_window_over_a_weekend() -> None:
    stretches = explain(STANDARD, at("2026-03-06 15:40"), at("2026-03-09 14:40"))
    assert story(stretches) == ["until Fri 17:00 open", "until Mon 08:00 weekend", "until Mon 14:40 open"]
    assert [stretch.counted for stretch in stretches] == [hours(4 / 3), hours(0), hours(20 / 3)]


def test_a_night_is_merely_closed() -> None:
    assert explained(STANDARD, "2026-03-03 18:00", "2026-03-04 09:00") == [
        "until Wed 08:00 closed",
        "until Wed 09:00 open",
    ]


def test_a_holiday_and_the_weekend_after_it_are_told_apart_at_midnight() -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", holidays=["2026-07-03"])
    assert explained(desk, "2026-07-02 16:00", "2026-07-06 09:00") == [
        "until Thu 17:00 open",
        "until Sat 00:00 holiday",
        "until Mon 08:00 weekend",
        "until Mon 09:00 open",
    ]


def test_what_ends_at_midnight_does_not_touch_the_next_date() -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", holidays=["2026-07-03"])
    assert explained(desk, "2026-07-03 12:00", "2026-07-04 00:00") == ["until Sat 00:00 holiday"]


def test_a_day_closed_by_an_exception_is_closed_and_no_holiday() -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", holidays=["2026-03-04"], exceptions=[("2026-03-04", ())])
    assert explained(desk, "2026-03-03 17:00", "2026-03-05 09:00") == ["until Thu 08:00 closed", "until Thu 09:00 open"]


def test_a_holiday_on_a_weekend_is_a_weekend() -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", holidays=["2026-07-04"])
    assert explained(desk, "2026-07-03 17:00", "2026-07-06 08:00") == ["until Mon 08:00 weekend"]


def test_a_weekday_off_is_a_weekend_only_next_to_saturday_or_sunday() -> None:
    desk = weekly(CHICAGO, [0, 2, 4], "08:00-17:00")
    assert explained(desk, "2026-03-02 17:00", "2026-03-04 08:00") == ["until Wed 08:00 closed"]
    assert explained(desk, "2026-03-06 17:00", "2026-03-09 08:00") == ["until Mon 08:00 weekend"]
    sunday_to_thursday = weekly("Asia/Dubai", [6, 0, 1, 2, 3], "09:00-18:00")
    friday = [at(f"2026-03-06 {time}", "Asia/Dubai") for time in ("10:00", "11:00")]
    assert story(explain(sunday_to_thursday, *friday), "Asia/Dubai") == ["until Fri 11:00 weekend"]


def test_a_weekend_bounded_by_a_week_long_window_is_a_weekend() -> None:
    desk = Hours((Schedule(CHICAGO, (Window(6, hours(14), hours(24 * 5 + 17)),)),))
    assert explained(desk, "2026-03-06 16:00", "2026-03-08 15:00") == [
        "until Fri 17:00 open",
        "until Sun 14:00 weekend",
        "until Sun 15:00 open",
    ]


def test_received_on_sunday_it_is_the_weekend_and_early_on_monday_merely_closed() -> None:
    assert explained(STANDARD, "2026-03-08 10:00", "2026-03-09 08:00") == ["until Mon 08:00 weekend"]
    assert explained(STANDARD, "2026-03-09 06:00", "2026-03-09 08:00") == ["until Mon 08:00 closed"]


def test_a_holiday_around_the_clock_lasts_from_midnight_to_midnight() -> None:
    desk = weekly(CHICAGO, EVERY_DAY, "00:00-24:00", holidays=["2026-12-25"])
    assert explained(desk, "2026-12-24 23:00", "2026-12-26 01:00") == [
        "until Fri 00:00 open",
        "until Sat 00:00 holiday",
        "until Sat 01:00 open",
    ]


def test_the_reasons_do_not_depend_on_what_was_asked_before() -> None:
    fresh = weekly("America/Denver", MONDAY_TO_FRIDAY, "08:00-17:00")
    question = at("2027-01-03 14:00", "America/Denver"), at("2027-01-04 09:00", "America/Denver")
    before = explain(fresh, *question)
    due_at(fresh, at("2020-01-01"), hours(1))
    assert explain(fresh, *question) == before
    assert before[0].reason == "weekend"


def test_a_pause_takes_the_place_of_whatever_it_covers() -> None:
    pause = Span(at("2026-03-06 16:00"), at("2026-03-09 09:00"))
    assert explained(STANDARD, "2026-03-06 15:40", "2026-03-09 10:00", pause) == [
        "until Fri 16:00 open",
        "until Mon 09:00 paused",
        "until Mon 10:00 open",
    ]


def test_a_pause_divides_an_open_stretch_and_what_is_left_of_it_counts() -> None:
    pause = Span(at("2026-03-04 10:00"), at("2026-03-04 12:00"))
    stretches = explain(STANDARD, at("2026-03-04 09:00"), at("2026-03-04 15:00"), [pause])
    assert [stretch.counted for stretch in stretches] == [hours(1), hours(0), hours(3)]


def test_elapsed_time_counts_closed_stretches_until_it_has_passed() -> None:
    start = at("2026-03-06 15:00")
    due = elapsed_due_at(STANDARD, start, hours(4))
    stretches = explain_elapsed(STANDARD, start, due, Span(start, start + hours(4)))
    assert story(stretches) == ["until Fri 17:00 open", "until Fri 19:00 weekend", "until Mon 08:00 weekend"]
    assert [stretch.counted for stretch in stretches] == [hours(2), hours(2), hours(0)]


def test_elapsed_time_does_not_count_before_the_opening_nor_in_a_pause() -> None:
    received, opening = at("2026-03-04 06:00"), at("2026-03-04 08:00")
    pause = Span(at("2026-03-04 09:00"), at("2026-03-04 10:00"))
    stretches = explain_elapsed(STANDARD, received, opening + hours(3), Span(opening, opening + hours(3)), [pause])
    assert [stretch.counted for stretch in stretches] == [hours(0), hours(1), hours(0), hours(1)]


def test_nothing_needs_no_explanation() -> None:
    assert explain(STANDARD, at("2026-03-04 09:00"), at("2026-03-04 09:00")) == ()


def test_an_explanation_backwards_is_refused() -> None:
    with pytest.raises(BackwardsInterval):
        explain(STANDARD, at("2026-03-04 09:00"), at("2026-03-04 08:00"))


@pytest.mark.parametrize("calendar", [STANDARD, AROUND_THE_CLOCK, weekly(CHICAGO, [2], "22:00-06:00")])
def test_what_counts_adds_up_to_the_window(calendar: Hours) -> None:
    for received in (at("2026-03-06 15:40"), at("2026-10-31 23:00"), at("2026-12-31 12:34:56.789")):
        stretches = explain(calendar, received, due_at(calendar, received, hours(40)))
        assert stretches[0].start == received
        assert sum((stretch.counted for stretch in stretches), timedelta()) == hours(40)
        assert all(isinstance(stretch.start, datetime) and stretch.start < stretch.end for stretch in stretches)
