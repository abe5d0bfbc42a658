"""Spans are half-open stretches of UTC, and their algebra loses no instant and adds none."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeeper.core.clock import NaiveInstant
from watchkeeper.core.spans import BackwardsSpan, Span, cut, gaps, merged, overlap, united

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)


def instant(hour: int) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def span(start: int, end: int) -> Span:
    return Span(instant(start), instant(end))


def hours_in(spans: tuple[Span, ...]) -> list[int]:
    return [hour for hour in range(-50, 80) for span in spans if span.start <= instant(hour) < span.end]


some_spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda p: span(p[0], p[0] + p[1])), max_size=8
)


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


@pytest.mark.property
@given(some_spans)
def test_united_spans_hold_the_same_instants_once(spans: list[Span]) -> None:
    assert hours_in(united(spans)) == sorted(set(hours_in(tuple(spans))))


@pytest.mark.property
@given(some_spans, st.integers(0, 20), st.integers(0, 20))
def test_gaps_and_cut_spans_share_out_the_frame(spans: list[Span], start: int, length: int) -> None:
    begin, end = instant(start), instant(start + length)
    shared_out = hours_in(gaps(spans, begin, end)) + hours_in(united(cut(spans, begin, end)))
    assert sorted(shared_out) == list(range(start, start + length))


@pytest.mark.property
@given(some_spans)
def test_merged_pairs_are_united_spans(spans: list[Span]) -> None:
    pairs = merged((span.start, span.end) for span in spans)
    assert tuple(Span(*pair) for pair in pairs) == united(spans)
