"""Rates of the clock beside its peers in one run, each judged by the oracle: ``python -m bench.clock``.

Every party answers the same questions about the same calendars in 2026; what counts as right is what an oracle that
steps through time says. Rates are calls for each second of processor time, the best of several rounds, so that other
work on the machine disturbs them little.
"""

from __future__ import annotations

import platform
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from typing import NamedTuple

import numpy as np
import pandas as pd
from bench.parties import ALL_DAY, HOUR, PEERS, Calendar, CannotSay, Party, Watchkeeper
from tests.core.oracle import Oracle

from watchkeeper.core import zones
from watchkeeper.core.batch import counted_many, due_at_many
from watchkeeper.core.clock import due_at, explain
from watchkeeper.core.openings import Openings
from watchkeeper.core.trace import tzdata_version

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

QUESTIONS = 400
SINGLE_CALLS = 20_000
BATCH = 4_000_000
SECONDS_A_PARTY = 1.0
ROUNDS = 7

US_HOLIDAYS = frozenset(
    date(2026, month, day) for month, day in ((1, 1), (1, 19), (5, 25), (7, 3), (9, 7), (11, 26), (12, 25))
)
CHANGES_AND_EDGES = (
    datetime(2026, 3, 6, 22, 30, tzinfo=UTC),  # the weekend of the skipped hour
    datetime(2026, 3, 8, 7, 30, tzinfo=UTC),  # just before it
    datetime(2026, 10, 30, 21, 30, tzinfo=UTC),  # the weekend of the repeated hour
    datetime(2026, 11, 1, 6, 30, tzinfo=UTC),  # in its first coming
    datetime(2026, 11, 1, 7, 30, tzinfo=UTC),  # in its second
    datetime(2026, 3, 20, 22, 0, tzinfo=UTC),  # exactly at a closing
    datetime(2026, 3, 23, 13, 0, tzinfo=UTC),  # exactly at an opening
    datetime(2026, 11, 25, 22, 0, tzinfo=UTC),  # the eve of a holiday
)


CALENDARS = (
    Calendar("Mon-Fri 08-17, US holidays", (0, 1, 2, 3, 4), ((time(8), time(17)),), US_HOLIDAYS),
    Calendar("Mon-Fri 08-12 and 13-17", (0, 1, 2, 3, 4), ((time(8), time(12)), (time(13), time(17)))),
    Calendar("every night 22-06", tuple(range(7)), ((time(22), time(6)),)),
    Calendar("around the clock", tuple(range(7)), ALL_DAY),
)


class Question(NamedTuple):
    """What is asked, and what the oracle answers."""

    start: datetime
    within: timedelta
    due: datetime
    end: datetime
    open_time: timedelta


class Score(NamedTuple):
    """Calls a second, and how many of the questions were answered right; nothing where there is no such function."""

    rate: float
    right: int


def main() -> None:
    """Print one table for all calendars, then what compiling and explaining cost."""
    print(f"Python {platform.python_version()} on {platform.machine()}, NumPy {np.__version__}, ", end="")
    print(f"pandas {pd.__version__}, tzdata {tzdata_version()}; one core, {QUESTIONS} questions each")
    print(f"\n{'':28}{'due_at/s':>12}{'right':>7}{'slower':>9}{'counted/s':>14}{'right':>7}{'slower':>9}")
    for calendar in CALENDARS:
        print(calendar.name)
        for row in _rows(calendar):
            print(f"  {row}")
    print(f"\ncompiling a calendar: {_compiling():.2f} ms a year")
    print(f"explaining 40 h: {_explaining():.1f} µs")


def _rows(calendar: Calendar) -> Iterator[str]:
    """The parties' scores; slower is by how many times watchkeeper's single calls are faster."""
    questions = _questions(Oracle(calendar.hours, date(2025, 12, 20), 420))
    ours = Watchkeeper(calendar)
    reference = _scores(ours.due_at, ours.counted, questions, SINGLE_CALLS)
    yield _row(ours.name, reference, reference)
    yield _row("watchkeeper in batches", _batch_scores(calendar, questions), reference)
    for kind in PEERS:
        try:
            peer: Party = kind(calendar)
        except CannotSay as limit:
            yield f"{kind.name:26} {limit}"
        else:
            yield _row(peer.name, _scores(peer.due_at, peer.counted, questions, QUESTIONS), reference)


def _row(name: str, scores: Sequence[Score | None], reference: Sequence[Score | None]) -> str:
    cells = f"{name:26}"
    for score, own in zip(scores, reference, strict=True):
        if score and own:
            cells += f"{score.rate:>12,.0f}{score.right:>7}{_slower(own.rate / score.rate):>9}  "
        else:
            cells += f"{'-':>12}{'-':>7}{'-':>9}  "
    return cells.rstrip()


