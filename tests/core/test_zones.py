"""Local times mean instants by the zone data of the pinned package, also where the wall clock jumps."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.core.wall_clocks import at
from watchkeeper.core.zones import UnknownZone, closing, local_time, offset_changes, opening, zone


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_skipped_time_opens_and_closes_at_the_end_of_the_gap() -> None:
    jump = datetime(2026, 3, 8, 8, tzinfo=UTC)
    assert opening(local("2026-03-08 02:30"), "America/Chicago") == jump
    assert closing(local("2026-03-08 02:30"), "America/Chicago") == jump


def test_a_repeated_time_opens_at_its_first_and_closes_at_its_second_coming() -> None:
    assert opening(local("2026-11-01 01:30"), "America/Chicago") == at("2026-11-01 01:30")
    assert closing(local("2026-11-01 01:30"), "America/Chicago") == at("2026-11-01 01:30+")


def test_a_closing_at_the_hour_that_the_clock_falls_back_to_is_its_first_coming() -> None:
    # at 02:00 the clock reads 01:00 again, which is not before 01:00
    assert closing(local("2026-11-01 01:00"), "America/Chicago") == at("2026-11-01 01:00")


def test_lord_howe_moves_by_half_an_hour() -> None:
    assert opening(local("2026-10-04 02:15"), "Australia/Lord_Howe") == at("2026-10-04 02:30", "Australia/Lord_Howe")
    assert closing(local("2026-04-05 01:45"), "Australia/Lord_Howe") == at("2026-04-05 01:45+", "Australia/Lord_Howe")


def test_kathmandu_is_five_hours_and_three_quarters_ahead() -> None:
    assert opening(local("2026-05-01 08:00"), "Asia/Kathmandu") == datetime(2026, 5, 1, 2, 15, tzinfo=UTC)


def test_the_day_that_apia_skipped_begins_and_ends_at_once() -> None:
    skipped = datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert opening(local("2011-12-30 08:00"), "Pacific/Apia") == skipped
    assert closing(local("2011-12-30 17:00"), "Pacific/Apia") == skipped
    assert opening(local("2011-12-31 00:00"), "Pacific/Apia") == skipped


def test_casablanca_leaves_summer_time_for_ramadan() -> None:
    assert [change.at for change in offset_changes("Africa/Casablanca", 2025)] == [
        local("2025-02-23 02:00"),
        local("2025-04-06 02:00"),
    ]


def test_rules_go_on_after_the_last_written_change() -> None:
    assert opening(local("2099-07-01 08:00"), "America/Chicago") == datetime(2099, 7, 1, 13, tzinfo=UTC)
    assert opening(local("2100-01-04 08:00"), "America/Chicago") == datetime(2100, 1, 4, 14, tzinfo=UTC)


def test_local_time_is_what_the_wall_clock_reads() -> None:
    assert local_time(datetime(2026, 7, 1, 13, 30, tzinfo=UTC), "America/Chicago") == local("2026-07-01 08:30")


def test_an_unknown_zone_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(
        UnknownZone, match='"America/Chigaco" is not an IANA zone; write a name such as America/Chicago'
    ):
        zone("America/Chigaco")


def test_a_path_is_no_zone() -> None:
    with pytest.raises(UnknownZone):
        zone("../zones")


def test_zone_data_come_from_the_package_and_not_from_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONTZPATH", "/nowhere")
    zone.cache_clear()
    assert zone("America/Chicago").utcoffset(local("2026-07-01")) == timedelta(hours=-5)
