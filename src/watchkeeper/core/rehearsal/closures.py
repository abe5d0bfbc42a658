"""Stretches in which nothing counts for longer than between two ordinary weeks: holidays beside weekends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from watchkeeper.core.hours import Hours
from watchkeeper.core.policy import OperatingHours
from watchkeeper.core.rehearsal.ordinary import ordinary, ordinary_week
from watchkeeper.core.rehearsal.period import Period
from watchkeeper.core.spans import Span
from watchkeeper.core.zones import midnight, opening

_CLOCKS = timedelta(hours=1)
"""How much longer the clocks alone make an ordinary weekend."""

_FORTNIGHT = timedelta(days=14)


class Closure(NamedTuple):
    """That a calendar is closed from ``start`` to ``end``, and how long it ordinarily is at most."""

    calendar: OperatingHours
    start: datetime
    end: datetime
    ordinarily: timedelta

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def long_closures(calendar: OperatingHours, period: Period) -> Iterator[Closure]:
    """Every stretch that begins in the period and is longer than an ordinary one, in their order."""
    hours = calendar.hours
    begins, ends = (opening(midnight(day), hours.zone) for day in period)
    week = ordinary_week(hours, period, _FORTNIGHT)
    ordinarily = max((gap.length for gap in _gaps(ordinary(hours), week.start, week.start + _FORTNIGHT)), default=None)
    usually = ordinarily or timedelta()
    for gap in _gaps(hours, begins, ends):
        if gap.length > usually + _CLOCKS:
            yield Closure(calendar, gap.start, gap.end, usually)


def _gaps(hours: Hours, begins: datetime, ends: datetime) -> Iterator[Span]:
    """The closed stretches between two openings that begin in [begins, ends)."""
    table = hours.openings.reach(begins.year, ends.year + 1)
    spans = zip(table.starts, table.ends, strict=True)
    for (_, closes), (opens, _) in pairwise(spans):
        if begins <= closes < ends:
            yield Span(closes, opens)
