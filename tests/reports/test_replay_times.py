from __future__ import annotations

from datetime import UTC, datetime

import pytest

from watchkeeper.core.zones import UnknownZone
from watchkeeper.reports.replay import TimeReader, UnreadableTime


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-03-06T16:30:00-06:00", "2026-03-06T22:30"),
        ("2026-03-06 16:30:00+00:00", "2026-03-06T16:30"),
        ("2026-03-06T16:30Z", "2026-03-06T16:30"),
        ("20260306T163000Z", "2026-03-06T16:30"),
        (" 2026-03-06T16:30:00.250000Z ", "2026-03-06T16:30:00.250"),
    ],
)
def test_iso_8601_is_understood_without_a_format(written: str, instant: str) -> None:
    assert TimeReader().read(written) == utc(instant)


def test_a_format_is_that_of_strptime() -> None:
    assert TimeReader("Europe/Amsterdam", "%d/%m/%Y %H:%M").read("05/02/2012 13:32") == utc("2012-02-05T12:32")
    assert TimeReader(None, "%d.%m.%Y %H:%M %z").read("05.02.2012 13:32 +0100") == utc("2012-02-05T12:32")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "is empty"),
        ("soon", '"soon" is not an ISO 8601 time; give its form with --time-format'),
        ("2026-03-06", '"2026-03-06" is a date without a time of day'),
        ("2026-03-06T16:30", "has no offset from UTC; name its zone with --zone"),
        ("0026-03-06T16:30Z", "lies in the year 26, which cannot be meant"),
        ("9999-12-31T23:59Z", "lies in the year 9999"),
        ("x" * 100, '"' + "x" * 39 + '…" is not'),
    ],
)
def test_what_is_no_instant_says_what_is_missing(written: str, said: str) -> None:
    with pytest.raises(UnreadableTime) as raised:
        TimeReader().read(written)
    assert said in str(raised.value)


def test_a_time_of_another_form_is_quoted_with_the_form() -> None:
    with pytest.raises(UnreadableTime, match='"2026-03-06" is not a time of the form "%d/%m/%Y"'):
        TimeReader("UTC", "%d/%m/%Y").read("2026-03-06")


def test_an_unknown_zone_is_refused_before_anything_is_read() -> None:
    with pytest.raises(UnknownZone):
        TimeReader("CST6")


def test_a_local_time_that_occurs_twice_is_its_first_occurrence_and_counted() -> None:
    times = TimeReader("America/Chicago")
    assert times.read("2026-11-01T01:30") == utc("2026-11-01T06:30")
    assert times.read("2026-11-01T02:00") == utc("2026-11-01T08:00")
    assert (times.twice, times.skipped) == (1, 0)


def test_an_acknowledgement_is_the_second_occurrence_where_the_first_precedes_the_report() -> None:
    times = TimeReader("America/Chicago")
    opened = times.read("2026-11-01T01:50")
    assert times.read("2026-11-01T01:10", opened) == utc("2026-11-01T07:10")
    assert times.read("2026-11-01T01:55", opened) == utc("2026-11-01T06:55")
    assert times.read("2026-11-01T01:10", utc("2026-11-02T00:00")) == utc("2026-11-01T06:10")


def test_a_local_time_that_was_skipped_is_the_instant_of_the_change_and_counted() -> None:
    times = TimeReader("America/Chicago")
    assert times.read("2026-03-08T02:30") == utc("2026-03-08T08:00")
    assert times.read("2026-03-08T03:00") == utc("2026-03-08T08:00")
    assert (times.twice, times.skipped) == (0, 1)


def test_counts_can_be_forgotten_for_a_second_reading() -> None:
    times = TimeReader("America/Chicago")
    times.read("2026-03-08T02:30")
    times.forget_counts()
    assert (times.twice, times.skipped) == (0, 0)
