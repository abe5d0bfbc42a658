from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from watchkeeper.core.instants import NaiveInstant
from watchkeeper.ui.moments import DeskZone, duration, iso, style_at, written

CHICAGO = DeskZone("America/Chicago", "CT")
AT = datetime(2026, 3, 9, 20, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("short", "Mon 9 Mar, 15:30"),
        ("zoned", "Mon 9 Mar, 15:30 CT"),
        ("full", "Monday 9 March 2026, 15:30:05 CT"),
        ("day", "Mon 9 Mar 2026"),
        ("clock", "15:30"),
        ("dated", "Mon 9 Mar 2026, 15:30"),
        ("dated-zoned", "Mon 9 Mar 2026, 15:30 CT"),
    ],
)
def test_an_instant_is_written_in_the_desks_zone(style: str, text: str) -> None:
    assert written(AT, style, CHICAGO) == text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("short", "Mo, 9. Mär, 15:30"),
        ("zoned", "Mo, 9. Mär, 15:30 CT"),
        ("full", "Montag, 9. März 2026, 15:30:05 CT"),
        ("day", "Mo, 9. Mär 2026"),
        ("clock", "15:30"),
        ("dated", "Mo, 9. Mär 2026, 15:30"),
        ("dated-zoned", "Mo, 9. Mär 2026, 15:30 CT"),
    ],
)
def test_it_is_written_in_the_language_of_the_page(style: str, text: str) -> None:
    with translation.override("de"):
        assert written(AT, style, CHICAGO) == text


def test_the_zone_follows_daylight_saving() -> None:
    assert written(datetime(2026, 3, 6, 21, 30, tzinfo=UTC), "clock", CHICAGO) == "15:30"


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(NaiveInstant):
        written(datetime(2026, 3, 9, 20, 30), "short", CHICAGO)  # noqa: DTZ001 what is refused


def test_an_unknown_style_names_those_there_are() -> None:
    with pytest.raises(ValueError, match=r'"fancy" is no style .* short, zoned, full, day, clock'):
        written(AT, "fancy", CHICAGO)


def test_attributes_hold_utc_to_the_millisecond() -> None:
    assert iso(AT.astimezone(CHICAGO.local(AT).tzinfo)) == "2026-03-09T20:30:05.000Z"


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(hours=6, minutes=40, seconds=59), "6 h 40 min"),
        (timedelta(hours=48), "48 h"),
        (timedelta(minutes=39, seconds=59), "39 min"),
        (timedelta(minutes=9, seconds=12), "9 min 12 s"),
        (timedelta(minutes=9), "9 min"),
        (timedelta(seconds=7, microseconds=900_000), "7 s"),
        (timedelta(0), "0 s"),
        (timedelta(hours=-1, minutes=-20), "1 h 20 min"),
    ],
)
def test_a_length_is_written_in_hours_and_never_in_days(span: timedelta, text: str) -> None:
    assert duration(span) == text


def test_what_lies_long_ago_is_written_with_its_year() -> None:
    soon, long_ago = AT + timedelta(days=200), AT + timedelta(days=400)
    assert [style_at(style, AT, soon) for style in ("short", "zoned", "day")] == ["short", "zoned", "day"]
    assert [style_at(style, AT, long_ago) for style in ("short", "zoned", "day")] == ["dated", "dated-zoned", "day"]
    assert style_at("short", long_ago, AT) == "dated"
    assert style_at("short", AT, None) == "short"