def _slower(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 1 else f"1/{1 / ratio:,.0f}"


def _questions(oracle: Oracle) -> list[Question]:
    """Instants all over 2026, four in ten around changes of the clock, closings and a holiday."""
    rng = random.Random(2026)
    questions = []
    for _ in range(QUESTIONS):
        if rng.random() < 0.4:
            start = rng.choice(CHANGES_AND_EDGES) + timedelta(seconds=rng.choice((0, 0, -1, 1, rng.randrange(90_000))))
        else:
            start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=rng.randrange(360 * 86_400))
        within, end = rng.choice((1, 2, 4, 8, 9, 12, 24)) * HOUR, start + timedelta(seconds=rng.randrange(10 * 86_400))
        due = oracle.due_at(_microseconds(start), within // MICROSECOND)
        open_time = oracle.counted(_microseconds(start), _microseconds(end)) * MICROSECOND
        questions.append(Question(start, within, EPOCH + due * MICROSECOND, end, open_time))
    return questions


def _scores(
    ask_due: Callable[..., object] | None,
    ask_counted: Callable[..., object] | None,
    questions: Sequence[Question],
    calls: int,
) -> tuple[Score | None, Score | None]:
    due = _score(ask_due, [((q.start, q.within), q.due) for q in questions], calls)
    counted = _score(ask_counted, [((q.start, q.end), q.open_time) for q in questions], calls)
    return due, counted


def _score(
    ask: Callable[..., object] | None, asked: Sequence[tuple[tuple[object, object], object]], calls: int
) -> Score | None:
    """How many answers are right, and the best rate of several rounds over the questions that are answered at all."""
    if ask is None:
        return None
    answers = [_answer(ask, question) for question, _ in asked]
    right = sum(answer == expected for answer, (_, expected) in zip(answers, asked, strict=True))
    answered = [question for (question, _), answer in zip(asked, answers, strict=True) if answer is not None]
    answered = (answered * (calls // len(answered) + 1))[:calls]
    best, until = 0.0, process_time() + SECONDS_A_PARTY
    while not best or process_time() < until:
        begun = process_time()
        for first, second in answered:
            ask(first, second)
        best = max(best, len(answered) / (process_time() - begun))
    return Score(best, right)


def _answer(ask: Callable[..., object], question: tuple[object, object]) -> object:
    """The answer, or nothing when a sound question is refused."""
    try:
        return ask(*question)
    except (ValueError, TypeError, OverflowError):
        return None


def _batch_scores(calendar: Calendar, questions: Sequence[Question]) -> tuple[Score, Score]:
    hours = calendar.hours
    asked = [(q.start - EPOCH, q.within, q.due - EPOCH, q.end - EPOCH, q.open_time) for q in questions]
    starts, lengths, dues, ends, totals = np.array([[cell // MICROSECOND for cell in row] for row in asked]).T.copy()
    right_dues = int((due_at_many(hours, starts, lengths) == dues).sum())
    right_totals = int((counted_many(hours, starts, ends) == totals).sum())
    many_starts = np.random.default_rng(2026).integers(starts.min(), starts.max(), BATCH)
    many_ends = many_starts + 5 * 24 * HOUR // MICROSECOND
    due_seconds = _seconds(lambda: due_at_many(hours, many_starts, 8 * HOUR))
    counted_seconds = _seconds(lambda: counted_many(hours, many_starts, many_ends))
    return Score(BATCH / due_seconds, right_dues), Score(BATCH / counted_seconds, right_totals)


def _compiling() -> float:
    """Milliseconds a year, the zone's own table included."""
    schedules, years = CALENDARS[0].hours.schedules, range(2020, 2040)

    def compile_afresh() -> None:
        zones.offset_changes.cache_clear()
        zones.wall_clock.cache_clear()
        Openings(schedules).reach(years[0], years[-1])

    return _seconds(compile_afresh) / len(years) * 1e3


def _explaining() -> float:
    """Microseconds for 40 h received in operating hours."""
    hours = CALENDARS[0].hours
    starts = [datetime(2026, 1, 5, 15, tzinfo=UTC) + timedelta(days=7 * n, minutes=n) for n in range(50)]
    windows = [(start, due_at(hours, start, 40 * HOUR)) for start in starts]

    def explain_all() -> None:
        for start, due in windows:
            explain(hours, start, due)

    return _seconds(explain_all) / len(windows) * 1e6


def _seconds(work: Callable[[], object]) -> float:
    """The shortest of several rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = process_time()
        work()
        rounds.append(process_time() - begun)
    return min(rounds)


def _microseconds(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND


if __name__ == "__main__":
    main()
