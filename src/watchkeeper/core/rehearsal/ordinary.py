"""Hours as they are in a week without anything odd, to hold the others against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

from watchkeeper.core.hours import Hours, Schedule
from watchkeeper.core.rehearsal.period import Period
from watchkeeper.core.spans import Span
from watchkeeper.core.zones import midnight, offset_changes, opening

_WEEK = timedelta(days=7)
_WEEKS_TRIED = 60


@cache
def ordinary(hours: Hours) -> Hours:
    """The same weekly windows, without holidays and exceptions."""
    return Hours(tuple(Schedule(schedule.zone, schedule.weekly) for schedule in hours.schedules))


def ordinary_week(hours: Hours, period: Period, lasting: timedelta) -> Span:
    """A week in which, and for ``lasting`` after it, no clock changes in these hours.

    Where there is none, as for a window of many months, the first week of the period.
    """
    first = opening(midnight(period.first), hours.zone)
    changes = list(_clock_changes(hours, period))
    weeks = [Span(first + n * _WEEK, first + (n + 1) * _WEEK) for n in range(_WEEKS_TRIED)]
    quiet = (week for week in weeks if not any(week.start <= at <= week.end + lasting for at in changes))
    return next(quiet, weeks[0])


def _clock_changes(hours: Hours, period: Period) -> Iterator[datetime]:
    for zone in {schedule.zone for schedule in hours.schedules}:
        for year in (*period.years, period.last.year + 1):
            yield from (change.at.replace(tzinfo=UTC) for change in offset_changes(zone, year))
