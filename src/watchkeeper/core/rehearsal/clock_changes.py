"""Nights in which the clocks change: which hour is skipped or repeated, and what that does to operating hours.

The local time of an opening stays what it is; in UTC it moves. A window that is open through the night is an hour
shorter or longer, and one that would open in a skipped hour opens when that is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from watchkeeper.core.durations import spelled
from watchkeeper.core.hours import AROUND_THE_CLOCK, Schedule
from watchkeeper.core.policy import OperatingHours
from watchkeeper.core.rehearsal.odd_day import CLOCKS_BACK, CLOCKS_FORWARD, OddDay
from watchkeeper.core.rehearsal.period import Period
from watchkeeper.core.rehearsal.words import day_of, weekday_of, window_of
from watchkeeper.core.said import joined, sentence
from watchkeeper.core.zones import OffsetChange, closing, local_time, midnight, offset_changes, opening

_DAY = timedelta(days=1)


def clock_changes(calendars: Iterable[OperatingHours], period: Period) -> Iterator[OddDay]:
    """Every change of the clocks in a zone of a calendar, in the order of zones."""
    concerned = list(calendars)
    schedules = [schedule for each in concerned for schedule in each.hours.schedules]
    for zone in sorted({zone for schedule in schedules for zone in (schedule.zone, *_closing_zones(schedule))}):
        for change in (change for year in period.years for change in offset_changes(zone, year)):
            if _night(change) in period:
                yield _odd_day(zone, change, concerned)


def _odd_day(zone: str, change: OffsetChange, calendars: Iterable[OperatingHours]) -> OddDay:
    is_forward = change.after > change.before
    reads, then, length = change.at + change.before, change.at + change.after, _length(change)
    effects = [
        (calendar.name, effect)
        for calendar in calendars
        for schedule in calendar.hours.schedules
        for effect in _effects(schedule, zone, change)
    ]
    times = {"zone": zone, "time": f"{reads:%H:%M}", "then": f"{then:%H:%M}", "length": length}
    night = (
        sentence("{zone}: {time} is followed by {then}; {length} is skipped", **times)
        if is_forward
        else sentence("{zone}: {time} is followed by {then}; {length} comes twice", **times)
    )
    says = (night, *(joined(": ", (name, effect)) for name, effect in effects))
    kind = CLOCKS_FORWARD if is_forward else CLOCKS_BACK
    return OddDay(_night(change), kind, "", tuple(dict.fromkeys(name for name, _ in effects)), says)


def _length(change: OffsetChange) -> str:
    return spelled(abs(change.after - change.before))


def _closing_zones(schedule: Schedule) -> frozenset[str]:
    """The zones by whose clocks a window closes that opens by others."""
    return frozenset(window.closes_zone for window in schedule.weekly if window.closes_zone is not None)


def _night(change: OffsetChange) -> date:
    """The local date on which the clocks change: at midnight the one that begins."""
    return (change.at + max(change.before, change.after)).date()


def _effects(schedule: Schedule, zone: str, change: OffsetChange) -> Iterator[str]:
    if zone in _closing_zones(schedule):
        length = _length(change)
        yield (
            sentence("what closes by these clocks closes {length} earlier in UTC from then on", length=length)
            if change.after > change.before
            else sentence("what closes by these clocks closes {length} later in UTC from then on", length=length)
        )
    if schedule.zone == zone and schedule.weekly == AROUND_THE_CLOCK.schedules[0].weekly:
        yield sentence("open throughout")
    elif schedule.zone == zone:
        yield from _lengths(schedule, _night(change))
        yield from _in_utc(schedule, change)


def _lengths(schedule: Schedule, night: date) -> Iterator[str]:
    """The windows near the night that are not as long as they are written."""
    for dates_ago in range(7, -2, -1):
        day = night - dates_ago * _DAY
        for opens, closes, closes_zone in schedule.windows_on(day):
            start = opening(midnight(day) + opens, schedule.zone)
            lasts = closing(midnight(day) + closes, closes_zone) - start
            if lasts == closes - opens or closes_zone != schedule.zone:
                continue
            begins = local_time(start, schedule.zone)
            said = {
                "window": joined(" ", (weekday_of(day), window_of(opens, closes))),
                "length": spelled(max(lasts, timedelta())),
                "ordinary": spelled(closes - opens),
            }
            if begins == midnight(day) + opens:
                yield sentence("{window} lasts {length} instead of {ordinary}", **said)
                continue
            yield sentence(
                "{window} opens at {time} and lasts {length} instead of {ordinary}", time=f"{begins:%H:%M}", **said
            )


def _in_utc(schedule: Schedule, change: OffsetChange) -> Iterator[str]:
    """The first window after the night, in UTC then and before."""
    for day in (_night(change) + n * _DAY for n in range(8)):
        for opens, closes, _ in schedule.windows_on(day):
            start = opening(midnight(day) + opens, schedule.zone)
            if start > change.at.replace(tzinfo=UTC):
                now = _utc(start, closes - opens)
                before = _utc(start + (change.after - change.before), closes - opens)
                yield sentence(
                    "from {day} on {window} is {now} UTC, before {before} UTC",
                    day=day_of(day),
                    window=window_of(opens, closes),
                    now=now,
                    before=before,
                )
                return


def _utc(start: datetime, length: timedelta) -> str:
    return f"{start:%H:%M}–{start + length:%H:%M}"
