"""An explanation as one line a person reads, and the version of the zone data it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # a package of data

from watchkeeper.core.durations import spelled
from watchkeeper.core.explanation import CLOSED, PAUSED, Stretch
from watchkeeper.core.zones import zone as zone_named

_ZERO = timedelta()
_DAY = timedelta(days=1)
_SIX_DAYS = timedelta(days=6)

# strftime would answer in the host's language
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def tzdata_version() -> str:
    """The release of the IANA zone data that all local times come from, such as 2026a."""
    return str(tzdata.IANA_VERSION)


def line(stretches: Sequence[Stretch], zone: str, label: str | None = None) -> str:
    """``Fri 15:40–17:00 1 h 20 min · weekend closed · Mon 08:00–14:40 6 h 40 min · due Mon 14:40 CT``.

    Times are read on the wall clock of ``zone``; ``label`` names it, else its abbreviation at the due instant does.
    Nights between counted stretches go without saying. Dates stand with the weekdays where these would repeat. It
    tells no fraction of a second; what the parts count still adds up to the window.
    """
    if not stretches:
        return "due at once"
    due = stretches[-1].end
    clock = _Reading(zone_named(zone), stretches[0].start, due)
    return " · ".join([*_parts(stretches, clock), f"due {clock.moment(due)} {label or clock.abbreviation(due)}"])


def _parts(stretches: Sequence[Stretch], clock: _Reading) -> Iterator[str]:
    told = passed = _ZERO
    for counts, group in groupby(stretches, key=lambda stretch: stretch.counted > _ZERO):
        together = list(group)
        if counts:
            passed += sum((stretch.counted for stretch in together), _ZERO)
            length = _whole_seconds(passed) - told
            told += length
            yield f"{clock.stretch(together[0].start, together[-1].end)} {spelled(length)}"
            continue
        for stretch in together:
            if stretch.reason == PAUSED:
                yield f"{clock.stretch(stretch.start, stretch.end)} paused"
            elif stretch.reason != CLOSED:
                yield f"{stretch.reason} closed"
            elif stretch is stretches[0] or stretch is stretches[-1] or stretch.end - stretch.start >= _DAY:
                yield f"closed until {clock.moment(stretch.end)}"


def _whole_seconds(length: timedelta) -> timedelta:
    return length - length % timedelta(seconds=1)


class _Reading:
    """Instants as a wall clock shows them, with dates when it is read over more than six days."""

    def __init__(self, zone: ZoneInfo, first: datetime, last: datetime) -> None:
        self._zone = zone
        self._with_dates = self._local(last).date() - self._local(first).date() > _SIX_DAYS

    def stretch(self, start: datetime, end: datetime) -> str:
        """``Fri 15:40–17:00``; the day again where it ends on another, the offsets' names where they change."""
        begin, finish = self.moment(start), self.time(end)
        if self._local(start).utcoffset() != self._local(end).utcoffset():
            begin, finish = f"{begin} {self.abbreviation(start)}", f"{finish} {self.abbreviation(end)}"
        return f"{begin}–{finish}" if self.day(start) == self.day(end) else f"{begin}–{self.day(end)} {finish}"

    def moment(self, instant: datetime) -> str:
        return f"{self.day(instant)} {self.time(instant)}"

    def day(self, instant: datetime) -> str:
        local = self._local(instant)
        weekday = _WEEKDAYS[local.weekday()]
        return f"{weekday} {local.day} {_MONTHS[local.month - 1]}" if self._with_dates else weekday

    def time(self, instant: datetime) -> str:
        local = self._local(instant)
        return local.time().isoformat("seconds" if local.second else "minutes")

    def abbreviation(self, instant: datetime) -> str:
        return self._local(instant).tzname() or ""

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(self._zone)
