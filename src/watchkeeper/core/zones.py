"""IANA zones from the pinned tzdata package, and which instants their local times mean.

The host's own zone files are never read: they differ from the package for whole years in some zones, and a deadline
must not depend on the machine. Local times here are naive datetimes, and this is the only room where those occur.
"""

from __future__ import annotations

import pkgutil
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)

# Since 1900 no zone has changed its offset twice within six days (a test reads all of tzdata to say so): samples this
# far apart see every change, and each one alone.
_SAMPLE_DAYS = 4


class UnknownZone(ValueError):
    """A name that the pinned tzdata package does not have."""

    def __init__(self, given: str) -> None:
        super().__init__(f'"{given}" is not an IANA zone; write a name such as {_like(given)}')


@cache
def zone_names() -> frozenset[str]:
    """Every zone name of the pinned tzdata package."""
    return frozenset(_resource("zones").decode("ascii").split())


@cache
def countries_of(key: str) -> tuple[str, ...]:
    """The ISO codes of the countries that keep a zone, the one it is named for first; none for UTC and old names."""
    rows = (row.split("\t") for row in _resource("zoneinfo/zone1970.tab").decode().splitlines() if row[:1] != "#")
    return next((tuple(row[0].split(",")) for row in rows if row[2] == key), ())


@cache
def zone(key: str) -> ZoneInfo:
    """The zone of that name, from the tzdata package alone. Raises UnknownZone."""
    if key not in zone_names():
        raise UnknownZone(key)
    return ZoneInfo.from_file(BytesIO(_resource(f"zoneinfo/{key}")), key=key)


def midnight(day: date) -> datetime:
    """The local time at which a date begins, naive."""
    return datetime.combine(day, time())


def local_time(instant: datetime, key: str) -> datetime:
    """The wall-clock time of an instant in a zone, naive."""
    return instant.astimezone(zone(key)).replace(tzinfo=None, fold=0)


def opening(local: datetime, key: str) -> datetime:
    """The first instant whose local time in the zone is at or after ``local``, in UTC."""
    return wall_clock(key, local.year).opening(local)


def closing(local: datetime, key: str) -> datetime:
    """The end of the last instants whose local time in the zone is before ``local``, in UTC."""
    return wall_clock(key, local.year).closing(local)


class OffsetChange(NamedTuple):
    """A zone's offset from UTC changes at ``at``, a naive UTC time."""

    at: datetime
    before: timedelta
    after: timedelta


@lru_cache(maxsize=4096)
def offset_changes(key: str, year: int) -> tuple[OffsetChange, ...]:
    """Every change of the zone's offset in that local year, oldest first."""
    first, last = midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))
    samples = [*(first + timedelta(days=n) for n in range(0, 365, _SAMPLE_DAYS)), last]
    offsets = [_offset(zone(key), sample) for sample in samples]
    return tuple(
        _change_between(zone(key), samples[n], samples[n + 1])
        for n, (before, after) in enumerate(pairwise(offsets))
        if before != after
    )


def _change_between(zone: ZoneInfo, low: datetime, high: datetime) -> OffsetChange:
    """The only change between two local times, to the second."""
    before, after = _offset(zone, low), _offset(zone, high)
    seconds = range((high - low) // _SECOND)
    turn = bisect_left(seconds, True, key=lambda s: _offset(zone, low + s * _SECOND) != before)
    return OffsetChange(low + turn * _SECOND - max(before, after), before, after)


def _offset(zone: ZoneInfo, local: datetime) -> timedelta:
    """The offset at a local time; where it is skipped or repeated, the one before the change (PEP 495)."""
    return zone.utcoffset(local) or timedelta()


_EVER, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WallClock:
    """The wall clock of a zone through some years: stretches of constant offset, one after the other.

    An instant is found by how far its local time lies from what the clock, had it always had that offset, read at the
    Unix epoch: an addition where replacing a naive datetime's zone would cost ten times as much.
    """

    __slots__ = ("_begins_at", "_read_at_epoch", "_reads_at_end", "_reads_at_start")

    def __init__(self, changes: Sequence[OffsetChange], offset: timedelta) -> None:
        """``offset`` holds when there are no ``changes``."""
        offsets = [changes[0].before if changes else offset, *(change.after for change in changes)]
        self._begins_at = [_EVER, *(change.at.replace(tzinfo=UTC) for change in changes), _NEVER]
        self._read_at_epoch = [midnight(_EPOCH.date()) + offset for offset in offsets]
        self._reads_at_start = [midnight(date.min), *(change.at + change.after for change in changes)]
        self._reads_at_end = [*(change.at + change.before for change in changes), midnight(date.max)]

    def opening(self, local: datetime) -> datetime:
        """The first instant that reads ``local`` or later: the end of the gap if skipped, the first if repeated."""
        stretch = bisect_right(self._reads_at_end, local)
        instant = _EPOCH + (local - self._read_at_epoch[stretch])
        begins_at = self._begins_at[stretch]
        return instant if instant > begins_at else begins_at

    def closing(self, local: datetime) -> datetime:
        """The end of the instants that read less than ``local``: the gap if skipped, the second if repeated."""
        stretch = bisect_left(self._reads_at_start, local) - 1
        instant = _EPOCH + (local - self._read_at_epoch[stretch])
        ends_at = self._begins_at[stretch + 1]
        return instant if instant < ends_at else ends_at


@lru_cache(maxsize=4096)
def wall_clock(key: str, year: int) -> WallClock:
    """The zone's wall clock, right for every local time in that year and two weeks around it."""
    changes = [change for near in (year - 1, year, year + 1) for change in offset_changes(key, near)]
    return WallClock(changes, _offset(zone(key), midnight(date(year, 1, 1))))


def _resource(name: str) -> bytes:
    content = pkgutil.get_data("tzdata", name)
    if content is None:
        raise FileNotFoundError(f"the tzdata package cannot be read: {name}")
    return content


def _like(given: str) -> str:
    from difflib import get_close_matches  # its import costs more than the rest of this file, and is rarely needed

    near = get_close_matches(given, zone_names(), n=3, cutoff=0.6)
    return ", ".join(near) or "America/Chicago, Europe/Berlin or UTC"
