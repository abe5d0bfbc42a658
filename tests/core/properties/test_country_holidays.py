"""A country's holidays in a policy. They come from a library that takes longer to load than an example should."""

from datetime import date, timedelta

import pytest

from tests.core.policy_text import changed, problems, read
from tests.core.wall_clocks import at
from watchkeeper.core.clock import counted
from watchkeeper.core.policy_file import open_policy


def test_a_countrys_holidays_are_resolved_to_dates_with_the_observed_days() -> None:
    file = open_policy(changed("    published_as: Office Hours", "    holidays: US"))
    assert date(2026, 7, 4) in file.holidays["US"]
    assert date(2026, 7, 3) in file.holidays["US"], "a Saturday's holiday is observed on Friday"
    office = file.policy.operating["office"].hours
    assert counted(office, at("2026-01-01", "UTC"), at("2026-01-02", "UTC")) == timedelta()


def test_a_regions_holidays_are_its_countrys_and_its_own() -> None:
    file = open_policy(changed("    published_as: Office Hours", "    holidays: [DE-BY]"))
    assert date(2026, 1, 6) in file.holidays["DE-BY"], "Epiphany is a holiday in Bavaria"


def test_holidays_that_a_library_knows_for_some_years_only_are_remarked_on() -> None:
    file = open_policy(changed("    published_as: Office Hours", "    holidays: IN"))
    assert "available only from" in file.remarks[0]


def test_a_countrys_holidays_stand_beside_dates_and_days_of_every_year() -> None:
    policy = read("published_as: Office Hours", "holidays: [US, 2026-03-02, 12-24]")
    closed = policy.level("basic").operating.hours.schedules[0].holidays
    assert {date(2026, 3, 2), date(2026, 7, 4), date(2026, 12, 24), date(2027, 12, 24)} <= closed


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("XX", '"XX" is a country without known holidays; write an ISO 3166 code'),
        ("DE-XX", '"DE-XX" is no region of DE; it has BB, BE'),
        ("VA-AB", "VA has no regions with holidays of their own; write VA alone"),
    ],
)
def test_a_place_without_known_holidays_is_named_with_its_remedy(written: str, said: str) -> None:
    found = problems(changed("published_as: Office Hours", f"holidays: {written}"))
    assert any(said in problem for problem in found), found
