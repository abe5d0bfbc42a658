from datetime import UTC, datetime, timedelta

import pytest

from watchkeeper.core.commitments import Commitment
from watchkeeper.core.hours import AROUND_THE_CLOCK
from watchkeeper.core.policy import OperatingHours, Target
from watchkeeper.core.spans import Span
from watchkeeper.core.within import Within
from watchkeeper.ui.time_left import TimeLeft

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def running(left: timedelta, spans: tuple[tuple[datetime, datetime], ...] | None = None) -> TimeLeft:
    return TimeLeft("running", NOON, NOON + left, 8 * HOUR, left, spans or ((NOON, NOON + left),))


@pytest.mark.parametrize(
    ("left", "ring", "tone"),
    [
        (8 * HOUR, "100.00", "calm"),
        (4 * HOUR + timedelta(seconds=1), "50.00", "calm"),
        (4 * HOUR, "50.00", "soon"),
        (2 * HOUR, "25.00", "soon"),
        (1.6 * HOUR, "20.00", "urgent"),
        (timedelta(0), "0.00", "urgent"),
        (-HOUR, "0.00", "urgent"),
        (9 * HOUR, "100.00", "calm"),
    ],
)
def test_the_ring_holds_the_part_of_the_window_that_is_left(left: timedelta, ring: str, tone: str) -> None:
    clock = running(left, ((NOON, NOON + HOUR),))
    assert (clock.ring, clock.tone) == (ring, tone)


def test_a_window_of_nothing_leaves_an_empty_ring() -> None:
    assert TimeLeft("running", NOON, NOON).fraction == 0.0


def test_the_ring_of_a_kept_promise_is_whole_and_of_a_broken_one_empty() -> None:
    assert TimeLeft("met", NOON, NOON, HOUR).ring == "100.00"
    assert TimeLeft("breached", NOON, NOON, HOUR, HOUR).ring == "0.00"


def test_it_stands_still_outside_the_open_spans_and_names_the_next_opening() -> None:
    clock = running(HOUR, ((NOON + 5 * HOUR, NOON + 6 * HOUR),))
    assert clock.state == "standing"
    assert clock.opens_at == NOON + 5 * HOUR


def test_spans_are_half_open() -> None:
    assert running(HOUR, ((NOON, NOON + HOUR),)).state == "running"
    assert running(HOUR, ((NOON - HOUR, NOON),)).state == "standing"


def test_an_unknown_outcome_names_those_there_are() -> None:
    with pytest.raises(ValueError, match=r'"late" is no outcome .* running, paused, met, breached, cancelled, outside'):
        TimeLeft("late", NOON)


def test_a_running_commitment_without_a_due_time_is_refused() -> None:
    with pytest.raises(ValueError, match="running has a due time"):
        TimeLeft("running", NOON)


def commitment(**given: object) -> Commitment:
    target = Target("acknowledgement", 1, Within.parse("4h"), OperatingHours("always", AROUND_THE_CLOCK, "UTC"))
    said: dict[str, object] = {
        "metric": "acknowledgement",
        "nth": 1,
        "target": target,
        "promise": None,
        "opened_at": NOON,
        "clock_from": NOON,
        "stood_still": (),
        "due_at": NOON + 4 * HOUR,
        "outcome": "running",
        "done_at": None,
        "reason": None,
        "excluded": None,
    }
    return Commitment(**said | given)  # type: ignore[arg-type]


def test_a_running_commitment_shows_what_the_core_still_counts() -> None:
    clock = TimeLeft.of(commitment(), now=NOON + HOUR)
    assert (clock.left, clock.window, clock.state) == (3 * HOUR, 4 * HOUR, "running")
    assert clock.open_spans == ((NOON + HOUR, NOON + 4 * HOUR),)


def test_what_stood_still_is_neither_window_nor_left() -> None:
    still = (Span(NOON + 2 * HOUR, NOON + 3 * HOUR),)
    clock = TimeLeft.of(commitment(stood_still=still, due_at=NOON + 5 * HOUR), now=NOON + 2.5 * HOUR)
    assert (clock.left, clock.window, clock.state) == (2 * HOUR, 4 * HOUR, "standing")
    assert clock.opens_at == NOON + 3 * HOUR


def test_a_paused_commitment_keeps_what_is_left_and_has_no_due_time() -> None:
    still = (Span(NOON + HOUR, NOON + 9 * HOUR),)
    clock = TimeLeft.of(commitment(metric="resolution", due_at=None, stood_still=still), now=NOON + 2 * HOUR)
    assert (clock.state, clock.due_at, clock.left, clock.metric) == ("paused", None, 3 * HOUR, "Resolution")


def test_an_answer_after_the_breach_says_how_late_it_was() -> None:
    clock = TimeLeft.of(commitment(outcome="breached", done_at=NOON + 5 * HOUR), now=NOON + 9 * HOUR)
    assert (clock.tone, clock.words) == ("breach", "done 1 h late")


def test_outside_the_level_is_no_cancellation() -> None:
    outside = commitment(outcome="cancelled", reason="outside the level", due_at=None)
    assert TimeLeft.of(outside, now=NOON).state == "outside"
    withdrawn = commitment(outcome="cancelled", reason="withdrawn")
    assert (TimeLeft.of(withdrawn, now=NOON).state, TimeLeft.of(withdrawn, now=NOON).words) == (
        "cancelled",
        "withdrawn",
    )


def test_what_was_done_while_the_clock_stood_still_is_met_and_says_so() -> None:
    clock = TimeLeft.of(
        commitment(metric="update", outcome="met", due_at=None, done_at=NOON + HOUR), now=NOON + 2 * HOUR
    )
    assert (clock.outcome, clock.ring, clock.words) == ("met", "100.00", "Done while it stood still")
