"""A trace is one line a person reads."""

import re

from tests.core.wall_clocks import CHICAGO, MONDAY_TO_FRIDAY, STANDARD, at, weekly
from watchkeeper.core.hours import AROUND_THE_CLOCK, Hours
from watchkeeper.core.spans import Span
from watchkeeper.core.trace import line, tzdata_version
from watchkeeper.core.within import Within


def told(within: Within, desk: Hours, received: str, *pauses: Span, label: str | None = "CT") -> str:
    start = at(received)
    return line(within.explain(desk, start, within.due_at(desk, start, pauses), pauses), CHICAGO, label)


def test_an_eight_hour_window_over_a_weekend() -> None:
    assert told(Within.parse("8h"), STANDARD, "2026-03-06 15:40") == (
        "Fri 15:40–17:00 1 h 20 min · weekend closed · Mon 08:00–14:40 6 h 40 min · due Mon 14:40 CT"
    )


def test_nights_between_counted_stretches_go_without_saying() -> None:
    assert told(Within.parse("10h"), STANDARD, "2026-03-03 16:00") == (
        "Tue 16:00–17:00 1 h · Wed 08:00–17:00 9 h · due Wed 17:00 CT"
    )


def test_received_in_the_night_it_says_until_when_it_waits() -> None:
    assert told(Within.parse("1h"), STANDARD, "2026-03-03 20:00") == (
        "closed until Wed 08:00 · Wed 08:00–09:00 1 h · due Wed 09:00 CT"
    )


def test_dates_stand_where_weekdays_would_repeat() -> None:
    desk = weekly(CHICAGO, [4], "08:00-17:00", holidays=["2026-03-13"])
    assert told(Within.parse("2h"), desk, "2026-03-06 16:00") == (
        "Fri 6 Mar 16:00–17:00 1 h · weekend closed · holiday closed · weekend closed · "
        "Fri 20 Mar 08:00–09:00 1 h · due Fri 20 Mar 09:00 CT"
    )


def test_a_day_closed_without_a_holiday_is_said() -> None:
    desk = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00", exceptions=[("2026-03-04", ())])
    assert told(Within.parse("2h"), desk, "2026-03-03 16:00") == (
        "Tue 16:00–17:00 1 h · closed until Thu 08:00 · Thu 08:00–09:00 1 h · due Thu 09:00 CT"
    )


def test_a_pause_is_said() -> None:
    pause = Span(at("2026-03-04 10:00"), at("2026-03-05 09:00"))
    assert told(Within.parse("2h"), STANDARD, "2026-03-04 09:00", pause) == (
        "Wed 09:00–10:00 1 h · Wed 10:00–Thu 09:00 paused · Thu 09:00–10:00 1 h · due Thu 10:00 CT"
    )


def test_the_night_the_clock_jumps_names_both_of_its_times() -> None:
    assert told(Within.parse("2h"), AROUND_THE_CLOCK, "2026-11-01 01:30") == (
        "Sun 01:30 CDT–02:30 CST 2 h · due Sun 02:30 CT"
    )


def test_without_a_label_the_zone_names_itself() -> None:
    assert told(Within.parse("1h"), STANDARD, "2026-03-09 09:00", label=None).endswith("due Mon 10:00 CDT")


def test_elapsed_time_is_told_as_one_stretch_even_through_a_closing() -> None:
    assert told(Within.parse("4h", "elapsed"), STANDARD, "2026-03-04 15:00") == (
        "Wed 15:00–19:00 4 h · closed until Thu 08:00 · due Thu 08:00 CT"
    )


def test_seconds_are_said_only_where_there_are_some() -> None:
    assert told(Within.parse("45s"), STANDARD, "2026-03-04 15:00") == "Wed 15:00–15:00:45 45 s · due Wed 15:00:45 CT"


def test_no_window_is_due_at_once() -> None:
    assert told(Within.parse("0m"), STANDARD, "2026-03-04 15:00") == "due at once"


def test_the_version_of_the_zone_data_is_a_release_of_iana() -> None:
    assert re.fullmatch(r"20\d\d[a-z]", tzdata_version())


def test_no_fraction_of_a_second_is_told_and_the_parts_still_add_up() -> None:
    assert told(Within.parse("8h"), STANDARD, "2026-03-02 10:00:00.400") == (
        "Mon 10:00–17:00 6 h 59 min 59 s · Tue 08:00–09:00 1 h 1 s · due Tue 09:00 CT"
    )
