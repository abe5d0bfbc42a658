"""Hours are sound from birth, and a date owns the windows that open on it."""

import pickle
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.core.wall_clocks import (
    CHICAGO,
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    STANDARD,
    at,
    clock_time,
    hours,
    weekly,
    windows,
)
from watchkeeper.core.clock import counted
from watchkeeper.core.hours import (
    AROUND_THE_CLOCK,
    DatedException,
    Hours,
    Schedule,
    UnsoundHours,
    Window,
)


def open_on(calendar: Hours, day: str) -> float:
    """The open hours between two local midnights in Chicago."""
    midnight = at(day)
    following = at((date.fromisoformat(day) + timedelta(days=1)).isoformat())
    return counted(calendar, midnight, following) / hours(1)


# what a date owns


def test_a_holiday_empties_its_date() -> None:
    calendar = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", holidays=["2026-11-26"])
    assert open_on(calendar, "2026-11-26") == 0
    assert open_on(calendar, "2026-11-27") == 9


def test_an_exception_opens_shortens_or_closes_its_date() -> None:
    calendar = weekly(
        CHICAGO,
        MONDAY_TO_FRIDAY,
        "08:00-17:00",
        exceptions=[("2026-12-19", ("10:00-14:00",)), ("2026-12-24", ("08:00-12:00",)), ("2026-12-28", ())],
    )
    assert open_on(calendar, "2026-12-19") == 4
    assert open_on(calendar, "2026-12-24") == 4
    assert open_on(calendar, "2026-12-28") == 0
    assert open_on(calendar, "2026-12-29") == 9


def test_an_exception_beats_a_holiday() -> None:
    calendar = weekly(
        CHICAGO,
        MONDAY_TO_FRIDAY,
        "08:00-17:00",
        holidays=["2026-11-26"],
        exceptions=[("2026-11-26", ("09:00-12:00",))],
    )
    assert open_on(calendar, "2026-11-26") == 3


def test_the_tail_of_last_nights_window_survives_a_holiday() -> None:
    calendar = weekly(CHICAGO, MONDAY_TO_FRIDAY, "22:00-06:00", holidays=["2026-11-26"])
    assert open_on(calendar, "2026-11-26") == 6
    assert open_on(calendar, "2026-11-27") == 2


def test_the_tail_of_last_nights_window_survives_an_exception() -> None:
    calendar = weekly(CHICAGO, MONDAY_TO_FRIDAY, "22:00-06:00", exceptions=[("2026-11-26", ("12:00-13:00",))])
    assert open_on(calendar, "2026-11-26") == 7


def test_a_window_over_midnight_shrinks_in_the_night_the_clock_goes_forward_and_grows_when_it_goes_back() -> None:
    calendar = weekly(CHICAGO, EVERY_DAY, "22:00-06:00")
    assert counted(calendar, at("2026-03-07 22:00"), at("2026-03-08 06:00")) == hours(7)
    assert counted(calendar, at("2026-10-31 22:00"), at("2026-11-01 06:00")) == hours(9)


def test_a_week_from_sunday_to_thursday_rests_on_friday_and_saturday() -> None:
    calendar = weekly("Asia/Dubai", [6, 0, 1, 2, 3], "09:00-18:00")
    friday, sunday = at("2026-03-06", "Asia/Dubai"), at("2026-03-08", "Asia/Dubai")
    assert counted(calendar, friday, sunday) == timedelta()
    assert counted(calendar, sunday, sunday + timedelta(days=1)) == hours(9)


def test_sunday_afternoon_to_friday_evening_is_one_window() -> None:
    calendar = Hours((Schedule("America/Los_Angeles", (Window(6, hours(14), hours(24 * 5 + 17)),)),))
    week = at("2026-01-04", "America/Los_Angeles"), at("2026-01-11", "America/Los_Angeles")
    assert counted(calendar, *week) == hours(10 + 4 * 24 + 17)


# a weekend bounded by two zones: closed from Friday 17:00 Pacific until Monday 10:00 in Sydney


def closed_over_the_weekend_of(friday: str) -> timedelta:
    sydney_to_pacific = Window(0, hours(10), hours(24 * 4 + 17), closes_zone="America/Los_Angeles")
    calendar = Hours((Schedule("Australia/Sydney", (sydney_to_pacific,)),))
    start = at(friday, "America/Los_Angeles")
    days = timedelta(days=4)
    return days - counted(calendar, start, start + days)


@pytest.mark.parametrize(
    ("friday", "closed_hours"),
    [("2026-01-09 12:00", 46), ("2026-03-20 12:00", 47), ("2026-06-05 12:00", 48), ("2026-10-16 12:00", 47)],
)
def test_a_weekend_bounded_by_two_zones_lasts_as_long_as_their_clocks_make_it(friday: str, closed_hours: int) -> None:
    assert closed_over_the_weekend_of(friday) == hours(closed_hours)


# several schedules


def test_hours_that_follow_the_sun_are_the_union_of_their_schedules() -> None:
    follow_the_sun = Hours(
        tuple(
            Schedule(zone, windows(MONDAY_TO_FRIDAY, "09:00-17:00"))
            for zone in ("Australia/Sydney", "Europe/London", "America/Los_Angeles")
        )
    )
    wednesday = datetime(2026, 6, 3, tzinfo=UTC)
    assert counted(follow_the_sun, wednesday, wednesday + timedelta(days=1)) == hours(24 - 1)


