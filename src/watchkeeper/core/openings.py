"""A calendar compiled to sorted open spans, lazily, a year at a time, so that a question is a search and not a walk."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol

from watchkeeper.core.spans import merged
from watchkeeper.core.zones import midnight, wall_clock

FIRST_YEAR, LAST_YEAR = 1900, 2299
TEN_YEARS = timedelta(days=3653)

_DAY = timedelta(days=1)

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


class NeverDue(ValueError):
    """A window that does not pass."""


class NeverOpens(NeverDue):
    """Because the hours do not open for ten years."""

    def __init__(self, closed_since: datetime) -> None:
        super().__init__(f"the hours do not open in the ten years after {closed_since.isoformat()}")


class BeyondTheCalendar(NeverDue):
    """Because it goes on after the years that zone data describe."""

    def __init__(self) -> None:
        super().__init__(f"the window does not pass before the end of {LAST_YEAR}")


class Table:
    """The open spans of a run of whole UTC years, disjoint, sorted, and cut at both ends of the run.

    ``starts[i]`` and ``ends[i]`` bound span i; ``closed[i]`` is the closed time before it since the run began, and
    ``open_ends[i] = ends[i] - closed[i]``, where its end would be had the closed time never passed. ``by_day`` maps
    the ordinal of a UTC day to the first span that ends at its midnight or later, and ``by_open_day`` does so for
    ``open_ends``; both leave out the days after the last end. ``leaps`` holds the (end, next start) that lie more than
    ten years apart.
    """

    __slots__ = ("by_day", "by_open_day", "closed", "ends", "first_year", "last_year", "leaps", "open_ends", "starts")

    def __init__(self, first_year: int, last_year: int, spans: Sequence[tuple[datetime, datetime]]) -> None:
        self.first_year, self.last_year = first_year, last_year
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.closed: list[timedelta] = []
        self.leaps: list[tuple[datetime, datetime]] = []
        reached, closed = self.begins_at, timedelta()
        for start, end in spans:
            gap = start - reached
            if gap > TEN_YEARS:
                self.leaps.append((reached, start))
            closed += gap
            self.closed.append(closed)
            reached = end
        self.open_ends = [end - before for end, before in zip(self.ends, self.closed, strict=True)]
        self.by_day = _first_by_day(self.begins_at, self.ends)
        self.by_open_day = _first_by_day(self.begins_at, self.open_ends)

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

    def open_before(self, instant: datetime) -> timedelta:
        """The operating time from the run's beginning to an instant within it."""
        i = self.position(instant)
        if i == len(self.ends):
            return self.open_ends[-1] - self.begins_at if self.ends else timedelta()
        return max(instant, self.starts[i]) - self.closed[i] - self.begins_at

    def refuse_a_leap(self, start: datetime, reached: datetime) -> None:
        """Raises NeverOpens when more than ten closed years lie between two instants, however far the run goes."""
        for closes, opens in self.leaps:
            closed_since = max(start, closes)
            if closed_since < opens <= reached and opens - closed_since > TEN_YEARS:
                raise NeverOpens(closed_since)


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
            of_the_year = self._year(year)
            if spans and of_the_year and spans[-1][1] == of_the_year[0][0]:
                spans[-1] = (spans[-1][0], of_the_year[0][1])
                spans.extend(of_the_year[1:])
            else:
                spans.extend(of_the_year)
        self.table = table = Table(first_year, last_year, spans)
        return table

    def reach_past(self, instant: datetime) -> Table:
        """A table that holds the instant, and twice as many years as the one there is if that already does.

        Raises NeverOpens when that one shows ten years without an opening, BeyondTheCalendar when there are no more
        years, OutsideTheCalendar when the instant is in none.
        """
        table = self.table
        if not table.holds(instant.year):
            return self.reach(instant.year, min(instant.year + 1, LAST_YEAR))
        closed_since = max(instant, table.ends[-1]) if table.ends else instant
        if table.ends_at - closed_since > TEN_YEARS:
            raise NeverOpens(closed_since)
        if table.last_year == LAST_YEAR:
            raise BeyondTheCalendar
        return self.reach(table.first_year, min(2 * table.last_year - table.first_year + 1, LAST_YEAR))

    def _year(self, year: int) -> list[tuple[datetime, datetime]]:
        if year not in self._years:
            begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
            spans = merged(span for calendar in self._calendars for span in _resolved(calendar, year))
            self._years[year] = [
                (start if start > begins else begins, end if end < ends else ends)
                for start, end in spans
                if end > begins and start < ends
            ]
        return self._years[year]


def _first_by_day(begins_at: datetime, ends: Sequence[datetime]) -> dict[int, int]:
    """For the ordinal of each day up to the last end, the position of the first end at its midnight or later."""
    by_day: dict[int, int] = {}
    day = begins_at.toordinal()
    for position, end in enumerate(ends):
        last = end.toordinal()
        while day <= last:
            by_day[day] = position
            day += 1
    return by_day


def _resolved(calendar: Calendar, year: int) -> Iterator[tuple[datetime, datetime]]:
    """The open spans of the windows that can touch a year, in UTC, as they come."""
    opening = wall_clock(calendar.zone, year).opening
    starts = midnight(date(year, 1, 1)) - _DAYS_BEFORE * _DAY
    for _ in range(_DAYS_BEFORE + 366 + 2):
        for opens, closes, closes_zone in calendar.windows_on(starts.date()):
            start, end = opening(starts + opens), wall_clock(closes_zone, year).closing(starts + closes)
            if start < end:
                yield start, end
        starts += _DAY
