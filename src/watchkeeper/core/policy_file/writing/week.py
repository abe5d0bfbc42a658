"""Windows as a file says them: ``monday-friday: 08:00-17:00``, ``sunday 14:00 - friday 17:00``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from watchkeeper.core.durations import clock_time
from watchkeeper.core.hours import AROUND_THE_CLOCK, DAY, WEEKDAYS, Window
from watchkeeper.core.policy_file import week
from watchkeeper.core.policy_file.tree import Said

DAYS = tuple(day.lower() for day in WEEKDAYS)

Times = Sequence[tuple[timedelta, timedelta]]

_RUN = 3
"""Days in a row that are written as from–to; fewer are listed."""


def said_week(weekly: Sequence[Window]) -> Said:
    """What stands under ``weekly``."""
    if tuple(weekly) == AROUND_THE_CLOCK.schedules[0].weekly:
        return week.AROUND_THE_CLOCK[0]
    by_day = [(day, list(windows)) for day, windows in groupby(weekly, key=lambda window: window.weekday)]
    is_by_day = len({day for day, _windows in by_day}) == len(by_day) and all(map(_is_of_a_day, weekly))
    if not is_by_day:
        stretches: list[Said] = [_stretch(window) for window in weekly]
        return stretches[0] if len(stretches) == 1 else stretches
    times = [(day, [(window.opens, window.closes) for window in windows]) for day, windows in by_day]
    return {
        _days([day for day, _times in alike]): said_times(windows)
        for windows, alike in ((key, list(group)) for key, group in groupby(times, key=lambda found: found[1]))
    }


def said_times(windows: Times) -> Said:
    """The windows of one day."""
    written: list[Said] = [_times(opens, closes) for opens, closes in windows]
    return written[0] if len(written) == 1 else written or "closed"


def _is_of_a_day(window: Window) -> bool:
    lasts = window.closes - window.opens
    return window.closes_zone is None and (lasts < DAY or (window.opens, window.closes) == (timedelta(), DAY))


def _times(opens: timedelta, closes: timedelta) -> str:
    if (opens, closes) == (timedelta(), DAY):
        return "all day"
    return f"{clock_time(opens)}-{clock_time(closes if closes <= DAY else closes - DAY)}"


def _days(days: Sequence[int]) -> str:
    if list(days) == list(range(7)):
        return "every day"
    runs: list[list[int]] = []
    for day in days:
        if runs and day == (runs[-1][-1] + 1) % 7:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run(run) for run in runs)


def _run(run: Sequence[int]) -> str:
    names = [DAYS[day] for day in run]
    return f"{names[0]}-{names[-1]}" if len(run) >= _RUN else ", ".join(names)


def _stretch(window: Window) -> str:
    later, at = divmod(window.closes, DAY)
    closes = f"{DAYS[(window.weekday + later) % 7]} {clock_time(at)}"
    zone = f" {window.closes_zone}" if window.closes_zone else ""
    return f"{DAYS[window.weekday]} {clock_time(window.opens)} - {closes}{zone}"
