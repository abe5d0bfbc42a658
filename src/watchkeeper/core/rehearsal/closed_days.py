"""Dates on which a calendar is not open as in an ordinary week: holidays, dated exceptions, and the days between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from watchkeeper.core.hours import DatedException, Schedule
from watchkeeper.core.policy import OperatingHours
from watchkeeper.core.rehearsal.holiday_names import HolidayNames
from watchkeeper.core.rehearsal.odd_day import (
    BRIDGE_DAY,
    CLOSED,
    HOLIDAY,
    LONG_DAY,
    OTHER_HOURS,
    SHORT_DAY,
    SOME_REGIONS,
    OddDay,
)
from watchkeeper.core.rehearsal.period import Period
from watchkeeper.core.rehearsal.words import weekday_of, windows_of
from watchkeeper.core.said import Said, sentence

_DAY = timedelta(days=1)
_ZERO = timedelta()


def closed_days(calendars: Iterable[OperatingHours], period: Period, names: HolidayNames) -> Iterator[OddDay]:
    """The holidays, exceptions and bridge days of every calendar, each calendar's for itself."""
    for calendar in calendars:
        for schedule in calendar.hours.schedules:
            where = f"{schedule.zone}: " if len(calendar.hours.schedules) > 1 else ""
            yield from _holidays(calendar, schedule, period, names, where)
            yield from _exceptions(calendar, schedule, period, names, where)
        yield from _bridge_days(calendar, period)


def _holidays(
    calendar: OperatingHours, schedule: Schedule, period: Period, names: HolidayNames, where: str
) -> Iterator[OddDay]:
    for day in sorted(day for day in schedule.holidays if day in period and schedule.is_holiday(day)):
        says = [_of(calendar, where, sentence("closed"))]
        before = schedule.windows_on(day - _DAY)
        if any(window.closes > _DAY for window in before):
            goes_on = sentence("what opened on {weekday} goes on to its end", weekday=weekday_of(day - _DAY))
            says.append(_of(calendar, where, goes_on))
        if any(other.windows_on(day) for other in calendar.hours.schedules):
            says.append(_of(calendar, "", sentence("open elsewhere, so time goes on counting there")))
        yield OddDay(day, HOLIDAY, names.of(day, schedule), (calendar.name,), tuple(says))


def _exceptions(
    calendar: OperatingHours, schedule: Schedule, period: Period, names: HolidayNames, where: str
) -> Iterator[OddDay]:
    for exception in schedule.exceptions:
        if exception.day in period:
            ordinary = _ordinary_windows(schedule, exception.day)
            kind = _kind(exception, ordinary)
            hours = {"hours": windows_of(exception.windows), "ordinary": windows_of(ordinary)}
            if exception.day in schedule.holidays:
                effect = sentence("{hours} instead of {ordinary}, though a holiday: an exception is stronger", **hours)
            else:
                effect = sentence("{hours} instead of {ordinary}", **hours)
            says = _of(calendar, where, effect)
            yield OddDay(exception.day, kind, names.of(exception.day, schedule), (calendar.name,), (says,))


def _of(calendar: OperatingHours, where: str, effect: str) -> Said:
    return sentence("{calendar}: {where}{effect}", calendar=calendar.name, where=where, effect=effect)


_Windows = tuple[tuple[timedelta, timedelta], ...]


def _ordinary_windows(schedule: Schedule, day: date) -> _Windows:
    return tuple((window.opens, window.closes) for window in schedule.weekly if window.weekday == day.weekday())


def _kind(exception: DatedException, ordinary: _Windows) -> str:
    if not exception.windows:
        return CLOSED
    now, before = _length(exception.windows), _length(ordinary)
    return OTHER_HOURS if now == before else SHORT_DAY if now < before else LONG_DAY


def _length(windows: _Windows) -> timedelta:
    return sum((closes - opens for opens, closes in windows), _ZERO)


def _bridge_days(calendar: OperatingHours, period: Period) -> Iterator[OddDay]:
    """Open days between two closed ones, at least one of which is a holiday."""
    schedules = calendar.hours.schedules
    closed_by_holiday = {day for schedule in schedules for day in schedule.holidays if schedule.is_holiday(day)}
    for day in sorted({near for holiday in closed_by_holiday for near in (holiday - _DAY, holiday + _DAY)}):
        neighbours = (day - _DAY, day + _DAY)
        if day in period and _is_open(calendar, day) and not any(_is_open(calendar, each) for each in neighbours):
            says = _of(calendar, "", sentence("open, between two days that are closed"))
            yield OddDay(day, BRIDGE_DAY, "", (calendar.name,), (says,))


def _is_open(calendar: OperatingHours, day: date) -> bool:
    return any(schedule.windows_on(day) for schedule in calendar.hours.schedules)


def some_regions(
    holidays: Mapping[str, Iterable[date]], calendars: Iterable[OperatingHours], period: Period, names: HolidayNames
) -> Iterator[OddDay]:
    """Dates that are a holiday in some of the regions of a country that the policy names, and not in others."""
    known = {code: frozenset(day for day in days if day in period) for code, days in sorted(holidays.items())}
    schedules = [schedule for calendar in calendars for schedule in calendar.hours.schedules]
    for country in sorted({code[:2] for code in known}):
        regions = [code for code in known if code[:2] == country]
        for day in sorted(frozenset[date]().union(*(known[code] for code in regions))):
            kept = [code for code in regions if day in known[code]]
            others = [code for code in regions if code not in kept]
            if others and any(schedule.opens_weekly_on(day) for schedule in schedules):
                says = sentence("a holiday in {some}, not in {others}", some=", ".join(kept), others=", ".join(others))
                yield OddDay(day, SOME_REGIONS, names.known(day, kept), (), (says,))
