"""The longest that a report waits, in real time, until a window ends: when it must be received for that.

Reports are taken to be received on a whole minute. From one minute to the next a wait stays what it is or grows
shorter, except at a few places; so the reports at those are enough, and a property holds them to every minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from watchkeeper.core.clock import NeverDue
from watchkeeper.core.date_rules import working_hours
from watchkeeper.core.hours import Hours
from watchkeeper.core.spans import Span
from watchkeeper.core.within import DATE_RULES, Within
from watchkeeper.core.zones import local_time, midnight, offset_changes, opening

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class Wait(NamedTuple):
    """A report, and when its window ends."""

    received: datetime
    due: datetime

    @property
    def length(self) -> timedelta:
        return self.due - self.received


def longest_wait(within: Within, hours: Hours, during: Span) -> Wait | None:
    """The first report of those that wait longest; ``None`` where a window does not pass."""
    try:
        if within.counting not in DATE_RULES:
            return _longest(within, hours, during, _by_length(within, hours, during))
        edges = _longest(within, hours, during, _edges(hours, during))
        jumps = _longest(within, hours, during, _jumps(within, hours, during, edges.length))
    except NeverDue:
        return None
    return max(edges, jumps, key=lambda wait: (wait.length, -wait.received.timestamp()))


def _longest(within: Within, hours: Hours, during: Span, places: Iterable[datetime]) -> Wait:
    received = sorted({minute for place in (during.start, *places) for minute in _minutes_at(place, during)})
    waits = (Wait(at, within.due_at(hours, at)) for at in received)
    return max(waits, key=lambda wait: wait.length)


def _minutes_at(place: datetime, during: Span) -> Iterator[datetime]:
    """The last whole minute by then, and the first one after it."""
    minute = place.replace(second=0, microsecond=0)
    return (each for each in (minute, minute + _MINUTE) if during.start <= each < during.end)


def _by_length(within: Within, hours: Hours, during: Span) -> Iterator[datetime]:
    """A wait grows where its end jumps over a closed stretch: so through open time, to the closing.

    What has elapsed just after a closing waits for the next opening.
    """
    yield from (during.end - _MINUTE, *_closings(hours, during))
    if within.counting == "elapsed" and within.length is not None:
        ended = Span(during.start + within.length, during.end + within.length)
        yield from (closing - within.length for closing in _closings(hours, ended))


def _closings(hours: Hours, during: Span) -> list[datetime]:
    table = hours.openings.reach(during.start.year, during.end.year)
    return [end for end in table.ends if during.start <= end < during.end]


def _edges(hours: Hours, during: Span) -> Iterator[datetime]:
    """Where a working day begins or ends, and so the day that is counted from changes."""
    for day in _dates(hours, during.start - _DAY, during.end):
        yield opening(midnight(day), hours.zone)
        for span in working_hours(hours, day):
            yield from (span.start, span.end)


def _jumps(within: Within, hours: Hours, during: Span, longest: timedelta) -> Iterator[datetime]:
    """Where the end of a date rule jumps: after a cut-off, over a break of the day it ends on, and with the clocks."""
    breaks = {
        local_time(span.end, hours.zone) - midnight(day)
        for day in _dates(hours, during.start, during.end + longest)
        for span in working_hours(hours, day)[:-1]
    }
    times = breaks | ({within.cut_off} if within.cut_off is not None else set())
    for day in _dates(hours, during.start, during.end):
        yield from (opening(midnight(day) + time, hours.zone) for time in times)
    for change in (change for year in _years(during, longest) for change in offset_changes(hours.zone, year)):
        at = change.at.replace(tzinfo=UTC)
        for day in _dates(hours, at - longest - _DAY, at + _DAY):
            for reads in (change.at + change.before, change.at + change.after):
                yield opening(midnight(day) + (reads - midnight(reads.date())), hours.zone)


def _dates(hours: Hours, start: datetime, end: datetime) -> Iterator[date]:
    """The local dates from one instant to another."""
    first, last = local_time(start, hours.zone).date(), local_time(end, hours.zone).date()
    return (first + n * _DAY for n in range((last - first).days + 1))


def _years(during: Span, longest: timedelta) -> range:
    return range(during.start.year, (during.end + longest).year + 1)
