"""Those who answer the clock's questions in the benchmark: watchkeeper, and libraries that could be asked instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

import pandas as pd
import pytz
from business_duration import businessDuration
from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule

from watchkeeper.core.clock import counted, due_at
from watchkeeper.core.hours import Hours, Schedule, Window

ZONE = "America/Chicago"
HOUR = timedelta(hours=1)
ALL_DAY = ((time(0), time(0)),)


class CannotSay(Exception):
    """A calendar that a library has no words for."""


@dataclass(frozen=True)
class Calendar:
    """A week in one zone, in a form that every party can be told."""

    name: str
    weekdays: tuple[int, ...]
    windows: tuple[tuple[time, time], ...]
    holidays: frozenset[date] = frozenset()

    @property
    def hours(self) -> Hours:
        weekly = tuple(
            Window(day, _offset(opens), _offset(closes) or 24 * HOUR)
            for day in self.weekdays
            for opens, closes in self.windows
        )
        return Hours((Schedule(ZONE, weekly, self.holidays),))


class Party(Protocol):
    """Someone who can be asked; ``None`` instead of a function says that there is no such function."""

    name: str
    due_at: Callable[[datetime, timedelta], datetime] | None
    counted: Callable[[datetime, datetime], timedelta] | None


class Watchkeeper:
    name = "watchkeeper"

    def __init__(self, calendar: Calendar) -> None:
        self.due_at = partial(due_at, calendar.hours)
        self.counted = partial(counted, calendar.hours)


class Pandas:
    name = "pandas CustomBusinessHour"
    counted = None

    def __init__(self, calendar: Calendar) -> None:
        if calendar.windows == ALL_DAY:
            raise CannotSay("it has no day of 24 hours")
        mask = "".join("1" if day in calendar.weekdays else "0" for day in range(7))
        opens, closes = ([f"{edge:%H:%M}" for edge in edges] for edges in zip(*calendar.windows, strict=True))
        hour = pd.offsets.CustomBusinessHour(weekmask=mask, holidays=list(calendar.holidays), start=opens, end=closes)
        whole_hours = {n * HOUR: n * hour for n in range(1, 25)}
        self.due_at = lambda start, within: pd.Timestamp(start).tz_convert(ZONE) + whole_hours[within]


class Businesstimedelta:
    name = "businesstimedelta"

    def __init__(self, calendar: Calendar) -> None:
        zone = pytz.timezone(ZONE)
        if calendar.windows == ALL_DAY:
            raise CannotSay("it has no day of 24 hours")
        rules = Rules(
            [WorkDayRule(opens, closes, list(calendar.weekdays), tz=zone) for opens, closes in calendar.windows]
            + ([HolidayRule(calendar.holidays, tz=zone)] if calendar.holidays else [])
        )
        self.due_at = lambda start, within: start + BusinessTimeDelta(rules, timedelta=within)
        self.counted = lambda a, b: rules.difference(a, b).timedelta


class BusinessDuration:
    name = "business-duration"
    due_at = None

    def __init__(self, calendar: Calendar) -> None:
        if len(calendar.windows) > 1:
            raise CannotSay("it knows one window a day")
        ((opens, closes),) = calendar.windows
        zone = ZoneInfo(ZONE)
        free = [day for day in range(7) if day not in calendar.weekdays]
        off = list(calendar.holidays) or None
        if opens == closes:
            opens, closes = time(0), time(23, 59, 59)

        def counted(a: datetime, b: datetime) -> timedelta:
            a, b = (instant.astimezone(zone).replace(tzinfo=None) for instant in (a, b))
            return timedelta(seconds=float(businessDuration(a, b, opens, closes, free, off, unit="sec")))

        self.counted = counted


PEERS = (Pandas, Businesstimedelta, BusinessDuration)


def _offset(clock_time: time) -> timedelta:
    return timedelta(hours=clock_time.hour, minutes=clock_time.minute)
