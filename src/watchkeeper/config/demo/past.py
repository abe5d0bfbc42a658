"""When things happen in the demo: so long before now, or at a time of an earlier working day of the vendor's."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from watchkeeper.core.durations import read
from watchkeeper.core.shares import period_of
from watchkeeper.core.zones import local_time, opening

ZONE = "America/Chicago"

_WORKING_DAY = re.compile(r"-(?P<days>\d+) (?P<time>\d\d:\d\d)")
_IN_A_QUARTER = re.compile(r"-Q(?P<quarters>[1-4]) (?P<days>\d+) (?P<time>\d\d:\d\d)")
_LATER_DAY = re.compile(r"\+(?P<days>\d+) (?P<time>\d\d:\d\d)")
_DAY = timedelta(days=1)
_A_MOMENT = timedelta(microseconds=1)
_WEEKEND = (5, 6)


class NoTime(ValueError):
    """Something that says no time of the demo's past."""


def beginning(written: str, now: datetime) -> datetime:
    """``-45m``: so long before now. ``-3 10:20``: that time of the third working day before today. ``-Q1 9 10:20``: of
    the ninth working day of the last quarter."""
    if match := _WORKING_DAY.fullmatch(written):
        return _on_working_day(now, -int(match["days"]), match["time"])
    if match := _IN_A_QUARTER.fullmatch(written):
        return _on_working_day(_eve_of_quarter(now, int(match["quarters"])), int(match["days"]), match["time"])
    length = read(written.removeprefix("-"))
    if not written.startswith("-") or length is None:
        raise NoTime(
            f'"{written}" is no time; write -45m, -3 10:20 for the third working day before today, or '
            "-Q1 9 10:20 for the ninth of the last quarter"
        )
    return now - length


def afterwards(written: str, before: datetime) -> datetime:
    """``25m``: so long after what happened before. ``+2 09:15``: that time of the second working day after it."""
    if match := _LATER_DAY.fullmatch(written):
        return _on_working_day(before, int(match["days"]), match["time"])
    length = read(written)
    if length is None:
        raise NoTime(f'"{written}" is no time after another; write 25m, or +1 09:15 for the next working day')
    return before + length


def _eve_of_quarter(now: datetime, ago: int) -> datetime:
    """The last moment before the quarter that is so many before this one."""
    quarter = period_of(now, "quarter", ZONE)
    for _ in range(ago):
        quarter = period_of(quarter.starts_at - _A_MOMENT, "quarter", ZONE)
    return quarter.starts_at - _A_MOMENT


def _on_working_day(instant: datetime, days: int, clock: str) -> datetime:
    day, step = local_time(instant, ZONE).date(), _DAY if days > 0 else -_DAY
    for _ in range(abs(days)):
        day += step
        while day.weekday() in _WEEKEND:
            day += step
    return opening(datetime.combine(day, time.fromisoformat(clock)), ZONE)
