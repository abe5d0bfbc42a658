"""A calendar compiled to sorted open spans, lazily, a year at a time, so that a question is a search and not a walk."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, repeat
from typing import NamedTuple, Protocol

from watchkeeper.core.spans import merged
from watchkeeper.core.zones import midnight, wall_clock

FIRST_YEAR, LAST_YEAR = 1900, 2299
TEN_YEARS = timedelta(days=3653)

_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)

# A window that opens this many days before a year can still be open in it: a week long, and zones up to 26 h apart.
_DAYS_BEFORE = 10


class DayWindow(NamedTuple):
    """A window of one date: offsets from its local midnight, the closing on the wall clock of ``closes_zone``."""

    opens: timedelta
    closes: timedelta
    closes_zone: str


class Calendar(Protocol):
    """What is compiled: the windows that open on each date, in a zone."""

    @property
    def zone(self) -> str: ...

    def windows_on(self, day: date) -> Sequence[DayWindow]: ...


class OutsideTheCalendar(ValueError):
    """An instant in a year for which zone data say nothing worth promising."""

    def __init__(self, year: int) -> None:
        super().__init__(f"hours are counted in the years {FIRST_YEAR} to {LAST_YEAR}, not in {year}")


class Table:
    """The open spans of a run of whole UTC years, disjoint, sorted, and cut at both ends of the run.

    ``starts[i]`` and ``ends[i]`` bound span i; ``closed[i]`` is the closed time before it since the run began, and
    ``open_ends[i] = ends[i] - closed[i]``, where its end would be had the closed time never passed. ``by_day`` maps
    the ordinal of a UTC day to the first span that ends after its midnight, and leaves out the last days of the run,
    on which there may be no such span yet. ``leaps`` holds the (end, next start) that lie more than ten years apart.
    """

    __slots__ = ("by_day", "closed", "ends", "first_year", "last_year", "leaps", "open_ends", "starts")

    def __init__(self, first_year: int, last_year: int, spans: Sequence[tuple[datetime, datetime]]) -> None:
        self.first_year, self.last_year = first_year, last_year
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.closed: list[timedelta] = []
        reached, closed = self.begins_at, timedelta()
        for start, end in spans:
            closed += start - reached
            self.closed.append(closed)
            reached = end
        self.open_ends = [end - before for end, before in zip(self.ends, self.closed, strict=True)]
        edges = pairwise([self.begins_at, *(edge for span in spans for edge in span)])
        self.leaps = [(end, start) for end, start in list(edges)[::2] if start - end > TEN_YEARS]
        self.by_day = self._days()

    @property
    def begins_at(self) -> datetime:
        return datetime(self.first_year, 1, 1, tzinfo=UTC)

    @property
    def ends_at(self) -> datetime:
        return datetime(self.last_year + 1, 1, 1, tzinfo=UTC)

    def holds(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year

    def position(self, instant: datetime) -> int:
        """The first span that ends after the instant; one past the last when there is none."""
        return bisect_right(self.ends, instant)

    def span(self, position: int, horizon: datetime) -> tuple[datetime, datetime]:
        """Where a span starts and ends; beyond the last one, nothing opens before the horizon."""
        return (self.starts[position], self.ends[position]) if position < len(self.ends) else (horizon, horizon)

    def open_before(self, instant: datetime) -> timedelta:
        """The operating time from the run's beginning to an instant within it."""
        i = self.position(instant)
        if i == len(self.ends):
            return self.open_ends[-1] - self.begins_at if self.ends else timedelta()
        return max(instant, self.starts[i]) - self.closed[i] - self.begins_at

    def _days(self) -> dict[int, int]:
        by_day: dict[int, int] = {}
        day = self.begins_at.toordinal()
        for i, end in enumerate(self.ends):
            # a span that ends at midnight is over on the day that begins there
            next_day = (end - _MICROSECOND).toordinal() + 1
            by_day.update(zip(range(day, next_day), repeat(i)))
            day = max(day, next_day)
        by_day.pop(day - 1, None)
        return by_day


class Openings:
    """The open spans of some schedules, compiled for the years that were asked about so far.

    ``table`` is replaced, never changed, so that threads may read while another extends it.
    """

    __slots__ = ("_calendars", "_years", "table")

    def __init__(self, calendars: Sequence[Calendar]) -> None:
        self._calendars = calendars
        self._years: dict[int, list[tuple[datetime, datetime]]] = {}
        self.table = Table(FIRST_YEAR, FIRST_YEAR - 1, ())

    def reach(self, first_year: int, last_year: int) -> Table:
        """A table that holds all these years. Raises OutsideTheCalendar."""
        for year in (first_year, last_year):
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise OutsideTheCalendar(year)
        table = self.table
        if table.holds(first_year) and table.holds(last_year):
            return table
        if table.first_year <= table.last_year:
            first_year, last_year = min(first_year, table.first_year), max(last_year, table.last_year)
        spans: list[tuple[datetime, datetime]] = []
        for year in range(first_year, last_year + 1):
            spans.extend(self._year(year))
        self.table = table = Table(first_year, last_year, merged(spans))
        return table

    def _year(self, year: int) -> list[tuple[datetime, datetime]]:
        if year not in self._years:
            begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
            spans = (span for calendar in self._calendars for span in _resolved(calendar, year))
            cut = [(max(start, begins), min(end, ends)) for start, end in spans if end > begins and start < ends]
            self._years[year] = merged(cut)
        return self._years[year]


def _resolved(calendar: Calendar, year: int) -> Iterator[tuple[datetime, datetime]]:
    """The open spans of the windows that can touch a year, in UTC, as they come."""
    wall = wall_clock(calendar.zone, year)
    day = date(year, 1, 1) - _DAYS_BEFORE * _DAY
    while day < date(year + 1, 1, 3):
        starts = midnight(day)
        for opens, closes, closes_zone in calendar.windows_on(day):
            closing_wall = wall if closes_zone == calendar.zone else wall_clock(closes_zone, year)
            start, end = wall.opening(starts + opens), closing_wall.closing(starts + closes)
            if start < end:
                yield start, end
        day += _DAY
