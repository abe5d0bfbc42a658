"""A batch gives the answers of the single calls, to the microsecond, and refuses what they refuse."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.core.wall_clocks import CHICAGO, EVERY_DAY, MONDAY_TO_FRIDAY, STANDARD, at, hours, weekly
from watchkeeper.core.batch import counted_many, due_at_many
from watchkeeper.core.clock import (
    BackwardsInterval,
    NegativeWindow,
    NeverDue,
    OutsideTheCalendar,
    counted,
    due_at,
)
from watchkeeper.core.hours import AROUND_THE_CLOCK, DatedException, Hours, Schedule, Window

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
HOUR = 3_600_000_000

CALENDARS = (
    STANDARD,
    AROUND_THE_CLOCK,
    weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-12:00", "13:00-17:00", holidays=["2026-11-26"]),
    weekly("Australia/Lord_Howe", EVERY_DAY, "22:00-02:15"),
    Hours((Schedule("UTC", (Window(0, hours(1), hours(1) + 3 * MICROSECOND), Window(3, hours(1), hours(2)))),)),
)


def microseconds(*instants: datetime) -> np.ndarray:
    return np.array([(instant - EPOCH) // MICROSECOND for instant in instants], dtype=np.int64)


def instant(n: int) -> datetime:
    return EPOCH + int(n) * MICROSECOND


def random_starts(size: int) -> np.ndarray:
    first, last = microseconds(at("2026-01-01"), at("2027-12-31"))
    return np.random.default_rng(20260307).integers(first, last, size)


@pytest.mark.parametrize("calendar", CALENDARS)
def test_a_batch_answers_as_single_calls_do(calendar: Hours) -> None:
    starts = random_starts(1000)
    lengths = np.random.default_rng(1).integers(0, 30, starts.size) * HOUR // 7
    ends = starts + np.random.default_rng(2).integers(0, 500, starts.size) * HOUR // 9
    if calendar is CALENDARS[-1]:
        lengths //= 100
    singles = [due_at(calendar, instant(s), int(n) * MICROSECOND) for s, n in zip(starts, lengths, strict=True)]
    assert due_at_many(calendar, starts, lengths).tolist() == microseconds(*singles).tolist()
    totals = [counted(calendar, instant(a), instant(b)) // MICROSECOND for a, b in zip(starts, ends, strict=True)]
    assert counted_many(calendar, starts, ends).tolist() == totals


def test_a_batch_is_exact_at_every_edge_of_the_hours() -> None:
    edges = [at(f"2026-03-{day:02} {time}") for day in range(1, 32) for time in ("08:00", "17:00")]
    starts = microseconds(*(edge + n * MICROSECOND for edge in edges for n in (-1, 0, 1)))
    for within in (hours(9), hours(9) + MICROSECOND, MICROSECOND):
        singles = [due_at(STANDARD, instant(start), within) for start in starts]
        assert due_at_many(STANDARD, starts, within).tolist() == microseconds(*singles).tolist()


def test_a_batch_larger_than_a_chunk_loses_nothing() -> None:
    starts = random_starts(20_000)
    few = due_at_many(STANDARD, starts[-10:], hours(8))
    assert due_at_many(STANDARD, starts, hours(8))[-10:].tolist() == few.tolist()
    assert (counted_many(STANDARD, starts, due_at_many(STANDARD, starts, hours(8))) == 8 * HOUR).all()


def test_zero_gives_the_start_even_when_closed() -> None:
    starts = microseconds(at("2026-03-07 12:00"), at("2026-03-09 12:00"))
    assert due_at_many(STANDARD, starts, timedelta()).tolist() == starts.tolist()
    mixed = due_at_many(STANDARD, starts, np.array([0, HOUR]))
    assert mixed.tolist() == [starts[0], starts[1] + HOUR]


def test_no_instants_have_no_answers() -> None:
    nothing = np.array([], dtype=np.int64)
    assert due_at_many(STANDARD, nothing, hours(1)).size == 0
    assert counted_many(STANDARD, nothing, nothing).size == 0


def test_the_instants_given_are_left_as_they_are() -> None:
    starts = random_starts(100)
    kept = starts.copy()
    due_at_many(STANDARD, starts, hours(8))
    counted_many(STANDARD, starts, starts)
    assert (starts == kept).all()


def opened_only_on(*days: date) -> Hours:
    return Hours((Schedule("UTC", (), exceptions=tuple(DatedException(d, ((hours(8), hours(17)),)) for d in days)),))


def test_hours_that_end_some_day_are_asked_one_by_one() -> None:
    desk = opened_only_on(date(2026, 3, 6))
    starts = microseconds(at("2026-03-06 09:00", "UTC"), at("2026-03-06 16:30", "UTC"))
    dues = due_at_many(desk, starts, np.array([8 * HOUR, HOUR // 2]))
    assert set(dues.tolist()) == set(microseconds(at("2026-03-06 17:00", "UTC")).tolist())
    with pytest.raises(NeverDue):
        due_at_many(desk, starts, hours(8))


def test_ten_closed_years_are_never_due_in_a_batch_either() -> None:
    desk = opened_only_on(date(2020, 3, 6), date(2033, 3, 6))
    waiting = microseconds(at("2024-03-06"))
    assert due_at_many(desk, waiting, hours(1)).tolist() == microseconds(at("2033-03-06 09:00", "UTC")).tolist()
    with pytest.raises(NeverDue):
        due_at_many(desk, microseconds(at("2021-01-01"), at("2024-03-06")), hours(1))


def test_what_single_calls_refuse_a_batch_refuses() -> None:
    starts = microseconds(at("2026-03-06"), at("2026-03-07"))
    with pytest.raises(NegativeWindow):
        due_at_many(STANDARD, starts, np.array([HOUR, -1]))
    with pytest.raises(BackwardsInterval, match="given 2026-03-07T06:00:00"):
        counted_many(STANDARD, starts, microseconds(at("2026-03-08"), at("2026-03-06")))
    with pytest.raises(OutsideTheCalendar, match="not in 1899"):
        counted_many(STANDARD, microseconds(datetime(1899, 1, 1, tzinfo=UTC)), microseconds(at("2026-03-06")))
    with pytest.raises(OutsideTheCalendar):
        due_at_many(STANDARD, np.array([np.iinfo(np.int64).min]), hours(1))


def test_other_arrays_are_refused() -> None:
    starts = random_starts(3)
    with pytest.raises(TypeError, match="int64 microseconds, not float64"):
        due_at_many(STANDARD, starts.astype(float), hours(1))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"given \(2,\) for \(3,\)"):
        due_at_many(STANDARD, starts, starts[:2])
    with pytest.raises(ValueError, match="come in pairs"):
        counted_many(STANDARD, starts, starts[:2])
