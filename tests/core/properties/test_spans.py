"""What holds for spans whatever they are: no instant is lost and none is added."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeeper.core.spans import Span, cut, gaps, merged, united

pytestmark = pytest.mark.property

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


@given(some_spans)
def test_united_spans_hold_the_same_instants_once(spans: list[Span]) -> None:
    assert hours_in(united(spans)) == sorted(set(hours_in(tuple(spans))))


@given(some_spans, st.integers(0, 20), st.integers(0, 20))
def test_gaps_and_cut_spans_share_out_the_frame(spans: list[Span], start: int, length: int) -> None:
    begin, end = instant(start), instant(start + length)
    shared_out = hours_in(gaps(spans, begin, end)) + hours_in(united(cut(spans, begin, end)))
    assert sorted(shared_out) == list(range(start, start + length))


@given(some_spans)
def test_merged_pairs_are_united_spans(spans: list[Span]) -> None:
    pairs = merged((span.start, span.end) for span in spans)
    assert tuple(Span(*pair) for pair in pairs) == united(spans)
