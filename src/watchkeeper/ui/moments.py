"""How an instant is written: in a named zone, in one of five styles, always from UTC."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchkeeper.core.instants import in_utc
from watchkeeper.core.zones import zone

# strftime would answer in the host's language
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class DeskZone:
    """The zone the desk promises in, with the label the vendor publishes ("CT")."""

    name: str
    label: str

    def local(self, at: datetime) -> datetime:
        """The wall-clock time here at an instant. Raises NaiveInstant and UnknownZone."""
        return in_utc(at).astimezone(zone(self.name))


UTC_ZONE = DeskZone("UTC", "UTC")


def written(at: datetime, style: str, desk: DeskZone) -> str:
    """``at`` in the desk's zone. Styles: ``short`` Mon 9 Mar, 15:30 · ``zoned`` the same with the zone's label ·
    ``full`` with year, seconds and label · ``day`` Mon 9 Mar 2026 · ``clock`` 15:30."""
    try:
        write = _STYLES[style]
    except KeyError:
        raise ValueError(f'"{style}" is no style of a moment; write one of {", ".join(_STYLES)}') from None
    return write(desk.local(at), desk.label)


def iso(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as ``<time datetime>`` and JavaScript read it."""
    return in_utc(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def duration(span: timedelta) -> str:
    """A length in hours, minutes and seconds: ``6 h 40 min``, ``39 min``, ``9 min 12 s`` below ten minutes, ``0 s``.

    The sign is left to the words around it, and hours are never made into days: a day of operating hours is not 24.
    """
    seconds = abs(int(span.total_seconds()))
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes >= 10 or (minutes and not rest):
        return f"{minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _day(local: datetime) -> str:
    return f"{_WEEKDAYS[local.weekday()][:3]} {local.day} {_MONTHS[local.month - 1][:3]}"


def _full(local: datetime, label: str) -> str:
    day = f"{_WEEKDAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"
    return f"{day}, {local:%H:%M:%S} {label}"


_STYLES: dict[str, Callable[[datetime, str], str]] = {
    "short": lambda local, label: f"{_day(local)}, {local:%H:%M}",
    "zoned": lambda local, label: f"{_day(local)}, {local:%H:%M} {label}",
    "full": _full,
    "day": lambda local, label: f"{_day(local)} {local.year}",
    "clock": lambda local, label: f"{local:%H:%M}",
}
