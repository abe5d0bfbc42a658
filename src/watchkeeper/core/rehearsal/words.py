"""How a rehearsal writes dates, times of day and real time, whatever the host speaks: in English, and as ``Said``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from watchkeeper.core.day_names import MONTHS, WEEKDAYS
from watchkeeper.core.durations import clock_time, spelled
from watchkeeper.core.said import joined, sentence

_DAY = timedelta(days=1)


def day_of(day: date) -> str:
    """``Thu 24 Dec``."""
    return sentence("{weekday} {day} {month}", weekday=weekday_of(day), day=day.day, month=MONTHS[day.month - 1])


def weekday_of(day: date) -> str:
    """``Thu``."""
    return WEEKDAYS[day.weekday()]


def moment_of(local: datetime) -> str:
    """``Thu 24 Dec 17:00``."""
    return joined(" ", (day_of(local.date()), f"{local:%H:%M}"))


def window_of(opens: timedelta, closes: timedelta) -> str:
    """``08:00–17:00``; an ending beyond midnight as the clock shows it then, ``22:00–06:00``."""
    ends = closes if closes <= _DAY else closes % _DAY
    return f"{clock_time(opens)}–{clock_time(ends)}"


def windows_of(windows: Iterable[tuple[timedelta, timedelta]]) -> str:
    """``08:00–12:00, 13:00–17:00``, or ``closed``."""
    return ", ".join(window_of(opens, closes) for opens, closes in windows) or sentence("closed")


def real_time(length: timedelta) -> str:
    """``4 days 23 h``: time as it passes, in days of 24 hours."""
    days, rest = divmod(length, _DAY)
    if not days:
        return spelled(rest)
    said = sentence("{count} day", count=days) if days == 1 else sentence("{count} days", count=days)
    return joined(" ", (said, spelled(rest))) if rest else said
