"""How an instant is written: in a named zone, in one of seven styles, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.dateformat import format
from django.utils.translation import gettext, gettext_noop

from watchkeeper.core.instants import in_utc
from watchkeeper.core.zones import zone


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
    ``full`` with year, seconds and label · ``day`` Mon 9 Mar 2026 · ``clock`` 15:30 · ``dated`` and ``dated-zoned`` are
    short and zoned with the year."""
    try:
        pattern = _STYLES[style]
    except KeyError:
        raise ValueError(f'"{style}" is no style of a moment; write one of {", ".join(_STYLES)}') from None
    time, *has_zone = gettext(pattern).split(" {zone}")
    return f"{format(desk.local(at), time)} {desk.label}" if has_zone else format(desk.local(at), time)


def style_at(style: str, at: datetime, now: datetime | None) -> str:
    """The style that tells an instant from the same day of another year: with the year, where that is not plain."""
    if now is None or abs(now - at) < _A_READER_KNOWS_THE_YEAR:
        return style
    return _WITH_THE_YEAR.get(style, style)


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


_STYLES: dict[str, str] = {
    # Django's letters for dates: D and l a weekday, j a day, M and F a month, Y a year, H:i:s a clock
    "short": gettext_noop("D j M, H:i"),
    "zoned": gettext_noop("D j M, H:i {zone}"),
    "full": gettext_noop("l j F Y, H:i:s {zone}"),
    "day": gettext_noop("D j M Y"),
    "clock": gettext_noop("H:i"),
    "dated": gettext_noop("D j M Y, H:i"),
    "dated-zoned": gettext_noop("D j M Y, H:i {zone}"),
}
_WITH_THE_YEAR = {"short": "dated", "zoned": "dated-zoned"}
_A_READER_KNOWS_THE_YEAR = timedelta(days=300)
