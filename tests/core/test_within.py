"""A window is written as people write it, counted as it says, and stands still in pauses."""

from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from tests.core.wall_clocks import CHICAGO, EVERY_DAY, STANDARD, at, hours, weekly
from watchkeeper.core.clock import NegativeWindow
from watchkeeper.core.durations import spelled
from watchkeeper.core.hours import AROUND_THE_CLOCK
from watchkeeper.core.spans import Span
from watchkeeper.core.within import NotADuration, UnsoundWithin, Within

FRIDAY = at("2026-03-06 15:40")


# reading and writing


@pytest.mark.parametrize(
    ("text", "within", "written"),
    [
        ("4h", Within("operating", hours(4)), "4 h"),
        ("90m", Within("operating", hours(1.5)), "1 h 30 min"),
        ("1h 30m", Within("operating", hours(1.5)), "1 h 30 min"),
        ("1 hour 30 minutes", Within("operating", hours(1.5)), "1 h 30 min"),
        ("45s", Within("operating", timedelta(seconds=45)), "45 s"),
        ("0.25s", Within("operating", timedelta(milliseconds=250)), "0.25 s"),
        ("0h", Within("operating", timedelta()), "0 min"),
        ("2 business days", Within("business_days", days=2), "2 business days"),
        ("1 Business Day", Within("business_days", days=1), "1 business day"),
        ("next business day", Within("business_days", days=1, until_closing=True), "next business day"),
        ("2 business days until closing", Within("business_days", days=2, until_closing=True), None),
        ("0 business days until closing", Within("business_days", days=0, until_closing=True), "same business day"),
        ("end of business day", Within("business_days", days=0, until_closing=True), "same business day"),
        ("next working day", Within("business_days", days=1, until_closing=True), "next business day"),
        ("3 working days", Within("business_days", days=3), "3 business days"),
        ("90 working minutes", Within("operating", hours(1.5)), "1 h 30 min"),
        ("next business day by 10:00", Within("business_days", days=1, by=hours(10)), None),
        ("2 business days by 24:00", Within("business_days", days=2, by=hours(24)), None),
        ("next calendar day", Within("calendar_days", days=1), "1 calendar day"),
        ("2 weeks", Within("calendar_days", days=14), "14 calendar days"),
        ("3 calendar days", Within("calendar_days", days=3), "3 calendar days"),
    ],
)
def test_a_window_is_read_and_written(text: str, within: Within, written: str | None) -> None:
    assert Within.parse(text) == within
    assert str(within) == (written or text)
    assert Within.parse(str(within)) == within


def test_a_length_is_counted_as_the_policy_says() -> None:
    assert Within.parse("4h", counting="elapsed", starts="receipt") == Within("elapsed", hours(4), starts="receipt")


def test_days_that_name_their_kind_overrule_the_counting() -> None:
    assert Within.parse("2 business days", counting="elapsed") == Within("business_days", days=2)


def test_bare_days_are_understood_where_the_counting_says_which() -> None:
    assert Within.parse("2d", counting="business_days") == Within("business_days", days=2)
    assert Within.parse("2 days", counting="calendar_days") == Within("calendar_days", days=2)
    with pytest.raises(NotADuration, match='"2d" is not a duration; a day has no fixed length; write 24h, 2 business'):
        Within.parse("2d")


@pytest.mark.parametrize("text", ["4 hrz", "", "h", "-4h", "1m 2h", "business days", "1.5h", "9999999h", "４h"])
def test_another_text_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotADuration) as refusal:
        Within.parse(text)
    assert str(refusal.value) == f'"{text}" is not a duration; write 4h, 90m or 2 business days'


def test_a_number_without_a_unit_is_refused_with_the_units_there_are() -> None:
    with pytest.raises(NotADuration, match='"4" is not a duration; it has no unit; write 4h, 4m or 4 business days'):
        Within.parse("4")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Daily", "write 1 business day, 1 calendar day or 24h"),
        ("weekly", "write 5 business days or 7 calendar days"),
        ("hourly", "write 1h"),
        ("1 month", "a month has no fixed length; write 30 calendar days"),
        ("2 business weeks", "write the days of those weeks, as 10 business days"),
        ("0.5 working days", "a part of a day has no fixed length; write 4 business hours"),
        ("immediately", "no time at all is no promise that can be kept; write 15m, or {says: Immediately}"),
    ],
)
def test_a_word_of_support_pages_that_names_no_length_is_refused_with_those_that_do(text: str, remedy: str) -> None:
    with pytest.raises(NotADuration) as refusal:
        Within.parse(text)
    assert str(refusal.value) == f'"{text}" is not a duration; {remedy}'


@pytest.mark.parametrize("text", ["next business day by noon", "next business day by 25:00", "2 business days by 8:75"])
def test_what_is_no_time_of_day_ends_no_business_day(text: str) -> None:
    with pytest.raises(NotADuration):
        Within.parse(text)


def test_a_length_is_refused_where_days_are_counted() -> None:
    with pytest.raises(NotADuration, match=r'"4h" is not a duration; write 2 business days$'):
        Within.parse("4h", counting="business_days")


def test_a_length_behind_has_a_minus() -> None:
    assert spelled(-hours(1.5)) == "-1 h 30 min"


# soundness


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda: Within("operating", days=2), UnsoundWithin, "operating is counted over a length, and nothing else"),
        (lambda: Within("elapsed", hours(1), days=2), UnsoundWithin, "elapsed is counted over a length"),
        (lambda: Within("business_days", hours(1)), UnsoundWithin, "business_days are counted in days, and nothing"),
        (lambda: Within("fortnights", days=1), UnsoundWithin, '"fortnights" is no counting; it is operating, elapsed'),
        (lambda: Within("operating", hours(-1)), NegativeWindow, "a window is zero or longer, not -1 h"),
        (lambda: Within("business_days", days=-1), NegativeWindow, "a window is zero or longer, not -1 days"),
        (lambda: Within("operating", timedelta(days=4000)), UnsoundWithin, "at most 3650 days, not 96000 h"),
        (lambda: Within("calendar_days", days=10**9), UnsoundWithin, "at most 3650 days, not 1000000000"),
        (lambda: Within("elapsed", hours(1), until_closing=True), UnsoundWithin, "only business days end at a closing"),
        (lambda: Within("operating", hours(1), cut_off=hours(12)), UnsoundWithin, "only business days have a cut-off"),
        (lambda: Within("calendar_days", days=1, by=hours(9)), UnsoundWithin, "only business days end by a time"),
        (lambda: Within("business_days", days=0, by=hours(9)), UnsoundWithin, "on the next of them or a later one"),
        (lambda: Within("operating", hours(1), starts="receipt"), UnsoundWithin, "only an elapsed window may start on"),
        (lambda: Within("elapsed", hours(1), starts="noon"), UnsoundWithin, 'opening or on receipt, not "noon"'),
    ],
)
def test_an_unsound_window_cannot_be_built(build: object, error: type[ValueError], message: str) -> None:
    with pytest.raises(error, match=message):
        build()  # type: ignore[operator]


def test_the_longest_window_is_ten_years_of_days() -> None:
    assert str(Within.parse("3650 calendar days")) == "3650 calendar days"
    assert str(Within("operating", timedelta(days=3650))) == "87600 h"


# counting


@pytest.mark.parametrize(
    ("within", "starts", "due"),
    [
        (Within.parse("8h"), "2026-03-09 08:00", "2026-03-09 16:00"),
        (Within.parse("8h", "elapsed"), "2026-03-09 08:00", "2026-03-09 16:00"),
        (Within.parse("8h", "elapsed", "receipt"), "2026-03-07 12:00", "2026-03-09 08:00"),
        (Within.parse("1 business day"), "2026-03-09 08:00", "2026-03-10 08:00"),
        (Within.parse("next business day"), "2026-03-09 08:00", "2026-03-10 17:00"),
        (Within.parse("same business day"), "2026-03-09 08:00", "2026-03-09 17:00"),
        (Within.parse("next business day by 10:00"), "2026-03-09 08:00", "2026-03-10 10:00"),
        (Within.parse("next business day by 6:00"), "2026-03-09 08:00", "2026-03-10 08:00"),
        (Within.parse("2 business days by 24:00"), "2026-03-09 08:00", "2026-03-11 17:00"),
        (Within.parse("3 calendar days"), "2026-03-07 12:00", "2026-03-10 12:00"),
        (Within.parse("0m"), "2026-03-07 12:00", "2026-03-07 12:00"),
        (Within.parse("0m", "elapsed"), "2026-03-07 12:00", "2026-03-07 12:00"),
        (Within.parse("0 business days"), "2026-03-07 12:00", "2026-03-07 12:00"),
    ],
)
def test_received_on_a_saturday_each_counting_starts_and_ends_in_its_own_way(
    within: Within, starts: str, due: str
) -> None:
    saturday = at("2026-03-07 12:00")
    assert within.starts_at(STANDARD, saturday) == at(starts)
    assert within.due_at(STANDARD, saturday) == at(due)


def test_a_pause_delays_every_counting_by_what_it_would_have_counted() -> None:
    pause = [Span(at("2026-03-03 16:00"), at("2026-03-04 09:00"))]
    received = at("2026-03-03 14:00")
    dues = {
        "8h": "2026-03-04 15:00",
        "1 business day": "2026-03-04 16:00",
        "next business day": "2026-03-05 10:00",
        "1 calendar day": "2026-03-04 16:00",
    }
    for text, due in dues.items():
        assert Within.parse(text).due_at(STANDARD, received, pause) == at(due), text
    assert Within.parse("4h", "elapsed").due_at(STANDARD, received, pause) == at("2026-03-04 11:00")


def test_an_elapsed_window_received_in_a_pause_begins_when_it_ends() -> None:
    pause = [Span(at("2026-03-03 09:00"), at("2026-03-03 10:00"))]
    assert Within.parse("2h", "elapsed").due_at(STANDARD, at("2026-03-03 09:30"), pause) == at("2026-03-03 12:00")


# fractions


def test_a_fraction_of_operating_time_is_reached_in_operating_time() -> None:
    assert Within.parse("8h").fraction_at(STANDARD, FRIDAY, Fraction(1, 2)) == at("2026-03-09 10:40")
    assert Within.parse("8h").fraction_at(STANDARD, FRIDAY, Fraction(1)) == Within.parse("8h").due_at(STANDARD, FRIDAY)


def test_a_fraction_of_elapsed_time_waits_for_no_opening() -> None:
    assert Within.parse("4h", "elapsed").fraction_at(STANDARD, FRIDAY, Fraction(1, 2)) == at("2026-03-06 17:40")


def test_a_fraction_of_a_date_rule_is_one_of_the_operating_time_in_it() -> None:
    within = Within.parse("1 business day")  # 80 minutes on Friday, 460 on Monday
    assert within.due_at(STANDARD, FRIDAY) == at("2026-03-09 15:40")
    assert within.fraction_at(STANDARD, FRIDAY, Fraction(4, 5)) == at("2026-03-09 13:52")


def test_a_date_rule_without_operating_time_has_all_its_fractions_at_the_end() -> None:
    saturday = at("2026-03-07 10:00")
    assert Within.parse("1 calendar day").fraction_at(STANDARD, saturday, Fraction(1, 2)) == at("2026-03-08 10:00")


def test_a_fraction_stands_still_in_a_pause() -> None:
    pause = [Span(at("2026-03-03 10:00"), at("2026-03-03 12:00"))]
    for within in (Within.parse("2h"), Within.parse("2h", "elapsed")):
        half = within.fraction_at(STANDARD, at("2026-03-03 09:30"), Fraction(1, 2), pause)
        assert half == at("2026-03-03 12:30")


def test_no_less_than_the_fraction_has_passed() -> None:
    third = Within("operating", timedelta(microseconds=10)).fraction_at(AROUND_THE_CLOCK, FRIDAY, Fraction(1, 3))
    assert third == FRIDAY + timedelta(microseconds=4)


# what is used


def test_what_is_used_is_counted_as_the_window_is() -> None:
    monday = at("2026-03-09 08:30")
    assert Within.parse("8h").used(STANDARD, FRIDAY, monday) == hours(4 / 3 + 0.5)
    assert Within.parse("2 business days").used(STANDARD, FRIDAY, monday) == hours(4 / 3 + 0.5)
    assert Within.parse("8h", "elapsed").used(STANDARD, FRIDAY, at("2026-03-06 19:40")) == hours(4)
    assert Within.parse("8h", "elapsed").used(STANDARD, at("2026-03-06 18:00"), monday) == hours(0.5)


def test_nothing_of_an_elapsed_window_passes_while_it_waits_for_an_opening() -> None:
    within, due = Within.parse("4h", "elapsed"), at("2026-03-09 08:00")
    assert within.due_at(STANDARD, FRIDAY) == due
    assert within.used(STANDARD, FRIDAY, at("2026-03-08 12:00")) == hours(4)
    assert within.used(STANDARD, FRIDAY, due + hours(1)) == hours(5)


def test_nothing_is_used_before_the_clock_begins() -> None:
    for within in (Within.parse("8h"), Within.parse("8h", "elapsed")):
        assert within.used(STANDARD, FRIDAY, at("2026-03-06 12:00")) == timedelta()


# explaining


@pytest.mark.parametrize("text", ["8h", "0m", "2 business days", "next business day", "3 calendar days"])
@pytest.mark.parametrize("counting", ["operating", "elapsed"])
def test_every_counting_is_explained_without_a_gap(text: str, counting: str) -> None:
    within = Within.parse(text, counting)  # type: ignore[arg-type]
    received, pause = at("2026-03-06 18:00"), [Span(at("2026-03-09 09:00"), at("2026-03-09 11:30"))]
    due = within.due_at(STANDARD, received, pause)
    stretches = within.explain(STANDARD, received, due, pause)
    edges = [received, *(stretch.end for stretch in stretches)]
    assert [(stretch.start, stretch.end) for stretch in stretches] == list(pairwise(edges))
    assert edges[-1] == due
    used = sum((stretch.counted for stretch in stretches), timedelta())
    assert used == within.used(STANDARD, received, due, pause)
    if within.length is not None:
        assert used == within.length


def test_a_day_of_23_hours_is_one_calendar_day() -> None:
    always = weekly(CHICAGO, EVERY_DAY, "00:00-24:00")
    stretches = Within.parse("1 calendar day").explain(always, at("2026-03-07 12:00"), at("2026-03-08 12:00"))
    assert [stretch.counted for stretch in stretches] == [hours(23)]


def test_a_window_says_nothing_of_the_moment_it_is_asked() -> None:
    naive = datetime(2026, 3, 6, 12)  # noqa: DTZ001  the mistake that must not pass
    with pytest.raises(ValueError, match="names no instant"):
        Within.parse("0m").due_at(STANDARD, naive)


@pytest.mark.parametrize("until_closing", [False, True])
def test_what_misses_the_cut_off_is_counted_as_what_comes_at_the_next_opening(until_closing: bool) -> None:
    within = Within("business_days", days=2, until_closing=until_closing, cut_off=hours(12))
    late, opening = at("2026-03-05 12:01"), at("2026-03-06 08:00")
    assert (
        within.due_at(STANDARD, late)
        == within.due_at(STANDARD, opening)
        > within.due_at(STANDARD, at("2026-03-05 12:00"))
    )
    assert within.starts_at(STANDARD, late) == opening


def test_a_pause_before_a_missed_cut_off_counts_from_delays_nothing() -> None:
    within = Within("business_days", days=1, cut_off=hours(12))
    paused = [Span(at("2026-03-05 13:00"), at("2026-03-05 15:00"))]
    assert within.due_at(STANDARD, at("2026-03-05 12:30"), paused) == at("2026-03-09 08:00")


def test_a_cut_off_is_said_with_the_length() -> None:
    assert str(Within("business_days", days=1, until_closing=True, cut_off=hours(12))) == (
        "next business day if reported by 12:00"
    )
