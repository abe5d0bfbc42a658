"""How a notice writes an instant: dated, with its weekday, in the zone of the promise and in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from watchkeeper.core.instants import in_utc as turned_to_utc
from watchkeeper.core.zones import local_time
from watchkeeper.ui.moments import DeskZone


def dated(at: datetime, zone: DeskZone) -> str:
    """``Mon 9 Mar 2026, 15:30 CT (20:30 UTC)``; UTC's day is named where it is another one."""
    utc = turned_to_utc(at).replace(tzinfo=None)
    local = local_time(at, zone.name)
    if zone.label == "UTC":
        return in_utc(at)
    beside = f"{utc:%H:%M}" if utc.date() == local.date() else f"{_day(utc)}, {utc:%H:%M}"
    return f"{_day(local)} {local.year}, {local:%H:%M} {zone.label} ({beside} UTC)"


def in_utc(at: datetime) -> str:
    """``Mon 9 Mar 2026, 20:30 UTC``."""
    utc = at.astimezone(UTC)
    return f"{_day(utc)} {utc.year}, {utc:%H:%M} UTC"


def _day(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b}"
