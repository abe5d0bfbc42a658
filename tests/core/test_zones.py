"""Local times mean instants by the zone data of the pinned package, also where the wall clock jumps."""

import struct
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest

from tests.core.oracle import distinct_zones
from tests.core.wall_clocks import at
from watchkeeper.core.zones import UnknownZone, closing, local_time, offset_changes, opening, zone, zone_names


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


@pytest.mark.property
def test_no_zone_changes_its_offset_twice_within_six_days() -> None:
    """Changes are looked for four days apart with a day of slack on both sides, which needs this to be true."""
    since_1900 = int(datetime(1900, 1, 1, tzinfo=UTC).timestamp())
    for name in zone_names():
        for (earlier, _), (later, _) in pairwise(written_changes(name)):
            assert later < since_1900 or later - earlier > 6 * 86_400, name


@pytest.mark.property
def test_every_written_change_of_every_zone_is_found_to_the_second() -> None:
    first, last = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1990, 2037))
    for name in distinct_zones():
        written = {(instant, offset) for instant, offset in written_changes(name) if first <= instant < last}
        years = {
            datetime.fromtimestamp(instant + hours * 3600, UTC).year for instant, _ in written for hours in (-24, 24)
        }
        found = {
            (int(change.at.replace(tzinfo=UTC).timestamp()), int(change.after.total_seconds()))
            for year in years
            for change in offset_changes(name, year)
        }
        assert written <= found, name


def written_changes(name: str) -> list[tuple[int, int]]:
    """(instant, new offset) of the changes in a zone's file, read by RFC 9636 without the help of zoneinfo."""
    content = files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    *_, leaps, times, types, characters = struct.unpack(">20x6l", content[:44])
    isut, isstd = struct.unpack(">2l", content[20:28])
    second_header = 44 + times * 5 + types * 6 + characters + leaps * 8 + isstd + isut
    times, types = struct.unpack(">2l", content[second_header + 32 : second_header + 40])
    body = second_header + 44
    instants = struct.unpack(f">{times}q", content[body : body + 8 * times])
    kinds = content[body + 8 * times : body + 9 * times]
    offsets = [struct.unpack_from(">l", content, body + 9 * times + 6 * kind)[0] for kind in range(types)]
    changes, offset = [], offsets[0]
    for instant, kind in zip(instants, kinds, strict=True):
        if offsets[kind] != offset:
            offset = offsets[kind]
            changes.append((instant, offset))
    return changes
