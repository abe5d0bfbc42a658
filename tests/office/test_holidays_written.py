"""Holidays written into a policy's text: one a line, its name beside it, whatever form the file has; nothing else
changes."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.policy_text import SMALL, changed
from watchkeeper.core.holiday_calendars.reading import NamedDay
from watchkeeper.core.holiday_calendars.written import with_holidays
from watchkeeper.core.policy_file import read_policy
from watchkeeper.core.policy_file.paths import CannotEdit
from watchkeeper.core.rehearsal import names_written

DAYS = [NamedDay(date(2026, 12, 25), "Christmas: #1"), NamedDay(date(2026, 12, 28), "")]
OFFICE = ("hours", "office")
AFTER = "    published_as: Office Hours\n"


def with_line(line: str) -> str:
    return changed(AFTER, f"    {line}\n{AFTER}")


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("holidays: US", "holidays:\n      - US\n      - 2026-12-25  # Christmas: #1\n      - 2026-12-28\n"),
        (
            "holidays: [US]  # ours",
            "holidays:  # ours\n      - US\n      - 2026-12-25  # Christmas: #1\n      - 2026-12-28\n",
        ),
        ("holidays: []", "holidays:\n      - 2026-12-25  # Christmas: #1\n      - 2026-12-28\n"),
        (
            "holidays:\n    - US  # ours\n    # these too",
            "holidays:\n    - US  # ours\n    - 2026-12-25  # Christmas: #1\n    - 2026-12-28\n    # these too\n",
        ),
        (
            "holidays: [US,  # ours\n      2026-11-26]",
            "holidays: [US,  # ours\n      2026-11-26,\n"
            "      2026-12-25,  # Christmas: #1\n      2026-12-28\n      ]\n",
        ),
    ],
)
def test_each_holiday_stands_on_a_line_of_its_own_with_its_name(line: str, written: str) -> None:
    before = with_line(line)
    assert with_holidays(before, OFFICE, DAYS) == before.replace(f"{line}\n", written)


def test_a_calendar_without_holidays_gets_some_at_its_end() -> None:
    added = "    holidays:\n      - 2026-12-25  # Christmas: #1\n      - 2026-12-28\n"
    assert with_holidays(SMALL, OFFICE, DAYS) == SMALL.replace(AFTER, AFTER + added)


def test_a_calendar_between_brackets_keeps_them() -> None:
    flow = SMALL.replace('office:\n    weekly: {monday-friday: "08:00-17:00"}\n', "office: {").replace(
        "    published_as: Office Hours", '    weekly: {monday-friday: "08:00-17:00"}}'
    )
    made = with_holidays(flow, OFFICE, DAYS)
    assert "holidays: [\n    2026-12-25,  # Christmas: #1\n    2026-12-28\n    ]}" in made


@pytest.mark.parametrize("text", [SMALL, with_line("holidays: [US]"), SMALL.replace("\n", "\r\n")])
def test_what_is_written_is_read_and_is_called_by_its_name(text: str) -> None:
    made = with_holidays(text, OFFICE, DAYS)
    (schedule,) = read_policy(made).operating["office"].hours.schedules
    assert {day for day, _ in DAYS} <= schedule.holidays
    assert names_written(made) == {"2026-12-25": "Christmas: #1"}


def test_hours_around_the_clock_in_one_word_have_no_place_for_them() -> None:
    with pytest.raises(CannotEdit, match="always"):
        with_holidays(SMALL, ("hours", "always"), DAYS)


def test_a_name_that_would_be_more_than_a_comment_is_refused() -> None:
    with pytest.raises(CannotEdit, match="change it by hand"):
        with_holidays(SMALL, OFFICE, [NamedDay(date(2026, 12, 25), "x\n      - 2027-01-01")])
