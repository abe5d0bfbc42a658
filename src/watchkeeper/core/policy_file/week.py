"""How a policy writes days and times: ``monday-friday``, ``08:00-17:00``, ``sunday 14:00 - friday 17:00``.

Monday is day 0. Times are lengths since the midnight that begins a day; hours take a window that ends before it begins
to cross midnight.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from watchkeeper.core import durations
from watchkeeper.core.hours import Window
from watchkeeper.core.policy_file.problems import quoted

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = {name: number for number, day in enumerate(DAYS) for name in (day, day[:3])}
_WHOLE_DAY = (timedelta(0), timedelta(days=1))
_DAY = timedelta(days=1)

_BETWEEN_TIMES = re.compile(r"\s*[-–]\s*")
_NO_TIMES = re.compile(r"\d{1,2}\s*[x×/]\s*[5-7]", re.IGNORECASE)
_STRETCH = re.compile(r"([a-z]+)\s+(\d{1,2}:\d{2})\s*[-–]\s*([a-z]+)\s+(\d{1,2}:\d{2})(?:\s+(\S+))?", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

AROUND_THE_CLOCK = ("around the clock", "24x7", "24×7", "24/7")
"""The ways to write hours that never close."""

FIVE_DAYS = ("24x5", "24×5", "24/5")
"""The ways to write Monday to Friday, all day."""


class NotATime(ValueError):
    """Words about days and times that cannot be read; the message quotes them and says what to write."""


class NotADate(NotATime):
    """Words that have not even the form of a date."""


def weekdays(written: str) -> tuple[int, ...]:
    """The days that ``written`` names: ``monday``, ``mon-fri``, ``saturday, sunday`` or ``every day``."""
    if " ".join(written.split()).casefold() == "every day":
        return tuple(range(7))
    days = [day for part in written.split(",") for day in _run_of_days(part, written)]
    if len(set(days)) != len(days):
        raise NotATime(f"{quoted(written)} names a day twice")
    return tuple(days)


def _run_of_days(part: str, written: str) -> list[int]:
    ends = [end.strip().casefold() for end in re.split("[-–]", part)]
    if len(ends) > 2 or any(end not in _NUMBERS for end in ends):
        raise NotATime(f"{quoted(written)} names no days; write monday-friday, sat, sun or every day")
    first, last = _NUMBERS[ends[0]], _NUMBERS[ends[-1]]
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def times(written: str) -> tuple[tuple[timedelta, timedelta], ...]:
    """The windows of one day: ``08:00-12:00, 13:00-17:00``, ``22:00-06:00``, ``all day``, or ``closed`` for none."""
    words = " ".join(written.split()).casefold()
    if words == "closed":
        return ()
    if words == "all day":
        return (_WHOLE_DAY,)
    return tuple(_window(part, written) for part in written.split(","))


def _window(part: str, written: str) -> tuple[timedelta, timedelta]:
    ends = _BETWEEN_TIMES.split(part.strip())
    if len(ends) != 2:
        raise NotATime(f'{quoted(written)} is not a window; write "08:00-17:00", "all day" or closed')
    opens, closes = _time(ends[0], written), _time(ends[1], written)
    if opens == _DAY:
        raise NotATime(f"{quoted(written)} opens at 24:00; write 00:00 under the next day")
    if opens == closes:
        raise NotATime(f"{quoted(written)} ends when it begins; a whole day is 00:00-24:00")
    return opens, closes


def _time(part: str, written: str) -> timedelta:
    since_midnight = durations.time_of_day(part)
    if since_midnight is None:
        if part == written:
            raise NotATime(f"{quoted(written)} is no time of day; write 00:00 to 24:00, as 12:00")
        allowed = "write 00:00 to 24:00, as in 08:00-17:00"
        raise NotATime(f"{quoted(written)} holds no time of day in {quoted(part)}; {allowed}")
    return since_midnight


def time_of_day(written: str) -> timedelta:
    """A time of day, ``12:00``, as the length since midnight."""
    return _time(written, written)


def stretch(written: str) -> Window:
    """One piece over several days: ``sunday 14:00 - friday 17:00``, its end perhaps in a zone of its own.

    ``friday 17:00 - monday 10:00 Australia/Sydney`` begins in the zone of its schedule and ends in the named one.
    """
    match = _STRETCH.fullmatch(written.strip())
    if _NO_TIMES.fullmatch(written.strip()):
        raise NotATime(f'{quoted(written)} says how long and not when; write {{monday-friday: "08:00-17:00"}}')
    if not match or match[1].casefold() not in _NUMBERS or match[3].casefold() not in _NUMBERS:
        raise NotATime(f'{quoted(written)} is not a stretch of days; write "sunday 14:00 - friday 17:00"')
    first, last = _NUMBERS[match[1].casefold()], _NUMBERS[match[3].casefold()]
    opens = _time(match[2], written)
    closes = _time(match[4], written) + timedelta(days=(last - first) % 7)
    if closes <= opens:
        closes += timedelta(days=7)
    return Window(first, opens, closes, match[5])


def day(written: str) -> date:
    """A date written as ``2026-12-24``."""
    if not _DATE.fullmatch(written.strip()):
        raise NotADate(f"{quoted(written)} is not a date; write it as 2026-12-24")
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise NotATime(f"{quoted(written)} is no day of any calendar; write one that exists, as 2026-12-24") from None
