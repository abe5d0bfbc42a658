"""A year ahead of a policy: which days are odd, and how long its windows take then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.core.policy_text import SMALL
from tests.core.wall_clocks import reads
from watchkeeper.core.policy_file import open_policy
from watchkeeper.core.rehearsal import (
    OddDay,
    Period,
    Rehearsal,
    UnsoundPeriod,
    Window,
    months_from,
    names_written,
    rehearse,
)

HOURS = 'office:\n    weekly: {monday-friday: "08:00-17:00"}'
YEAR = months_from(date(2026, 1, 1))


def year(office: str, period: Period = YEAR) -> Rehearsal:
    """The small policy's year with other office hours."""
    text = SMALL.replace(HOURS, f"office:\n    {office}", 1)
    file = open_policy(text)
    return rehearse(file.policy, period, holidays=file.holidays, names=names_written(text))


def on(day: str, rehearsal: Rehearsal) -> list[OddDay]:
    return [odd for odd in rehearsal.days if odd.day == date.fromisoformat(day)]


def window(rehearsal: Rehearsal, level: str, severity: int) -> Window:
    return next(w for w in rehearsal.windows if (w.level.key, w.severity.number) == (level, severity))


def longest(rehearsal: Rehearsal, level: str, severity: int) -> tuple[str, str, timedelta]:
    wait = window(rehearsal, level, severity).longest
    assert wait is not None
    return reads(wait.received), reads(wait.due), wait.length


PLAIN = 'weekly: {monday-friday: "08:00-17:00"}'


def test_without_holidays_only_the_two_nights_of_the_clocks_are_odd() -> None:
    assert [(odd.day.isoformat(), odd.kind) for odd in year(PLAIN).days] == [
        ("2026-03-08", "clocks forward"),
        ("2026-11-01", "clocks back"),
    ]


def test_a_night_of_the_clocks_says_which_hour_and_when_the_hours_are_in_utc_from_then_on() -> None:
    (odd,) = on("2026-03-08", year(PLAIN))
    assert odd.calendars == ("office", "always")
    assert odd.says == (
        "America/Chicago: 02:00 is followed by 03:00; 1 h is skipped",
        "office: from Mon 9 Mar on 08:00–17:00 is 13:00–22:00 UTC, before 14:00–23:00 UTC",
        "always: open throughout",
    )


def test_a_window_through_the_night_is_an_hour_longer_when_the_clocks_go_back() -> None:
    (odd,) = on("2026-11-01", year("weekly: {saturday: 22:00-06:00}"))
    assert "office: Sat 22:00–06:00 lasts 9 h instead of 8 h" in odd.says


def test_a_window_that_would_open_in_the_skipped_hour_opens_after_it() -> None:
    (odd,) = on("2026-03-08", year("weekly: {sunday: 02:30-10:00}"))
    assert "office: Sun 02:30–10:00 opens at 03:00 and lasts 7 h instead of 7 h 30 min" in odd.says


def test_hours_that_close_by_the_clocks_of_another_zone_follow_those_too() -> None:
    rehearsal = year("weekly: [friday 17:00 - monday 10:00 Australia/Sydney]")
    (odd,) = on("2026-10-04", rehearsal)
    assert (odd.kind, odd.calendars) == ("clocks forward", ("office",))
    assert odd.says[1] == "office: what closes by these clocks closes 1 h earlier in UTC from then on"


def test_a_date_in_the_file_is_called_what_the_comment_beside_it_says() -> None:
    days = "\n".join(
        ["      - 2026-05-04  # May the fourth", '      - "2026-05-05"  # The fifth', "      - 2026-05-06"]
    )
    rehearsal = year(f"{PLAIN}\n    holidays:\n{days}")
    assert [odd.name for day in (4, 5, 6) for odd in on(f"2026-05-0{day}", rehearsal)] == [
        "May the fourth",
        "The fifth",
        "",
    ]


@pytest.mark.parametrize(
    ("windows", "kind", "said"),
    [
        ("closed", "closed", "closed instead of 08:00–17:00"),
        ("08:00-12:00", "short day", "08:00–12:00 instead of 08:00–17:00"),
        ("08:00-20:00", "long day", "08:00–20:00 instead of 08:00–17:00"),
        ("09:00-18:00", "other hours", "09:00–18:00 instead of 08:00–17:00"),
    ],
)
def test_dated_exceptions_say_what_they_do(windows: str, kind: str, said: str) -> None:
    (odd,) = on("2026-12-24", year(f"{PLAIN}\n    exceptions: {{2026-12-24: {windows}}}"))
    assert (odd.kind, odd.says) == (kind, (f"office: {said}",))


