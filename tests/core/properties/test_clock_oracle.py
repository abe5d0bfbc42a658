"""The clock agrees with an oracle that steps through time, over random calendars and over every zone there is.

``ORACLE_CASES=1000000`` compares that many cases in each test, which takes half an hour. Without it, zones that share
their data with another are left out.
"""

from __future__ import annotations

import os
import random
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from tests.core.oracle import BeyondTheWeeks, Oracle, distinct_zones
from tests.patience import examples
from watchkeeper.core.batch import counted_many, due_at_many
from watchkeeper.core.clock import counted, due_at, elapsed_due_at, explain, starts_at
from watchkeeper.core.hours import DatedException, Hours, Schedule, Window
from watchkeeper.core.spans import Span
from watchkeeper.core.zones import offset_changes, zone_names

pytestmark = pytest.mark.property

CASES = int(os.environ.get("ORACLE_CASES", "0"))
QUESTIONS = 500 if CASES else 30
EXAMPLES = CASES // QUESTIONS or examples(30)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)
WEEKS_DAYS = 28
LONGEST_WINDOW = 10 * 86_400_000_000

HARD_ZONES = (
    "Africa/Casablanca",
    "America/Chicago",
    "America/Havana",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "UTC",
)


def minutes(n: int) -> timedelta:
    return timedelta(minutes=n)


def changeful_dates(zone: str, year: int) -> list[date]:
    """The dates of a year on which a zone changes its offset."""
    return [change.at.date() for change in offset_changes(zone, year)]


@st.composite
def dates_worth_a_look(draw: st.DrawFn, zone: str) -> date:
    """Any date from 1990 to 2100, most often one on which the zone changes its offset."""
    day = draw(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
    return draw(st.sampled_from([day, *changeful_dates(zone, day.year)]))


@st.composite
def openings_and_closings(draw: st.DrawFn, longest: int) -> tuple[timedelta, timedelta]:
    opens = draw(st.integers(0, 1439) | st.integers(0, 23).map(lambda hour: hour * 60))
    return minutes(opens), minutes(opens + draw(st.integers(1, 1440) | st.integers(1, longest)))


@st.composite
def weekly_windows(draw: st.DrawFn, weekday: int) -> list[Window]:
    """One or two windows of a weekday that do not overlap, now and then closing in another zone."""
    opens, closes = draw(openings_and_closings(1440 * 7))
    closes_zone = draw(st.sampled_from(HARD_ZONES)) if draw(st.integers(0, 9)) == 0 else None
    windows = [Window(weekday, opens, closes, closes_zone)]
    if closes < minutes(1400) and closes_zone is None and draw(st.booleans()):
        windows.append(Window(weekday, closes + minutes(draw(st.integers(0, 30))), minutes(1440)))
    return windows


@st.composite
def schedules(draw: st.DrawFn, zone: str, around: date) -> Schedule:
    """A schedule with windows, holidays and exceptions of every shape, the dated ones near a date."""
    weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
    near = st.integers(-20, 40).map(lambda n: around + n * DAY)
    exceptional = st.just(()) | openings_and_closings(1440 * 3).map(lambda window: (window,))
    return Schedule(
        zone,
        tuple(window for weekday in sorted(weekdays) for window in draw(weekly_windows(weekday))),
        draw(st.frozensets(near, max_size=6)),
        tuple(DatedException(day, draw(exceptional)) for day in draw(st.lists(near, max_size=3, unique=True))),
    )


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Hours, date]:
    """Hours of one or two schedules, and a date that makes them sweat."""
    zone = draw(st.sampled_from(HARD_ZONES) | st.sampled_from(sorted(zone_names())))
    around = draw(dates_worth_a_look(zone))
    zones = [zone, *draw(st.lists(st.sampled_from(HARD_ZONES), max_size=1))]
    return Hours(tuple(draw(schedules(key, around)) for key in zones)), around


def weekly_hours(zone: str, *windows: tuple[int, int, int]) -> Hours:
    return Hours(
        (Schedule(zone, tuple(Window(day, minutes(opens), minutes(closes)) for day, opens, closes in windows)),)
    )


SHAPES = (
    [(day, 480, 1020) for day in range(5)],  # Monday to Friday, 08:00-17:00
    [(day, 0, 1440) for day in range(7)],  # every day, all day
    [(day, 300, 1500) for day in range(5)],  # 05:00-01:00
    [(day, 1320, 1800) for day in range(7)],  # 22:00-06:00, through the night of every change
    [(6, 840, 7740)],  # Sunday 14:00 to Friday 17:00
    [(day, opens, opens + 45) for day in (4, 6) for opens in range(15, 1440, 60)],  # a part of every hour
)


