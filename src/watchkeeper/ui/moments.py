"""How an instant is written: in a named zone, in one of five styles, always from UTC."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class DeskZone:
    """The zone the desk promises in, with the label the vendor publishes ("CT")."""

    name: str
    label: str

    def local(self, at: datetime) -> datetime:
        """The wall-clock time here at an instant; an instant without an offset is refused."""
        if at.tzinfo is None:
            raise ValueError(f"{at.isoformat()} has no offset; a page can only show an instant")
        return at.astimezone(ZoneInfo(self.name))


UTC_ZONE = DeskZone("UTC", "UTC")


def written(at: datetime, style: str, zone: DeskZone) -> str:
    """``at`` in the desk's zone. Styles: ``short`` Mon 9 Mar, 15:30 · ``zoned`` the same with the zone's label ·
    ``full`` with year, seconds and label · ``day`` Mon 9 Mar 2026 · ``clock`` 15:30."""
    try:
        write = _STYLES[style]
    except KeyError:
        raise ValueError(f'"{style}" is no style of a moment; write one of {", ".join(_STYLES)}') from None
    return write(zone.local(at), zone.label)


def iso(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as ``<time datetime>`` and JavaScript read it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


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


def _short(local: datetime) -> str:
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


_STYLES: dict[str, Callable[[datetime, str], str]] = {
    "short": lambda local, label: _short(local),
    "zoned": lambda local, label: f"{_short(local)} {label}",
    "full": lambda local, label: f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M:%S} {label}",
    "day": lambda local, label: f"{local:%a} {local.day} {local:%b %Y}",
    "clock": lambda local, label: f"{local:%H:%M}",
}
