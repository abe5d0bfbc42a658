"""A second opinion on the clock: it steps through time and shares no code with the core.

Every minute of some weeks is asked what its local time is, and is then open or closed by the letter of the rule: a
window opens at the first minute that reads its opening or later, and closes after the last minutes that read less
than its closing. What is due is found by counting open minutes. It knows hours only by the names of their fields, and
zones only through ``zoneinfo`` and the pinned tzdata package. It is right to the microsecond for hours that open and
close on whole minutes, and slow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = 60_000_000
ONE_MINUTE = timedelta(minutes=1)
HOUR_MINUTES = 60
DAY_MINUTES = 1440

# A window lasts a week at most, and a local time lies within a day of the same reading in UTC, even where a date was
# skipped; both with some to spare.
LONGEST_WINDOW_DAYS = 9
NEARBY_DAYS = 2


def distinct_zones() -> list[str]:
    """One name for each zone of the package that has data of its own."""
    names = files("tzdata").joinpath("zones").read_text().split()
    return sorted({_zone_file(name).read_bytes(): name for name in sorted(names, reverse=True)}.values())


class BeyondTheWeeks(Exception):
    """The answer lies outside the weeks that were stepped through."""


class Oracle:
    """Some hours, through ``days`` days from a UTC date; spans of ``paused`` are closed."""

    def __init__(self, hours: Any, first: date, days: int, paused: Iterable[Any] = ()) -> None:
        self.first_minute = _midnight(first)
        self.is_open = np.zeros(days * DAY_MINUTES, dtype=bool)
        self._first_day, self._days = (
            first - timedelta(days=LONGEST_WINDOW_DAYS),
            days + LONGEST_WINDOW_DAYS + NEARBY_DAYS,
        )
        for schedule in hours.schedules:
            self._open_up(schedule)
        for pause in paused:
            begin, end = (_whole_minutes(edge - EPOCH) - self.first_minute for edge in (pause.start, pause.end))
            self.is_open[max(begin, 0) : max(end, 0)] = False
        self._open_until = np.concatenate(([0], np.cumsum(self.is_open)))

    @property
    def begins(self) -> int:
        """The first microsecond since the Unix epoch that was stepped through."""
        return self.first_minute * MINUTE

    @property
    def ends(self) -> int:
        return self.begins + len(self.is_open) * MINUTE

    def counted(self, a: int, b: int) -> int:
        """Open microseconds in [a, b), both given since the Unix epoch."""
        return self._open_before(b) - self._open_before(a)

    def due_at(self, start: int, within: int) -> int:
        """The first microsecond at which ``within`` open microseconds have passed since ``start``."""
        if within == 0:
            return start
        wanted = self._open_before(start) + within
        minute = int(np.searchsorted(self._open_until * MINUTE, wanted)) - 1
        if minute >= len(self.is_open):
            raise BeyondTheWeeks
        return self.begins + minute * MINUTE + wanted - int(self._open_until[minute]) * MINUTE

    def starts_at(self, start: int) -> int:
        """The first open microsecond at or after ``start``."""
        minute = (start - self.begins) // MINUTE
        ahead = np.flatnonzero(self.is_open[minute:])
        if not ahead.size:
            raise BeyondTheWeeks
        return max(start, self.begins + (minute + int(ahead[0])) * MINUTE)

    def _open_before(self, instant: int) -> int:
        minute, rest = divmod(instant - self.begins, MINUTE)
        if not 0 <= minute < len(self.is_open):
            raise BeyondTheWeeks
        return int(self._open_until[minute]) * MINUTE + (rest if self.is_open[minute] else 0)

    def _open_up(self, schedule: Any) -> None:
        for opens, closes, closes_zone in _windows(schedule, self._first_day, self._days):
            opening = self._first_minute_reading(schedule.zone, opens)
            closing = self._minute_after_reading_less(closes_zone, closes)
            begin, end = max(opening - self.first_minute, 0), max(closing - self.first_minute, 0)
            self.is_open[begin:end] = True

    def _first_minute_reading(self, zone: str, local: int) -> int:
        minute, readings = self._readings_around(zone, local)
        return minute + int(np.argmax(readings >= local))

    def _minute_after_reading_less(self, zone: str, local: int) -> int:
        minute, readings = self._readings_around(zone, local)
        return minute + int(np.flatnonzero(readings < local)[-1]) + 1

    def _readings_around(self, zone: str, local: int) -> tuple[int, np.ndarray]:
        """A UTC minute well before a local time, and what the zone's wall clock reads from there to well after it."""
        first = self._first_day - timedelta(days=NEARBY_DAYS)
        begins, readings = _readings(zone, first, self._days + LONGEST_WINDOW_DAYS + 2 * NEARBY_DAYS)
        nearby = local - NEARBY_DAYS * DAY_MINUTES - begins
        return begins + nearby, readings[nearby : nearby + 2 * NEARBY_DAYS * DAY_MINUTES]


def _windows(schedule: Any, first: date, days: int) -> Iterator[tuple[int, int, str]]:
    """Local opening and closing minutes of all windows that open on these dates, and the zone of the closing."""
    for n in range(days):
        day = first + timedelta(days=n)
        midnight = _midnight(day)
        exceptions = [exception for exception in schedule.exceptions if exception.day == day]
        if exceptions:
            windows = [(opens, closes, schedule.zone) for opens, closes in exceptions[0].windows]
        elif day in schedule.holidays:
            windows = []
        else:
            windows = [
                (window.opens, window.closes, window.closes_zone or schedule.zone)
                for window in schedule.weekly
                if window.weekday == day.weekday()
            ]
        for opens, closes, closes_zone in windows:
            yield midnight + _whole_minutes(opens), midnight + _whole_minutes(closes), closes_zone


@lru_cache(maxsize=16)
def _readings(zone: str, first: date, days: int) -> tuple[int, np.ndarray]:
    """The first UTC minute of some days, and what the zone's wall clock reads at each minute of them."""
    begins = _midnight(first)
    minutes = np.arange(begins, begins + days * DAY_MINUTES)
    offsets = [_offset(zone, minute) for minute in range(begins, begins + days * DAY_MINUTES + 1, HOUR_MINUTES)]
    readings = minutes + np.repeat(offsets[:-1], HOUR_MINUTES)
    for hour, (offset, next_offset) in enumerate(pairwise(offsets)):
        if offset != next_offset:  # an hour that begins and ends with one offset is not looked into
            changing = slice(hour * HOUR_MINUTES, (hour + 1) * HOUR_MINUTES)
            readings[changing] = [minute + _offset(zone, minute) for minute in minutes[changing].tolist()]
    return begins, readings


def _offset(zone: str, minute: int) -> int:
    offset = (EPOCH + timedelta(minutes=minute)).astimezone(_zone(zone)).utcoffset()
    assert offset is not None
    return _whole_minutes(offset)


@cache
def _zone(name: str) -> ZoneInfo:
    with _zone_file(name).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def _zone_file(name: str) -> Traversable:
    return files("tzdata").joinpath("zoneinfo", *name.split("/"))


def _midnight(day: date) -> int:
    return (day - EPOCH.date()).days * DAY_MINUTES


def _whole_minutes(length: timedelta) -> int:
    minutes, rest = divmod(length, ONE_MINUTE)
    assert not rest, "the oracle steps in whole minutes"
    return minutes
