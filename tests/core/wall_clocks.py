"""Hours and instants said the way people say them, for tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from watchkeeper.core.hours import DatedException, Hours, Schedule, Window
from watchkeeper.core.zones import zone

CHICAGO = "America/Chicago"
MONDAY_TO_FRIDAY = range(5)
EVERY_DAY = range(7)


def hours(n: float) -> timedelta:
    return timedelta(hours=n)


def clock_time(text: str) -> timedelta:
    """``08:30`` as an offset from midnight."""
    hour, minute = text.split(":")
    return timedelta(hours=int(hour), minutes=int(minute))


def windows(weekdays: Iterable[int], *times: str) -> tuple[Window, ...]:
    """``windows(range(5), "08:00-12:00", "13:00-17:00")``."""
    return tuple(
        Window(weekday, *(clock_time(edge) for edge in window.split("-"))) for weekday in weekdays for window in times
    )


def weekly(
    zone_name: str,
    weekdays: Iterable[int],
    *times: str,
    holidays: Iterable[str] = (),
    exceptions: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> Hours:
    """Hours of one schedule; an exception is a date with its windows."""
    dated = tuple(
        DatedException(date.fromisoformat(day), tuple((w.opens, w.closes) for w in windows([0], *instead)))
        for day, instead in exceptions
    )
    off = frozenset(date.fromisoformat(day) for day in holidays)
    return Hours((Schedule(zone_name, windows(weekdays, *times), off, dated),))


def at(text: str, zone_name: str = CHICAGO) -> datetime:
    """The instant of a local time; ``2026-11-01 01:30+`` is the second time it comes in the night."""
    local = datetime.fromisoformat(text.rstrip("+"))
    return local.replace(tzinfo=zone(zone_name), fold=int(text.endswith("+"))).astimezone(UTC)


def reads(instant: datetime, zone_name: str = CHICAGO) -> str:
    """What a wall clock and its abbreviation show at an instant: ``Mon 2026-03-09 15:30:00 CDT``."""
    assert instant.tzinfo is UTC
    return f"{instant.astimezone(zone(zone_name)):%a %Y-%m-%d %H:%M:%S %Z}"


STANDARD = weekly(CHICAGO, MONDAY_TO_FRIDAY, "08:00-17:00")
