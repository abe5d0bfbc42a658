"""Why a deadline is when it is: the counted, closed and paused stretches between a start and a due instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from watchkeeper.core.counting import BackwardsInterval
from watchkeeper.core.hours import Hours
from watchkeeper.core.instants import in_utc
from watchkeeper.core.spans import Span, cut, gaps, united
from watchkeeper.core.zones import local_time, midnight, opening

OPEN = "open"
CLOSED = "closed"
WEEKEND = "weekend"
HOLIDAY = "holiday"
PAUSED = "paused"

_ZERO = timedelta()
_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)
_SATURDAY, _SUNDAY = 5, 6


class Stretch(NamedTuple):
    """From ``start`` to ``end`` (UTC), how much of it counts, and why: one of the reasons of this file."""

    start: datetime
    end: datetime
    counted: timedelta
    reason: str


def explain(hours: Hours, start: datetime, due: datetime, paused: Sequence[Span] = ()) -> tuple[Stretch, ...]:
    """Stretches that tile [start, due); what they count adds up to the operating time between them.

    A closing that takes in whole dates says why: a weekend, a holiday, or merely closed; the night on either side
    belongs to it. Raises BackwardsInterval.
    """
    start, due = in_utc(start), in_utc(due)
    if due < start:
        raise BackwardsInterval(start, due)
    stretches = _open_and_closed(hours, start, due)
    return tuple(_with_pauses(stretches, cut(united(paused), start, due)) if paused else stretches)


def explain_elapsed(
    hours: Hours, start: datetime, due: datetime, running: Span, paused: Sequence[Span] = ()
) -> tuple[Stretch, ...]:
    """``explain`` for the wall clock: everything in ``running`` counts, closed or not, except what is paused."""
    divided = chain.from_iterable(_divided(stretch, running) for stretch in explain(hours, start, due, paused))
    return tuple(
        stretch._replace(counted=stretch.end - stretch.start)
        if stretch.reason != PAUSED and running.start <= stretch.start < running.end
        else stretch._replace(counted=_ZERO)
        for stretch in divided
    )


def _open_and_closed(hours: Hours, start: datetime, due: datetime) -> list[Stretch]:
    table = hours.openings.reach(start.year, due.year)
    stretches: list[Stretch] = []
    for position in range(table.position(start), len(table.ends)):
        opens, closes = table.starts[position], table.ends[position]
        if start < opens:
            if opens <= due and position and start == table.ends[position - 1]:
                stretches.extend(_closed_throughout(hours, start, opens))
            else:
                stretches.extend(_closed_by_date(hours, start, min(opens, due)))
            start = opens
        if due <= start:
            break
        end = closes if closes < due else due
        stretches.append(Stretch(start, end, end - start, OPEN))
        start = end
        if due <= closes:
            break
    if start < due:
        stretches.extend(_closed_by_date(hours, start, due))
    return stretches


@lru_cache(maxsize=4096)
def _closed_throughout(hours: Hours, start: datetime, end: datetime) -> tuple[Stretch, ...]:
    """``_closed_by_date`` from a closing to the next opening, which every explanation across them shares."""
    return tuple(_closed_by_date(hours, start, end))


def _closed_by_date(hours: Hours, start: datetime, end: datetime) -> Iterator[Stretch]:
    """A closed stretch, divided at the midnights where the reason for it changes."""
    day, last = local_time(start, hours.zone).date(), local_time(end - _MICROSECOND, hours.zone).date()
    begins, reason = start, ""
    while day <= last:
        why = _why_closed(hours, day)
        if why and reason and why != reason:
            turn = opening(midnight(day), hours.zone)
            yield Stretch(begins, turn, _ZERO, reason)
            begins = turn
        reason = why or reason
        day += _DAY
    yield Stretch(begins, end, _ZERO, reason or CLOSED)


@lru_cache(maxsize=16_384)
def _why_closed(hours: Hours, day: date) -> str:
    """Why no window opens on the date; empty when one does."""
    if any(schedule.windows_on(day) for schedule in hours.schedules):
        return ""
    ordinarily = [schedule for schedule in hours.schedules if schedule.opens_weekly_on(day)]
    if ordinarily:
        return HOLIDAY if all(schedule.is_holiday(day) for schedule in ordinarily) else CLOSED
    return WEEKEND if _is_weekend(hours, day) else CLOSED


def _is_weekend(hours: Hours, day: date) -> bool:
    """Whether the weekdays without windows around this one include a Saturday or a Sunday."""

    def is_free(weekday: int) -> bool:
        return not any(schedule.opens_weekly_on(date.min + weekday % 7 * _DAY) for schedule in hours.schedules)

    weekday = day.weekday()
    first = last = weekday
    while is_free(first - 1) and first > weekday - 7:
        first -= 1
    while is_free(last + 1) and last < weekday + 7:
        last += 1
    return any(free % 7 in (_SATURDAY, _SUNDAY) for free in range(first, last + 1))


def _with_pauses(stretches: Iterable[Stretch], pauses: tuple[Span, ...]) -> Iterable[Stretch]:
    pieces = [Stretch(pause.start, pause.end, _ZERO, PAUSED) for pause in pauses]
    for start, end, counted, reason in stretches:
        for piece in gaps(pauses, start, end):
            pieces.append(Stretch(piece.start, piece.end, piece.length if counted else _ZERO, reason))
    return sorted(pieces)


def _divided(stretch: Stretch, running: Span) -> Iterable[Stretch]:
    """The stretch, cut where the clock begins and where it stops."""
    edges = [stretch.start, *(edge for edge in (running.start, running.end) if stretch.start < edge < stretch.end)]
    for start, end in zip(edges, [*edges[1:], stretch.end], strict=True):
        yield stretch._replace(start=start, end=end)
