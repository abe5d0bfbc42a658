"""Operating and elapsed time: when a window has passed, and how much of it has.

``paused`` spans are closed time under whatever hours apply; they may overlap and come in any order. Instants carry any
offset and come back in UTC. Every function raises NaiveInstant for an instant without an offset and OutsideTheCalendar
for years that zone data do not describe.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from watchkeeper.core.hours import AROUND_THE_CLOCK, Hours
from watchkeeper.core.instants import in_utc
from watchkeeper.core.openings import BeyondTheCalendar
from watchkeeper.core.spans import Span, cut, united

_ZERO = timedelta()
_MICROSECOND = timedelta(microseconds=1)


class NegativeWindow(ValueError):
    """A window shorter than nothing."""

    def __init__(self, given: object) -> None:
        super().__init__(f"a window is zero or longer, not {given}")


class BackwardsInterval(ValueError):
    """An interval that ends before it starts."""

    def __init__(self, start: datetime, end: datetime) -> None:
        super().__init__(f"an interval ends at or after its start; given {start.isoformat()} to {end.isoformat()}")


def due_at(hours: Hours, start: datetime, within: timedelta, paused: Sequence[Span] = ()) -> datetime:
    """The first instant at which ``within`` of operating time has passed since ``start``.

    Reached exactly at a closing, it is that closing and not the next opening. Zero gives the start, even when closed.
    Raises NegativeWindow, and NeverDue when the hours stay closed for ten years before the window has passed.
    """
    if start.tzinfo is not UTC:
        start = in_utc(start)
    if within <= _ZERO:
        return _nothing_after(start, within)
    if paused:
        return _due_around(hours, start, within, paused)
    table = hours.openings.table
    while True:
        try:
            position = table.by_day[start.toordinal()]
            ends = table.ends
            while ends[position] <= start:
                position += 1
            opens = table.starts[position]
            due = (start if start > opens else opens) + within
            if due > ends[position]:
                due -= table.closed[position]
                position = table.by_open_day[due.toordinal()]
                open_ends = table.open_ends
                while open_ends[position] < due:
                    position += 1
                due += table.closed[position]
        except LookupError:  # the answer lies beyond the years compiled so far
            table = hours.openings.reach_past(start)
        except OverflowError:
            raise BeyondTheCalendar from None
        else:
            if table.leaps:
                table.refuse_a_leap(start, due)
            return due


def counted(hours: Hours, a: datetime, b: datetime, paused: Sequence[Span] = ()) -> timedelta:
    """The operating time in [a, b). Raises BackwardsInterval when b lies before a."""
    if a.tzinfo is not UTC:
        a = in_utc(a)
    if b.tzinfo is not UTC:
        b = in_utc(b)
    if b < a:
        raise BackwardsInterval(a, b)
    if paused:
        standing_still = (counted(hours, pause.start, pause.end) for pause in united(cut(paused, a, b)))
        return counted(hours, a, b) - sum(standing_still, _ZERO)
    table = hours.openings.table
    try:
        first, last = table.by_day[a.toordinal()], table.by_day[b.toordinal()]
        starts, ends = table.starts, table.ends
        while ends[first] <= a:
            first += 1
        while ends[last] <= b:
            last += 1
    except LookupError:  # beyond the years compiled so far, or after their last closing
        table = hours.openings.reach(a.year, b.year)
        return table.open_before(b) - table.open_before(a)
    if a < starts[first]:
        a = starts[first]
    if b < starts[last]:
        b = starts[last]
    return b - a if first == last else b - a - (table.closed[last] - table.closed[first])


def starts_at(hours: Hours, start: datetime, paused: Sequence[Span] = ()) -> datetime:
    """The first open instant at or after ``start``. Raises NeverDue when there is none within ten years."""
    opens = _next_open(hours, in_utc(start))
    for pause in united(paused) if paused else ():
        if pause.start <= opens < pause.end:
            opens = _next_open(hours, pause.end)
    return opens


def elapsed_due_at(hours: Hours, start: datetime, within: timedelta, paused: Sequence[Span] = ()) -> datetime:
    """``within`` on the wall clock after ``start``; when that is closed, the next opening.

    The closing of an open span still belongs to it. Zero gives the start. A window that is to begin at an opening is
    counted from ``starts_at(hours, received)``. Raises NegativeWindow and NeverDue.
    """
    due = due_at(AROUND_THE_CLOCK, start, within, paused)
    if within == _ZERO or counted(hours, due - _MICROSECOND, due, paused):
        return due
    return starts_at(hours, due, paused)


def _next_open(hours: Hours, start: datetime) -> datetime:
    table = hours.openings.table
    while True:
        if table.holds(start.year):
            position = table.position(start)
            if position < len(table.starts):
                opens = max(start, table.starts[position])
                table.refuse_a_leap(start, opens)
                return opens
        table = hours.openings.reach_past(start)


def _due_around(hours: Hours, start: datetime, within: timedelta, paused: Sequence[Span]) -> datetime:
    """``due_at`` with pauses: what is left when one begins goes on when it ends."""
    left = within
    for pause in united(paused):
        if pause.start > start:
            passed = counted(hours, start, pause.start)
            if passed >= left:
                break
            left -= passed
        start = max(start, pause.end)
    return due_at(hours, start, left)


def _nothing_after(start: datetime, within: timedelta) -> datetime:
    if within < _ZERO:
        raise NegativeWindow(within)
    return start
