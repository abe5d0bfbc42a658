"""Days that come every year close the hours that name them, in every year."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.policy_text import changed, problems, read
from watchkeeper.core.policy_file.yearly import in_all_years, yearly


def days(written: str, year: int) -> list[str]:
    return sorted(f"{day:%m-%d}" for day in in_all_years([yearly(written)]) if day.year == year)


@pytest.mark.parametrize(
    ("written", "year", "expected"),
    [
        ("12-24", 2026, ["12-24"]),
        ("12-30 - 01-02", 2026, ["01-01", "01-02", "12-30", "12-31"]),
        ("12-30 to 12-31", 2027, ["12-30", "12-31"]),
        ("02-29", 2028, ["02-29"]),
        ("02-29", 2027, []),
        ("first monday of january", 2026, ["01-05"]),
        ("4th thursday of november", 2026, ["11-26"]),
        ("Day after 4th Thursday in November", 2026, ["11-27"]),
        ("last monday of may", 2026, ["05-25"]),
        ("last monday of may", 2027, ["05-31"]),
        ("last thursday of december", 2026, ["12-31"]),
    ],
)
def test_a_yearly_day_is_found_in_each_year(written: str, year: int, expected: list[str]) -> None:
    assert days(written, year) == expected


def test_yearly_days_close_the_hours_beside_holidays_and_dates() -> None:
    policy = read("published_as: Office Hours", "holidays: [2026-03-02, 12-24, day after 4th thursday of november]")
    closed = policy.level("basic").operating.hours.schedules[0].holidays
    assert {date(2026, 3, 2), date(2026, 12, 24), date(2027, 12, 24), date(2026, 11, 27)} <= closed
    assert date(2026, 11, 28) not in closed


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("13-01", '"13-01" holds no day in 13-01; write month-day, as 12-24'),
        ("12-28 - 02-30", "holds no day in 02-30"),
        (
            "5th monday of may",
            '"5th monday of may" is no day of a month; write 4th thursday of november, by one of first',
        ),
        ("last monday of mai", '"last monday of mai" is no day of a month'),
        ("last mondey of may", '"mondey" names no days'),
        (
            "some day",
            '"some day" is neither a date, as 2026-12-24, nor a day of every year, as 12-24 or last monday of may',
        ),
    ],
)
def test_a_mistake_in_a_yearly_day_is_named(written: str, said: str) -> None:
    (problem,) = problems(changed("published_as: Office Hours", f"holidays: [{written}]"))
    assert problem.startswith("hours.office.holidays: ")
    assert said in problem
