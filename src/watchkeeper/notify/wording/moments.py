"""How a notice writes an instant: dated, with its weekday, in the zone of the promise and in UTC."""

from __future__ import annotations

from datetime import datetime

from watchkeeper.core.instants import in_utc as turned_to_utc
from watchkeeper.ui.moments import UTC_ZONE, DeskZone, written


def dated(at: datetime, zone: DeskZone) -> str:
    """``Mon 9 Mar 2026, 15:30 CT (20:30 UTC)``; where UTC has another day, that day stands beside it."""
    here = f"{_day_and_clock(at, zone)} {zone.label}"
    if zone == UTC_ZONE:
        return here
    same_day = zone.local(at).date() == turned_to_utc(at).date()
    there = written(at, "clock" if same_day else "short", UTC_ZONE)
    return f"{here} ({there} UTC)"


def in_utc(at: datetime) -> str:
    """``Mon 9 Mar 2026, 20:30 UTC``."""
    return dated(at, UTC_ZONE)


def _day_and_clock(at: datetime, zone: DeskZone) -> str:
    return f"{written(at, 'day', zone)}, {written(at, 'clock', zone)}"
