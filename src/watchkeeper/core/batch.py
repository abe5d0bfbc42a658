"""``due_at`` and ``counted`` for millions of instants at once, on NumPy arrays of microseconds since the Unix epoch.

The answers equal those of the single calls to the microsecond. Instants are int64 arrays in UTC. Looking an instant up
is a shift and a comparison: time is divided into buckets of 2**k microseconds, so narrow that no bucket holds two
edges, and one comparison with the next edge corrects what the bucket says. Work goes in chunks that stay in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from watchkeeper.core.counting import BackwardsInterval, NegativeWindow, due_at
from watchkeeper.core.hours import Hours
from watchkeeper.core.openings import FIRST_YEAR, LAST_YEAR, NeverDue, OutsideTheCalendar, Table

Microseconds: TypeAlias = npt.NDArray[np.int64]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CHUNK = 8_192
_MOST_BUCKETS = 1 << 20
_NEVER = np.iinfo(np.int64).max


def due_at_many(hours: Hours, starts: Microseconds, within: timedelta | Microseconds) -> Microseconds:
    """For each start the first microsecond at which ``within`` of operating time has passed.

    ``within`` is one length, or an array of microseconds as long as ``starts``. Raises what ``due_at`` raises when it
    would for any of them, and TypeError for other arrays than int64.
    """
    _refuse_other_types(starts)
    lengths = _lengths(within, starts)
    if not starts.size:
        return starts.copy()
    shortest, longest = (int(edge) * _MICROSECOND for edge in (lengths.min(), lengths.max()))
    if shortest < timedelta():
        raise NegativeWindow(shortest)
    if not longest:
        return starts.copy()
    first, last = _first_and_last(starts)
    try:
        # no other pair is due later than the latest start with the longest window
        table = hours.openings.reach(first.year, due_at(hours, last, longest).year)
    except NeverDue:
        table = None
    if table is None or table.leaps:
        return _one_by_one(hours, starts, lengths)
    dues = _grid(table).due_at(starts, lengths)
    return dues if shortest else np.where(lengths == 0, starts, dues)


def counted_many(hours: Hours, starts: Microseconds, ends: Microseconds) -> Microseconds:
    """For each pair the microseconds of operating time in [start, end). Raises what ``counted`` raises for any."""
    _refuse_other_types(starts)
    _refuse_other_types(ends)
    if starts.shape != ends.shape:
        raise ValueError(f"starts and ends come in pairs; given {starts.shape} and {ends.shape}")
    if not starts.size:
        return starts.copy()
    first, last = _first_and_last(np.array([starts.min(), ends.min(), starts.max(), ends.max()]))
    backwards = ends < starts
    if backwards.any():
        worst = int(backwards.argmax())
        raise BackwardsInterval(_instant(int(starts.flat[worst])), _instant(int(ends.flat[worst])))
    return _grid(hours.openings.reach(first.year, last.year)).counted(starts, ends)


class _Grid:
    """A table of open spans as arrays, with an empty span before the first so that every instant follows a start."""

    __slots__ = ("_closed", "_ends_found", "_open_ends", "_starts_found")

    def __init__(self, table: Table) -> None:
        begins, until = _microseconds(table.begins_at), _microseconds(table.ends_at)
        starts = np.array([begins, *map(_microseconds, table.starts)], dtype=np.int64)
        self._closed = np.array([0, *(closed // _MICROSECOND for closed in table.closed)], dtype=np.int64)
        self._open_ends = np.array([begins, *map(_microseconds, table.open_ends)], dtype=np.int64)
        self._starts_found = _Finder(starts[1:], begins, until)
        self._ends_found = _Finder(self._open_ends, begins, until)

    def counted(self, starts: Microseconds, ends: Microseconds) -> Microseconds:
        total = np.empty(starts.shape, dtype=np.int64)
        for chunk in _chunks(starts.size):
            np.subtract(self._running(ends[chunk]), self._running(starts[chunk]), out=total[chunk])
        return total

    def due_at(self, starts: Microseconds, lengths: Microseconds) -> Microseconds:
        dues = np.empty(starts.shape, dtype=np.int64)
        for chunk in _chunks(starts.size):
            goal = self._running(starts[chunk])
            goal += lengths[chunk] if lengths.shape else lengths
            goal -= 1
            span = self._ends_found(goal)
            goal += 1
            np.add(goal, self._closed.take(span, mode="clip"), out=dues[chunk])
        return dues

    def _running(self, instants: Microseconds) -> Microseconds:
        """What a clock that stands still while closed shows at each instant."""
        span = self._starts_found(instants)
        shown = instants - self._closed.take(span, mode="clip")
        np.minimum(shown, self._open_ends.take(span, mode="clip"), out=shown)
        return shown


class _Finder:
    """Counts how many of some sorted edges lie at or before each instant of a range."""

    __slots__ = ("_begins", "_buckets", "_edges", "_next_edge", "_shift")

    def __init__(self, edges: Microseconds, begins: int, until: int) -> None:
        self._edges, self._begins = edges, begins
        narrowest = int(np.diff(edges).min()) if len(edges) > 1 else until - begins
        self._shift = max(narrowest.bit_length() - 1, 0)
        if (until - begins) >> self._shift > _MOST_BUCKETS:
            self._buckets = None
            return
        bucket_begins = np.arange(begins, until + 1, 1 << self._shift, dtype=np.int64)
        self._buckets = np.searchsorted(edges, bucket_begins, side="right")
        self._next_edge = np.append(edges, _NEVER).take(self._buckets)

    def __call__(self, instants: Microseconds) -> npt.NDArray[np.intp]:
        if self._buckets is None:
            return np.searchsorted(self._edges, instants, side="right")
        bucket = instants - self._begins
        bucket >>= self._shift
        found = self._buckets.take(bucket, mode="clip")
        found += instants >= self._next_edge.take(bucket, mode="clip")
        return found


@lru_cache(maxsize=64)
def _grid(table: Table) -> _Grid:
    return _Grid(table)


def _one_by_one(hours: Hours, starts: Microseconds, lengths: Microseconds) -> Microseconds:
    """For hours that end some day or rest for ten years: each start must be asked whether it is ever due."""
    each = np.broadcast_to(lengths, starts.shape)
    dues = [
        _microseconds(due_at(hours, _instant(int(start)), int(length) * _MICROSECOND))
        for start, length in zip(starts.flat, each.flat, strict=True)
    ]
    return np.array(dues, dtype=np.int64).reshape(starts.shape)


def _lengths(within: timedelta | Microseconds, starts: Microseconds) -> Microseconds:
    if isinstance(within, timedelta):
        return np.array(within // _MICROSECOND, dtype=np.int64)
    _refuse_other_types(within)
    if within.shape != starts.shape:
        raise ValueError(f"within is one length or one for each start; given {within.shape} for {starts.shape}")
    return within


def _refuse_other_types(array: npt.NDArray[np.generic]) -> None:
    if array.dtype != np.int64:
        raise TypeError(f"instants and lengths are int64 microseconds, not {array.dtype}")


def _first_and_last(instants: Microseconds) -> tuple[datetime, datetime]:
    edges = np.array([instants.min(), instants.max()])
    for year in edges.astype("datetime64[us]").astype("datetime64[Y]").astype(np.int64) + 1970:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise OutsideTheCalendar(int(year))
    return _instant(int(edges[0])), _instant(int(edges[1]))


def _chunks(size: int) -> Iterator[slice]:
    return (slice(begin, begin + _CHUNK) for begin in range(0, size, _CHUNK))


def _instant(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _MICROSECOND


def _microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND
