"""Hours are compiled lazily: only the years that questions are about, and never at the price of an answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from tests.core.wall_clocks import MONDAY_TO_FRIDAY, at, hours, weekly
from watchkeeper.core.clock import counted, due_at
from watchkeeper.core.hours import Hours


def fresh(closes: str) -> Hours:
    """Hours that nobody asked about before: equal ones share what was compiled."""
    return weekly("America/Denver", MONDAY_TO_FRIDAY, f"08:00-{closes}")


def compiled_years(calendar: Hours) -> range:
    table = calendar.openings.table
    return range(table.first_year, table.last_year + 1)


def test_nothing_is_compiled_before_it_is_asked_for() -> None:
    assert not compiled_years(fresh("15:01"))


def test_a_question_compiles_its_year_and_the_next() -> None:
    calendar = fresh("15:02")
    due_at(calendar, at("2026-03-06"), hours(8))
    assert compiled_years(calendar) == range(2026, 2028)


def test_a_window_that_outlasts_the_years_compiled_doubles_them() -> None:
    calendar = fresh("15:03")
    due_at(calendar, at("2026-03-06"), hours(3 * 2000))
    assert compiled_years(calendar) == range(2026, 2030)


def test_an_earlier_question_joins_the_years_between_and_changes_no_answer() -> None:
    calendar = fresh("15:04")
    later = counted(calendar, at("2026-01-01"), at("2027-01-01"))
    assert counted(calendar, at("2020-01-01"), at("2026-01-01")) > timedelta()
    assert compiled_years(calendar) == range(2020, 2028)
    assert counted(calendar, at("2026-01-01"), at("2027-01-01")) == later


def test_a_window_open_at_midnight_of_new_year_is_one_span_whatever_years_are_compiled() -> None:
    calendar = weekly("UTC", range(7), "22:00-02:00")
    new_year = datetime(2027, 1, 1, tzinfo=UTC)
    assert counted(calendar, new_year - hours(12), new_year + hours(12)) == hours(4)
    assert due_at(calendar, new_year - hours(1), hours(2)) == new_year + hours(1)


def test_threads_that_ask_about_different_years_at_once_all_get_their_answers() -> None:
    calendar = fresh("15:05")
    starts = [datetime(2020 + n % 6, 1 + n % 12, 2, tzinfo=UTC) for n in range(240)]
    with ThreadPoolExecutor(8) as threads:
        dues = list(threads.map(lambda start: due_at(calendar, start, hours(100)), starts))
    assert [counted(calendar, start, due) for start, due in zip(starts, dues, strict=True)] == [hours(100)] * 240
