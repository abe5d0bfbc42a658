"""Spans are half-open stretches of UTC, and their algebra loses no instant and adds none."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from watchkeeper.core.clock import NaiveInstant
from watchkeeper.core.spans import BackwardsSpan, Span, cut, gaps, overlap, united

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)


def instant(hour: int) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def span(start: int, end: int) -> Span:
    return Span(instant(start), instant(end))


def test_a_span_is_kept_in_utc_whatever_offset_it_is_given_in() -> None:
    chicago = timezone(timedelta(hours=-6))
    given = Span(datetime(2026, 3, 2, 8, tzinfo=chicago), datetime(2026, 3, 2, 17, tzinfo=chicago))
    assert given == span(14, 23)
    assert given.start.tzinfo is UTC
    assert given.length == timedelta(hours=9)


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BackwardsSpan, match="ends at or after its start"):
        span(5, 4)


def test_a_span_without_an_offset_is_refused() -> None:
    with pytest.raises(NaiveInstant, match="add its offset"):
        Span(datetime(2026, 3, 2), instant(1))  # noqa: DTZ001  the very mistake


def test_united_spans_neither_overlap_nor_touch_and_empty_ones_vanish() -> None:
    assert united([span(6, 8), span(1, 3), span(3, 4), span(2, 3), span(5, 5)]) == (span(1, 4), span(6, 8))


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert overlap(span(1, 3), span(3, 5)) is None
    assert overlap(span(1, 4), span(3, 5)) == span(3, 4)


def test_cut_keeps_what_lies_inside_the_frame() -> None:
    assert cut([span(0, 2), span(3, 5), span(6, 9)], instant(1), instant(6)) == (span(1, 2), span(3, 5))


def test_gaps_are_what_no_span_covers() -> None:
    assert gaps([span(3, 5), span(1, 2)], instant(0), instant(6)) == (span(0, 1), span(2, 3), span(5, 6))
    assert gaps([span(0, 9)], instant(1), instant(6)) == ()
