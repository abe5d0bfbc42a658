"""A year of a policy that names countries, whose library takes its time to be imported."""

from __future__ import annotations

from tests.core.language.test_rehearsal import PLAIN, on, year


def test_holidays_of_a_country_have_their_names() -> None:
    (odd,) = on("2026-11-26", year(f"{PLAIN}\n    holidays: US"))
    assert (odd.kind, odd.name, odd.calendars) == ("holiday", "Thanksgiving Day", ("office",))


def test_a_holiday_on_a_closed_day_changes_nothing_and_is_not_odd() -> None:
    assert not on("2026-07-04", year(f"{PLAIN}\n    holidays: US")), "a Saturday"
    assert on("2026-07-03", year(f"{PLAIN}\n    holidays: US"))[0].name == "Independence Day (observed)"


def test_a_holiday_of_some_regions_only_is_told_once_for_the_country() -> None:
    (_, odd) = on("2026-06-04", year(f"zone: Europe/Berlin\n    {PLAIN}\n    holidays: [DE-BY, DE-BE]"))
    assert (odd.kind, odd.name) == ("some regions", "Corpus Christi")
    assert odd.says == ("a holiday in DE-BY, not in DE-BE",)
