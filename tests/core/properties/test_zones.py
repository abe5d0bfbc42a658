"""What the zone data itself says about every zone there is."""

import struct
from datetime import UTC, datetime
from importlib.resources import files
from itertools import pairwise

import pytest

from tests.core.oracle import distinct_zones
from watchkeeper.core.zones import offset_changes, zone_names

pytestmark = pytest.mark.property


def test_no_zone_changes_its_offset_twice_within_six_days() -> None:
    """Changes are looked for four days apart with a day of slack on both sides, which needs this to be true."""
    since_1900 = int(datetime(1900, 1, 1, tzinfo=UTC).timestamp())
    for name in zone_names():
        for (earlier, _), (later, _) in pairwise(written_changes(name)):
            assert later < since_1900 or later - earlier > 6 * 86_400, name


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