def weeks_around(hours: Hours, day: date, paused: tuple[Span, ...] = ()) -> Oracle:
    return Oracle(hours, day - WEEKS_DAYS // 3 * DAY, WEEKS_DAYS, paused)


def compare(hours: Hours, around: date, rng: random.Random) -> int:
    """Ask core, batch and oracle the same questions about the weeks around a date; how many were answered."""
    oracle = weeks_around(hours, around)
    asked = [question for _ in range(QUESTIONS) if (question := _question(oracle, rng))]
    for start, within, due, opens, elapsed_due, end, open_time in asked:
        assert due_at(hours, _instant(start), within * MICROSECOND) == _instant(due)
        assert starts_at(hours, _instant(start)) == _instant(opens)
        assert elapsed_due_at(hours, _instant(start), within * MICROSECOND) == _instant(elapsed_due)
        assert counted(hours, _instant(start), _instant(end)) == open_time * MICROSECOND
    starts, lengths, dues, _, _, ends, totals = np.array(asked, dtype=np.int64).reshape(-1, 7).T.copy()
    assert np.array_equal(due_at_many(hours, starts, lengths), dues)
    assert np.array_equal(counted_many(hours, starts, ends), totals)
    return len(asked)


def _question(oracle: Oracle, rng: random.Random) -> tuple[int, ...] | None:
    """Start, window, its due instant, the opening, the elapsed due instant, an end and the time open until then.

    None when an answer lies beyond the oracle's weeks.
    """
    unit = rng.choice((1, 1_000_000, 60_000_000, 3_600_000_000))
    start = oracle.begins + rng.randrange(oracle.ends - oracle.begins) // unit * unit
    end = rng.randrange(start, oracle.ends)
    try:
        # as often as not exactly the open time until some instant, so that windows end at closings
        within = oracle.counted(start, end) if rng.random() < 0.5 else rng.randrange(LONGEST_WINDOW) // unit * unit
        due, opens, open_time = oracle.due_at(start, within), oracle.starts_at(start), oracle.counted(start, end)
        passed = start + within
        waits = within and not oracle.counted(passed - 1, passed)
        return start, within, due, opens, oracle.starts_at(passed) if waits else passed, end, open_time
    except BeyondTheWeeks:
        return None


def _instant(microseconds: int) -> datetime:
    return EPOCH + microseconds * MICROSECOND


patiently = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@patiently
@given(calendars(), st.integers(0, 2**32))
def test_random_calendars_count_as_the_oracle_does(calendar: tuple[Hours, date], seed: int) -> None:
    hours, around = calendar
    compare(hours, around, random.Random(seed))


@patiently
@given(calendars(), st.lists(st.tuples(st.integers(-5000, 5000), st.integers(0, 3000)), max_size=4), st.data())
def test_pauses_are_closed_time_and_explanations_add_up(
    calendar: tuple[Hours, date], pauses: list[tuple[int, int]], data: st.DataObject
) -> None:
    hours, around = calendar
    noon = datetime(around.year, around.month, around.day, 12, tzinfo=UTC)
    paused = tuple(Span(noon + minutes(begin), noon + minutes(begin + length)) for begin, length in pauses)
    start = noon + minutes(data.draw(st.integers(-6000, 6000)))
    within = minutes(data.draw(st.integers(1, 5000)))
    oracle = weeks_around(hours, around, paused)
    try:
        expected = _instant(oracle.due_at((start - EPOCH) // MICROSECOND, within // MICROSECOND))
    except BeyondTheWeeks:
        reject()
    due = due_at(hours, start, within, paused)
    assert due == expected
    assert counted(hours, start, due, paused) == within
    stretches = explain(hours, start, due, paused)
    edges = [start, *(stretch.end for stretch in stretches)]
    assert [(stretch.start, stretch.end) for stretch in stretches] == list(pairwise(edges))
    assert edges[-1] == due
    assert sum((stretch.counted for stretch in stretches), timedelta()) == within


def test_every_zone_counts_as_the_oracle_does_around_its_changes(capsys: pytest.CaptureFixture[str]) -> None:
    rng, shape = random.Random(20260307), count()
    zones = sorted(zone_names()) if CASES else distinct_zones()
    periods, answered = CASES // QUESTIONS // len(zones) + 1, 0
    for zone in zones:
        for _ in range(periods):
            year = rng.randrange(1990, 2101)
            around = rng.choice(changeful_dates(zone, year) or [date(year, 3, 1)])
            answered += compare(weekly_hours(zone, *SHAPES[next(shape) % len(SHAPES)]), around, rng)
    with capsys.disabled():
        print(f" {answered} cases in {len(zones)} zones agree with the oracle ", end="")
    assert answered > len(zones) * periods * QUESTIONS / 2
