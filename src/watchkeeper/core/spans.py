"""Half-open stretches of time [start, end) in UTC, and their algebra: unite, overlap, cut, take away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from watchkeeper.core.instants import in_utc


class BackwardsSpan(ValueError):
    """A span that ends before it starts."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """All instants from ``start`` up to, not including, ``end``; empty when they are equal.

    Any offset is accepted and turned to UTC. Raises NaiveInstant without one, BackwardsSpan when it ends before it
    starts.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC:
            object.__setattr__(self, "start", in_utc(self.start))
        if self.end.tzinfo is not UTC:
            object.__setattr__(self, "end", in_utc(self.end))
        if self.end < self.start:
            raise BackwardsSpan(f"a span ends at or after its start; given {self.start} to {self.end}")

    @property
    def length(self) -> timedelta:
        """From start to end; zero when empty."""
        return self.end - self.start


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same instants as sorted spans that neither overlap nor touch; empty spans vanish."""
    return tuple(Span(start, end) for start, end in merged((span.start, span.end) for span in spans))


def merged(bounds: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """``united`` for plain (start, end) pairs in UTC, for where thousands are made at a time."""
    whole: list[tuple[datetime, datetime]] = []
    for start, end in sorted(bounds):
        if start == end:
            continue
        if whole and start <= whole[-1][1]:
            if end > whole[-1][1]:
                whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def overlap(a: Span, b: Span) -> Span | None:
    """The instants in both spans, or None when there are none."""
    start, end = max(a.start, b.start), min(a.end, b.end)
    return Span(start, end) if start < end else None


def cut(spans: Iterable[Span], start: datetime, end: datetime) -> tuple[Span, ...]:
    """What of each span lies in [start, end), in the order given; what lies outside is left out."""
    frame = Span(start, end)
    return tuple(piece for span in spans if (piece := overlap(span, frame)))


def gaps(spans: Iterable[Span], start: datetime, end: datetime) -> tuple[Span, ...]:
    """What of [start, end) lies in none of the spans, sorted."""
    left: list[Span] = []
    reached = start
    for span in united(cut(spans, start, end)):
        if reached < span.start:
            left.append(Span(reached, span.start))
        reached = span.end
    if reached < end:
        left.append(Span(reached, end))
    return tuple(left)