def test_an_exception_on_a_holiday_is_told_as_the_stronger() -> None:
    (odd,) = on("2026-12-25", year(f"{PLAIN}\n    holidays: 2026-12-25\n    exceptions: {{2026-12-25: 08:00-12:00}}"))
    assert odd.kind == "short day"
    assert odd.says[0].endswith("though a holiday: an exception is stronger")


def test_the_day_between_a_holiday_and_the_weekend_is_a_bridge() -> None:
    rehearsal = year(f"{PLAIN}\n    holidays: [2026-01-01, 2026-05-06, 2026-11-26]")
    assert [odd.day for odd in rehearsal.days if odd.kind == "bridge day"] == [date(2026, 1, 2), date(2026, 11, 27)]


def test_where_one_region_is_closed_and_another_open_time_goes_on_counting() -> None:
    regions = f"""regions:
      - {{zone: Europe/London, weekly: {{monday-friday: 09:00-17:00}}, holidays: [2026-08-31]}}
      - {{zone: America/New_York, {PLAIN}}}"""
    rehearsal = year(regions)
    (odd,) = on("2026-08-31", rehearsal)
    assert odd.says == ("office: Europe/London: closed", "office: open elsewhere, so time goes on counting there")
    assert {odd.day.isoformat() for odd in rehearsal.days if odd.kind == "clocks forward"} == {
        "2026-03-08",
        "2026-03-29",
    }


def test_what_opened_the_evening_before_a_holiday_goes_on() -> None:
    (odd,) = on("2026-05-05", year("weekly: {every day: 22:00-06:00}\n    holidays: [2026-05-05]"))
    assert odd.says == ("office: closed", "office: what opened on Mon goes on to its end")


def test_christmas_beside_a_weekend_is_a_long_closure_and_an_ordinary_weekend_is_none() -> None:
    rehearsal = year(f"{PLAIN}\n    holidays: [2026-12-25, 2026-12-28]")
    (closure,) = rehearsal.closures
    assert (reads(closure.start), reads(closure.end)) == ("Thu 2026-12-24 17:00:00 CST", "Tue 2026-12-29 08:00:00 CST")
    assert closure.ordinarily == timedelta(days=2, hours=15)
    assert rehearsal.longest_closure == closure


def test_hours_around_the_clock_have_a_long_closure_only_where_a_holiday_closes_them() -> None:
    closures = year("weekly: around the clock\n    holidays: [2026-12-25]").closures
    assert [(closure.calendar.name, closure.length) for closure in closures] == [("office", timedelta(days=1))]


def test_a_report_at_the_closing_before_christmas_waits_longest() -> None:
    rehearsal = year(f"{PLAIN}\n    holidays: [2026-12-25, 2026-12-28]")
    assert longest(rehearsal, "gold", 3) == (
        "Thu 2026-12-24 17:00:00 CST",
        "Tue 2026-12-29 16:00:00 CST",
        timedelta(days=4, hours=23),
    )
    assert window(rehearsal, "gold", 3).usually == timedelta(days=2, hours=23)
    assert window(rehearsal, "gold", 3).is_odd


def test_around_the_clock_nothing_takes_longer_than_it_says() -> None:
    found = window(year(PLAIN), "gold", 1)
    assert found.usually == timedelta(hours=2)
    assert not found.is_odd


def test_without_holidays_the_weekend_of_the_clocks_takes_an_hour_more() -> None:
    found = window(year(PLAIN), "basic", 1)
    assert found.usually is not None
    assert longest(year(PLAIN), "basic", 1)[2] - found.usually == timedelta(hours=1)


def test_what_holds_in_some_circumstances_is_rehearsed_too() -> None:
    variant = "    variants:\n      - when: {product: gateway}\n        acknowledgement: {3: {within: 40h}}\n"
    file = open_policy(SMALL + variant)
    found = [w for w in rehearse(file.policy, YEAR).windows if w.when]
    assert [(w.when, w.severity.number, str(w.target.within)) for w in found] == [("For gateway", 3, "40 h")]


def test_months_end_on_the_same_day_of_the_month_or_its_last() -> None:
    assert months_from(date(2026, 1, 31), 1) == Period(date(2026, 1, 31), date(2026, 2, 28))
    assert months_from(date(2026, 12, 24), 12) == Period(date(2026, 12, 24), date(2027, 12, 24))


@pytest.mark.parametrize(("first", "months"), [((2026, 1, 1), 0), ((2026, 1, 1), 61), ((1990, 1, 1), 12)])
def test_months_that_nobody_knows_are_refused(first: tuple[int, int, int], months: int) -> None:
    with pytest.raises(UnsoundPeriod, match=r"a rehearsal (takes 1 to 60 months|begins in a year from 1991 to 2094)"):
        months_from(date(*first), months)
