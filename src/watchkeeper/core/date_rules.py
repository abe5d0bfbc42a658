"""Business days and calendar days: rules about dates and local times, not about hours.

Dates and local times are those of the first schedule's zone. A working day is a date on which a window opens, and its
hours are those windows, also past midnight. A window longer than a day makes a working day of every date it touches,
each with its part, so that Sunday 14:00 to Friday 17:00 holds six of them and not one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from watchkeeper.core.counting import NegativeWindow, counted, due_at, starts_at
from watchkeeper.core.hours import Hours, Schedule
from watchkeeper.core.instants import in_utc
from watchkeeper.core.openings import TEN_YEARS, DayWindow, NeverOpens
from watchkeeper.core.spans import Span, overlap, united
from watchkeeper.core.zones import closing, local_time, midnight, opening

_DAY = timedelta(days=1)

# How many dates before a date a window that touches it can have opened: a week long, and zones up to 26 h apart.
_DATES_BEFORE = 9


def business_days_due_at(hours: Hours, start: datetime, days: int, paused: Sequence[Span] = ()) -> datetime:
    """The same local time ``days`` working days later, clamped into the hours of that day.

    Received out of hours, it is counted from the next opening. A time between two windows of the day becomes the
    later one's opening. Operating time in pauses is added. Zero days give the start. Raises NegativeWindow, NeverDue.
    """
    start = in_utc(start)
    if _checked(days) == 0:
        return start
    opens = starts_at(hours, start)
    first = _working_day_of(hours, opens)
    target = _working_day_after(hours, first, days)
    same_time = local_time(opens, hours.zone) + (target - first)
    due = _clamped(opening(same_time, hours.zone), working_hours(hours, target))
    return _later_by_pauses(hours, start, due, paused)


def business_days_until_closing_due_at(
    hours: Hours, start: datetime, days: int, paused: Sequence[Span] = ()
) -> datetime:
    """The closing of the day ``days`` working days later: one is "next business day", zero is the same day's closing.

    Received out of hours, it is counted from the next opening. Operating time in pauses is added. Raises
    NegativeWindow and NeverDue.
    """
    start = in_utc(start)
    target = _working_day_after(hours, _working_day_of(hours, starts_at(hours, start)), _checked(days))
    return _later_by_pauses(hours, start, working_hours(hours, target)[-1].end, paused)


def business_days_by_due_at(
    hours: Hours, start: datetime, days: int, by: timedelta, paused: Sequence[Span] = ()
) -> datetime:
    """The time ``by``, a length since midnight, on the day ``days`` working days later, clamped into its hours.

    Received out of hours, it is counted from the next opening. Operating time in pauses is added. Raises
    NegativeWindow and NeverDue.
    """
    start = in_utc(start)
    target = _working_day_after(hours, _working_day_of(hours, starts_at(hours, start)), _checked(days))
    due = _clamped(opening(midnight(target) + by, hours.zone), working_hours(hours, target))
    return _later_by_pauses(hours, start, due, paused)


def business_day_begins_at(hours: Hours, start: datetime, cut_off: timedelta) -> datetime:
    """From when business days are counted where a report must come by ``cut_off``, a time since midnight.

    The next opening, as without one; of a report that comes later on its working day the opening of the next.
    Raises NeverDue.
    """
    opens = starts_at(hours, start)
    day = _working_day_of(hours, opens)
    if opens <= opening(midnight(day) + cut_off, hours.zone):
        return opens
    return working_hours(hours, _working_day_after(hours, day, 1))[0].start


def calendar_days_due_at(hours: Hours, start: datetime, days: int, paused: Sequence[Span] = ()) -> datetime:
    """The same local time ``days`` dates later, open or not; a time skipped there is the first instant after it.

    Of two receipts in an hour that comes twice, the later one can so be due earlier. Operating time in pauses is
    added. Zero days give the start. Raises NegativeWindow, and NeverDue for pauses.
    """
    start = in_utc(start)
    if _checked(days) == 0:
        return start
    due = opening(local_time(start, hours.zone) + days * _DAY, hours.zone)
    return _later_by_pauses(hours, start, due, paused)


@lru_cache(maxsize=65_536)
def working_hours(hours: Hours, day: date) -> tuple[Span, ...]:
    """The open spans that belong to a date, in UTC; none when it is no working day."""
    return united(span for schedule in hours.schedules for span in _belonging_to(schedule, day))


def _belonging_to(schedule: Schedule, day: date) -> Iterator[Span]:
    the_date = Span(opening(midnight(day), schedule.zone), opening(midnight(day + _DAY), schedule.zone))
    for dates_ago in range(_DATES_BEFORE + 1):
        opened_on = day - dates_ago * _DAY
        for window in schedule.windows_on(opened_on):
            span = _resolved(schedule, opened_on, window)
            if window.closes - window.opens > _DAY:
                part = span and overlap(span, the_date)
            else:
                part = None if dates_ago else span
            if part:
                yield part


def _resolved(schedule: Schedule, day: date, window: DayWindow) -> Span | None:
    start = opening(midnight(day) + window.opens, schedule.zone)
    end = closing(midnight(day) + window.closes, window.closes_zone)
    return Span(start, end) if start < end else None


def _working_day_of(hours: Hours, instant: datetime) -> date:
    """The working day that an open instant belongs to, its own date before any other."""
    today = local_time(instant, hours.zone).date()
    for distance in sorted(range(-3, 4), key=abs):
        day = today + distance * _DAY
        if any(span.start <= instant < span.end for span in working_hours(hours, day)):
            return day
    raise AssertionError(f"{instant.isoformat()} is open and belongs to no date")


@lru_cache(maxsize=4_096)
def _working_day_after(hours: Hours, day: date, days: int) -> date:
    found = day
    while days:
        day += _DAY
        if day - found > TEN_YEARS:
            raise NeverOpens(working_hours(hours, found)[-1].end)
        if working_hours(hours, day):
            found, days = day, days - 1
    return found


def _clamped(instant: datetime, spans: Sequence[Span]) -> datetime:
    """The instant when inside a span or at its closing, else the next opening, else the last closing."""
    for span in spans:
        if instant <= span.end:
            return max(instant, span.start)
    return spans[-1].end


def _later_by_pauses(hours: Hours, start: datetime, due: datetime, paused: Sequence[Span]) -> datetime:
    if not paused:
        return due
    stood_still = counted(hours, start, due) - counted(hours, start, due, paused)
    return due_at(hours, due, stood_still, paused)


def _checked(days: int) -> int:
    if days < 0:
        raise NegativeWindow(f"{days} days")
    return days