def test_windows_that_overlap_across_schedules_count_once() -> None:
    twice = Hours((*STANDARD.schedules, Schedule(CHICAGO, windows(MONDAY_TO_FRIDAY, "12:00-20:00"))))
    assert open_on(twice, "2026-03-04") == 12


# around the clock


def test_every_day_from_0_to_24_equals_around_the_clock_in_every_night() -> None:
    for zone in (CHICAGO, "Pacific/Apia", "America/Sao_Paulo", "Australia/Lord_Howe"):
        always = weekly(zone, EVERY_DAY, "00:00-24:00")
        start, end = datetime(2011, 1, 1, tzinfo=UTC), datetime(2012, 12, 31, tzinfo=UTC)
        assert counted(always, start, end) == end - start == counted(AROUND_THE_CLOCK, start, end)


def test_around_the_clock_keeps_a_holiday_only_when_it_lists_one() -> None:
    assert open_on(AROUND_THE_CLOCK, "2026-12-25") == 24
    assert open_on(weekly(CHICAGO, EVERY_DAY, "00:00-24:00", holidays=["2026-12-25"]), "2026-12-25") == 0


# soundness


def test_a_window_that_closes_before_it_opens_crosses_midnight() -> None:
    assert Window(0, hours(22), hours(6)) == Window(0, hours(22), hours(30))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Window(7, hours(8), hours(17)), r"from 0 \(Monday\) to 6 \(Sunday\), not 7"),
        (lambda: Window(0, hours(8), hours(8)), "Monday: a window that starts and ends at 08:00 has no length"),
        (lambda: Window(0, hours(0), hours(0)), "a whole day is 00:00–24:00"),
        (lambda: Window(4, hours(24), hours(30)), "Friday: a window opens from 00:00 to before 24:00, not at 24:00"),
        (lambda: Window(4, hours(-1), hours(3)), "not at -01:00"),
        (lambda: Window(4, hours(8), hours(-1)), "closes at 00:00 or later, not -01:00"),
        (lambda: Window(6, hours(8), hours(8 + 7 * 24 + 12)), "at most a week long, not 08:00–188:00, 7.5 days"),
        (lambda: Window(0, hours(8), hours(17), "Mars/Olympus"), '"Mars/Olympus" is not an IANA zone'),
        (lambda: Window(0, hours(8), hours(200), "UTC"), "at most a week long"),
        (lambda: Schedule("Europe/Berlino", ()), '"Europe/Berlino" is not an IANA zone; write a name such as Europe/'),
        (lambda: weekly("UTC", [2], "08:00-12:30", "12:00-17:00"), "Wednesday: 08:00–12:30 overlaps 12:00–17:00"),
        (lambda: DatedException(date(2026, 12, 24), ((hours(9), hours(9)),)), "2026-12-24: a window that starts and"),
        (
            lambda: DatedException(date(2026, 12, 24), ((hours(9), hours(12)), (hours(11), hours(13)))),
            "2026-12-24: 09:00–12:00 overlaps 11:00–13:00; windows of one day may touch, not overlap",
        ),
        (lambda: weekly("UTC", [0], exceptions=[("2026-12-24", ()), ("2026-12-24", ())]), "2026-12-24 has two"),
        (lambda: Schedule("UTC", (), frozenset({datetime(2026, 1, 1, tzinfo=UTC)})), "is an instant; a holiday or an"),
        (lambda: DatedException(datetime(2026, 1, 1, tzinfo=UTC), ()), "is an instant; a holiday or an exception is"),
        (lambda: Schedule("UTC", (Window(0, hours(9), hours(9), "UTC"),)), "Monday: a window that starts and ends at"),
        (lambda: Hours(()), "hours need at least one schedule"),
    ],
)
def test_unsound_hours_cannot_be_built_and_say_why(build: object, message: str) -> None:
    with pytest.raises(UnsoundHours, match=message):
        build()  # type: ignore[operator]


def test_windows_of_one_day_may_touch() -> None:
    assert open_on(weekly(CHICAGO, [2], "08:00-12:00", "12:00-17:00"), "2026-03-04") == 9


def test_a_window_may_last_a_week() -> None:
    calendar = Hours((Schedule(CHICAGO, (Window(0, hours(8), hours(8 + 7 * 24)),)),))
    assert counted(calendar, at("2026-01-01"), at("2027-01-01")) == timedelta(days=365)


def test_a_window_may_open_on_a_fraction_of_a_second() -> None:
    opens = clock_time("08:00") + timedelta(microseconds=1)
    calendar = Hours((Schedule(CHICAGO, (Window(2, opens, hours(17)),)),))
    assert counted(calendar, at("2026-03-04"), at("2026-03-05")) == hours(9) - timedelta(microseconds=1)


# values


def test_equal_hours_are_one_key_and_share_what_was_compiled() -> None:
    again = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00")
    assert again == STANDARD
    assert hash(again) == hash(STANDARD)
    assert again.openings is weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00").openings
    assert again != weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-16:59")


def test_hours_travel_between_processes() -> None:
    assert pickle.loads(pickle.dumps(STANDARD)) == STANDARD
