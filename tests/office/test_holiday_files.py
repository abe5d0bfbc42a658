"""Calendars of holidays that people have: what is taken from an iCalendar file and from bank holidays, what is not, and
what is refused with its line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from watchkeeper.core.holiday_calendars.bank_holidays import read_bank_holidays
from watchkeeper.core.holiday_calendars.icalendar_file import read_icalendar
from watchkeeper.core.holiday_calendars.reading import LARGEST, Reading, Unreadable
from watchkeeper.office.holidays.limited import read_limited

UNTIL = date(2031, 12, 31)


def file_of(*events: str) -> bytes:
    """Events of a few words a line: ``DTSTART:20261224|SUMMARY:Christmas Eve``."""
    lines = ["BEGIN:VCALENDAR"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(*events: str) -> Reading:
    return read_icalendar(file_of(*events), until=UNTIL)


def days(*events: str) -> list[str]:
    return [f"{day} {name}".strip() for day, name in read(*events).days]


def why_not(*events: str) -> str:
    reading = read(*events)
    assert not reading.days
    (not_taken,) = reading.not_taken
    assert not_taken.line == 2
    return not_taken.why


ALL_DAY = "SUMMARY:Eve|DTSTART;VALUE=DATE:20261224"


def test_a_day_is_taken_with_its_name() -> None:
    assert days(ALL_DAY) == ["2026-12-24 Eve"]


def test_an_event_of_several_days_is_all_of_them_and_its_end_is_none() -> None:
    assert days(f"{ALL_DAY}|DTEND;VALUE=DATE:20261227") == ["2026-12-24 Eve", "2026-12-25 Eve", "2026-12-26 Eve"]
    assert days(f"{ALL_DAY}|DURATION:P2D") == ["2026-12-24 Eve", "2026-12-25 Eve"]


def test_a_day_that_recurs_is_taken_up_to_the_last_day_asked_for() -> None:
    reading = read(f"{ALL_DAY}|RRULE:FREQ=YEARLY")
    assert [day.year for day, _ in reading.days] == [2026, 2027, 2028, 2029, 2030, 2031]
    assert reading.is_endless
    assert not read(f"{ALL_DAY}|RRULE:FREQ=YEARLY;COUNT=3").is_endless


def test_an_occurrence_is_moved_renamed_left_out_cancelled_or_added() -> None:
    yearly = "UID:a|SUMMARY:Day|DTSTART;VALUE=DATE:20260101|RRULE:FREQ=YEARLY;COUNT=4"
    moved = "UID:a|SUMMARY:Day (moved)|DTSTART;VALUE=DATE:20270104|RECURRENCE-ID;VALUE=DATE:20270101"
    gone = "UID:a|SUMMARY:Day|STATUS:CANCELLED|DTSTART;VALUE=DATE:20280101|RECURRENCE-ID;VALUE=DATE:20280101"
    more = "EXDATE;VALUE=DATE:20290101|RDATE;VALUE=DATE:20260102,20260105"
    assert days(f"{yearly}|{more}", moved, gone) == [
        "2026-01-01 Day",
        "2026-01-02 Day",
        "2026-01-05 Day",
        "2027-01-04 Day (moved)",
    ]


def test_two_names_of_one_day_stand_beside_each_other() -> None:
    assert days(ALL_DAY, "SUMMARY:Closed|DTSTART;VALUE=DATE:20261224", ALL_DAY) == ["2026-12-24 Eve / Closed"]


def test_two_events_of_one_name_by_mistake_are_two() -> None:
    assert days(f"UID:1|{ALL_DAY}", "UID:1|SUMMARY:Other|DTSTART;VALUE=DATE:20270101") == [
        "2026-12-24 Eve",
        "2027-01-01 Other",
    ]


@pytest.mark.parametrize("zone", ["", ";TZID=Europe/Berlin", ";TZID=Nowhere/Land"])
def test_from_midnight_to_midnight_on_its_own_wall_clock_is_a_whole_day(zone: str) -> None:
    event = f"SUMMARY:Eve|DTSTART{zone}:20261224T000000|DTEND{zone}:20261225T000000"
    assert days(f"{event}|RRULE:FREQ=YEARLY;UNTIL=20271231T235959Z") == ["2026-12-24 Eve", "2027-12-24 Eve"]


def test_a_line_that_is_cut_anywhere_is_put_together_even_within_a_letter() -> None:
    content = file_of("SUMMARY:Ann|DTSTART;VALUE=DATE:20261224").replace(b"Ann", "Año".encode())
    cut = content.replace("ñ".encode(), b"\xc3\r\n \xb1")
    assert [name for _, name in read_icalendar(cut, until=UNTIL).days] == ["Año"]


def test_a_name_is_one_line_of_what_can_be_printed() -> None:
    assert days("SUMMARY:A\\nB\\, C\u202e \x07D|DTSTART;VALUE=DATE:20261224") == ["2026-12-24 A B, C D"]
    (name,) = (name for _, name in read(f"SUMMARY:{'x' * 500}|DTSTART;VALUE=DATE:20261224").days)
    assert len(name) == 80


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("DTSTART:20261224T130000", "begins at 13:00; taken are whole days. Hours of a day are an exception"),
        ("DTSTART:20261224T000000Z", "begins at an instant in UTC, which is no date"),
        ("DTSTART;VALUE=DATE:20261224|DTEND:20261224T120000", "ends at 12:00; taken are whole days"),
        ("DTSTART;VALUE=DATE:20261224|DURATION:PT4H", 'ends at "PT4H", which is no date from its beginning on'),
        ("DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261220", "which is no date from its beginning on"),
        ("DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20280101", "lasts 373 days; a holiday lasts at most 31"),
        ("DTSTART;VALUE=DATE:20261224|DTSTART;VALUE=DATE:20261225", "begins or ends twice"),
        ("DTSTART;VALUE=DATE:20261324", 'says "20261324", which is no date'),
        ("DTSTART;VALUE=DATE:16010101", "begins in the year 1601; taken are 1900 to 2200"),
        ("SUMMARY:nothing else", "has no beginning that is a date"),
        ("DTSTART;VALUE=DATE:20261224|STATUS:CANCELLED", "is cancelled"),
        ("DTSTART;VALUE=DATE:20261224|RRULE:FREQ=DAILY", "recurs without an end, daily"),
        ("DTSTART;VALUE=DATE:20261224|RRULE:FREQ=SECONDLY;COUNT=9", "a holiday recurs by the day, week, month or year"),
        ("DTSTART;VALUE=DATE:20261224|RRULE:FREQ=YEARLY;INTERVAL=0", "whose interval is no number from 1 on"),
        ("DTSTART;VALUE=DATE:20261224|RRULE:FREQ=OFTEN", "which is no rule"),
        ("DTSTART;VALUE=DATE:20261224|RRULE:FREQ=YEARLY;FOO=1", "recurs so that it cannot be followed"),
        ("DTSTART;VALUE=DATE:20261224|EXRULE:FREQ=YEARLY", "leaves days out by a rule (EXRULE)"),
    ],
)
def test_what_is_no_whole_day_is_not_taken_and_says_why(event: str, why: str) -> None:
    assert why in why_not(event)


def test_what_is_taken_of_an_event_in_part_says_so() -> None:
    reading = read("SUMMARY:Some|RDATE;VALUE=DATE:20260102,20260105|RDATE:20260107T083000Z")
    assert [day for day, _ in reading.days] == [date(2026, 1, 2), date(2026, 1, 5)]
    assert reading.not_taken[0].why == "comes 1× more, at times that are no whole days"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", "line 1: is no iCalendar file in UTF-8; one begins with BEGIN:VCALENDAR"),
        (b"<!doctype html>", "line 1: is no iCalendar file"),
        (file_of(ALL_DAY).replace(b"SUMMARY:Eve", b"SUMMARY;;X:Eve"), 'line 3: "SUMMARY;;X:Eve" is no property'),
        (file_of(ALL_DAY).replace(b"Eve", b"Caf\xe9"), "line 3: holds bytes that are not UTF-8"),
        (file_of(ALL_DAY)[:60], "line 2: VEVENT begins and never ends; the file is cut"),
        (
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
            'line 3: "VCALENDAR" ends, and VEVENT, begun in line 2, is',
        ),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\nSUMMARY:x\n", "line 3: an iCalendar file begins with BEGIN:VCALENDAR"),
        (file_of(*["SUMMARY:x"] * 5_001), "line 15002: there are more than 5,000 events"),
        (file_of(*[f"{ALL_DAY}|DURATION:P31D"] * 200), "holds more than 5,000 days"),
        (b"x" * (LARGEST + 1), "the file has 1,000,001 bytes; a calendar of holidays has at most 1,000,000"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(content: bytes, refusal: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_limited(content, until=UNTIL)
    assert refusal in str(refused.value)


def test_rules_that_take_for_ever_end_the_reading_and_not_the_desk() -> None:
    never = "DTSTART;VALUE=DATE:20260101|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    with pytest.raises(Unreadable, match="takes too long or too much to work out"):
        read_limited(file_of(*[never] * 400), until=UNTIL)


def test_in_its_own_process_a_file_reads_the_same() -> None:
    content = file_of(f"{ALL_DAY}|RRULE:FREQ=YEARLY", "SUMMARY:Café|DTSTART:20261224T130000")
    assert read_limited(content, until=UNTIL) == read_icalendar(content, until=UNTIL)


NEW_YEAR = {"title": "bank_holidays.new_year", "date": "02/01/2027", "notes": "common.substitute_day"}
FIRST_FORM = {"divisions": {"scotland": {"2027": [NEW_YEAR]}, "england-and-wales": {"2027": []}}}
SECOND_FORM = {"scotland": {"division": "scotland", "events": [{"title": "Burns", "date": "2027-01-25", "notes": ""}]}}


@pytest.mark.parametrize(
    ("said", "found"),
    [(FIRST_FORM, "2027-01-02 New Year, substitute day"), (SECOND_FORM, "2027-01-25 Burns")],
)
def test_bank_holidays_are_read_by_division_in_either_form(said: object, found: str) -> None:
    reading = read_bank_holidays(json.dumps(said).encode(), division="scotland")
    assert [f"{day} {name}" for day, name in reading.days] == [found]
    assert reading.title == "Bank holidays, Scotland"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b'{"a":\n1,,}', "line 2: is no JSON"),
        (b"[1]", "is JSON of something else; bank holidays have divisions"),
        (b"[" * 100_000, "is no JSON in UTF-8"),
        (b"{}", "has no days of Scotland; choose among none that is known"),
        (json.dumps({"england-and-wales": {}}).encode(), "has no days of Scotland; choose among England and Wales"),
        (b'{"scotland": {"events": [{"title": "x"}]}}', "has an entry without a date"),
        (b'{"scotland": {"events": [{"date": "soon"}]}}', '"soon" is no date; write 2026-12-25 or 25/12/2026'),
    ],
)
def test_bank_holidays_that_cannot_be_read_are_refused(content: bytes, refusal: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_limited(content, until=UNTIL, division="scotland")
    assert refusal in str(refused.value)
