"""Examples that go through years of days or a whole file of them, and so take longer than an example should."""

from datetime import date

import pytest

from tests.core.policy_text import changed
from tests.core.wall_clocks import at, hours
from watchkeeper.core.clock import NeverDue, business_days_due_at
from watchkeeper.core.hours import DatedException, Hours, Schedule
from watchkeeper.core.policy_file import open_policy
from watchkeeper.core.policy_file.editing import CannotEdit
from watchkeeper.core.policy_file.tree import LARGEST
from watchkeeper.core.policy_file.unwise import unwise
from watchkeeper.core.policy_file.written_out import with_dates


def test_working_days_that_run_out_are_never_due() -> None:
    once = Hours((Schedule("UTC", (), exceptions=(DatedException(date(2026, 3, 6), ((hours(8), hours(17)),)),)),))
    with pytest.raises(NeverDue, match="ten years after 2026-03-06T17:00:00"):
        business_days_due_at(once, at("2026-03-01", "UTC"), 1)


def test_a_window_that_outlasts_the_calendar_is_remarked_on() -> None:
    text = changed("2: {within: 4h}", "2: {within: 80000h, hours: rare}").replace(
        "hours:\n", "hours:\n  rare: {weekly: {monday: 08:00-08:01}}\n", 1
    )
    assert "take longer than the calendar lasts" in str(unwise(open_policy(text))[0])


def test_dates_written_out_that_would_be_longer_than_a_file_may_be_is_refused() -> None:
    text = changed("    published_as: Office Hours", "    holidays: US")
    days = [date.fromordinal(700_000 + number) for number in range(LARGEST // 10)]
    with pytest.raises(CannotEdit, match=r"hours\.office\.holidays: the file has .* characters; a policy has at most"):
        with_dates(text, {"US": days})
