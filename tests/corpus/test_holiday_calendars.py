"""Calendars that others publish, each taken as its index says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from watchkeeper.core.holiday_calendars.bank_holidays import DIVISIONS, read_bank_holidays
from watchkeeper.core.holiday_calendars.country import read_country
from watchkeeper.core.holiday_calendars.icalendar_file import read_icalendar
from watchkeeper.core.holiday_calendars.reading import Reading, Unreadable

CALENDARS = "data/ics"
UNTIL = date(2031, 12, 31)
TIMED = ("begins at", "ends at")


def read(shared: Path, name: str) -> Reading:
    return read_icalendar((shared / CALENDARS / name).read_bytes(), until=UNTIL)


def spans(reading: Reading) -> tuple[int, str, str]:
    return len(reading.days), reading.days[0].day.isoformat(), reading.days[-1].day.isoformat()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("holidays-UKHolidays-EnglandWales.ics", (80, "2021-01-01", "2030-12-26")),
        ("holidays-IsraelHolidays.ics", (79, "2010-01-30", "2011-12-28")),
        ("holidays-QueenslandHolidays.ics", (46, "2011-01-01", "2014-12-26")),
        ("holidays-autogen-GermanHolidays.ics", (58, "2025-01-01", "2027-12-26")),
        ("holidays-autogen-IndiaHolidays.ics", (44, "2025-01-26", "2027-12-25")),
    ],
)
def test_calendars_of_holidays_are_taken_whole(shared: Path, name: str, expected: tuple[int, str, str]) -> None:
    reading = read(shared, name)
    assert spans(reading) == expected
    assert reading.not_taken == ()
    assert all(name for _, name in reading.days)


def test_the_uk_calendar_and_the_library_agree_on_every_working_day_that_no_monarch_moved(shared: Path) -> None:
    """In 2022 and 2023 days were added and moved when the calendar had been published."""
    theirs = {day for day, _ in read(shared, "holidays-UKHolidays-EnglandWales.ics").days}
    known = {day for day, _ in read_country("GB", "ENG", ["public"], range(2021, 2031)).days}
    working = {day for day in theirs ^ known if day.weekday() < 5}
    assert {day.year for day in working} == {2022, 2023}
    assert date(2022, 9, 19) in known - theirs


def test_the_json_of_bank_holidays_agrees_with_the_calendar_of_the_same_days(shared: Path) -> None:
    content = (shared / CALENDARS / "uk-bank-holidays-by-division.json").read_bytes()
    england, scotland, ireland = (read_bank_holidays(content, division=division).days for division in DIVISIONS)
    assert [len(days) for days in (england, scotland, ireland)] == [56, 63, 70]
    of_2021 = {day for day, _ in england if day.year == 2021}
    assert of_2021 == {day for day, _ in read(shared, "holidays-UKHolidays-EnglandWales.ics").days if day.year == 2021}
    assert ("2021-11-30", "St Andrew") in [(day.isoformat(), name) for day, name in scotland]
    assert ("2021-12-27", "Christmas, substitute day") in [(day.isoformat(), name) for day, name in england]


def test_what_is_broken_is_refused_with_its_line(shared: Path) -> None:
    with pytest.raises(Unreadable, match=r'^line 4: "DTSTART;;VALUE=DATE-TIME:20140409T093000" is no property'):
        read(shared, "hard-broken_ical.ics")


@pytest.mark.parametrize(
    ("name", "line", "why"),
    [
        ("hard-america_new_york_forward_reference.ics", 2, "begins or ends twice"),
        ("hard-pacific_fiji.ics", 46, "begins or ends twice"),
        ("hard-issue_218_bad_tzid.ics", 13, "begins at 23:00; taken are whole days"),
    ],
)
def test_whatever_a_zone_is_called_an_event_with_times_is_no_holiday(
    shared: Path, name: str, line: int, why: str
) -> None:
    reading = read(shared, name)
    assert reading.days == ()
    (event,) = reading.not_taken
    assert event.line == line
    assert event.why.startswith(why)


def test_of_further_dates_those_that_are_dates_are_taken(shared: Path) -> None:
    reading = read(shared, "hard-rfc_5545_RDATE_example.ics")
    assert spans(reading) == (11, "1997-01-01", "1997-12-25")
    assert [(event.line, event.why) for event in reading.not_taken] == [
        *((line, "has no beginning that is a date") for line in (2, 6, 10, 14)),
        (24, "comes 4× more, at times that are no whole days"),
    ]


@pytest.mark.parametrize(
    ("name", "days", "shifts"),
    [
        ("oncall-calendar_with_all_day_event.ics", 2, 2),
        ("oncall-calendar_with_recurring_event.ics", 0, 1),
        ("oncall-quality.ics", 12, 20),
    ],
)
def test_shifts_of_a_rota_are_no_holidays_unless_they_last_whole_days(
    shared: Path, name: str, days: int, shifts: int
) -> None:
    reading = read(shared, name)
    assert (len(reading.days), len(reading.not_taken)) == (days, shifts)
    assert all(event.why.startswith(TIMED) for event in reading.not_taken)
