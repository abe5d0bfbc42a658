"""An explanation as one line a person reads, and the version of the zone data it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import tzdata  # type: ignore[import-untyped]  # a package of data

from watchkeeper.core.day_names import MONTHS, WEEKDAYS
from watchkeeper.core.durations import spelled
from watchkeeper.core.explanation import CLOSED, HOLIDAY, PAUSED, WEEKEND, Stretch
from watchkeeper.core.said import Said, sentence
from watchkeeper.core.zones import zone as zone_named

_ZERO = timedelta()
_DAY = timedelta(days=1)
_SIX_DAYS = timedelta(days=6)

_CLOSED_FOR = {WEEKEND: sentence("weekend closed"), HOLIDAY: sentence("holiday closed")}

_put = sentence
"""``sentence`` for a form without words, which is the same in every language."""


def tzdata_version() -> str:
    """The release of the IANA zone data that all local times come from, such as 2026a."""
    return str(tzdata.IANA_VERSION)


def line(stretches: Sequence[Stretch], zone: str, label: str | None = None) -> Said:
    """``Fri 15:40–17:00 1 h 20 min · weekend closed · Mon 08:00–14:40 6 h 40 min · due Mon 14:40 CT``.

    Times are read on the wall clock of ``zone``; ``label`` names it, else its abbreviation at the due instant does.
    Nights between counted stretches go without saying. Dates stand with the weekdays where these would repeat. It
    tells no fraction of a second; what the parts count still adds up to the window.
    """
    if not stretches:
        return sentence("due at once")
    due = stretches[-1].end
    clock = _Reading(zone_named(zone), stretches[0].start, due)
    ends = sentence("due {moment} {zone}", moment=clock.moment(due), zone=label or clock.abbreviation(due))
    parts = {f"part_{number}": part for number, part in enumerate([*_parts(stretches, clock), ends])}
    return _put(" · ".join(f"{{{name}}}" for name in parts), **parts)


def _parts(stretches: Sequence[Stretch], clock: _Reading) -> Iterator[Said]:
    told = passed = _ZERO
    for counts, group in groupby(stretches, key=lambda stretch: stretch.counted > _ZERO):
        together = list(group)
        if counts:
            passed += sum((stretch.counted for stretch in together), _ZERO)
            length = _whole_seconds(passed) - told
            told += length
            when = clock.stretch(together[0].start, together[-1].end)
            yield _put("{when} {length}", when=when, length=spelled(length))
            continue
        for stretch in together:
            if stretch.reason == PAUSED:
                yield sentence("{when} paused", when=clock.stretch(stretch.start, stretch.end))
            elif stretch.reason != CLOSED:
                yield _CLOSED_FOR.get(stretch.reason) or _put("{reason} closed", reason=stretch.reason)
            elif stretch is stretches[0] or stretch is stretches[-1] or stretch.end - stretch.start >= _DAY:
                yield sentence("closed until {moment}", moment=clock.moment(stretch.end))


def _whole_seconds(length: timedelta) -> timedelta:
    return length - length % timedelta(seconds=1)


class _Reading:
    """Instants as a wall clock shows them, with dates when it is read over more than six days."""

    def __init__(self, zone: ZoneInfo, first: datetime, last: datetime) -> None:
        self._zone = zone
        self._with_dates = self._local(last).date() - self._local(first).date() > _SIX_DAYS

    def stretch(self, start: datetime, end: datetime) -> Said:
        """``Fri 15:40–17:00``; the day again where it ends on another, the offsets' names where they change."""
        begin, finish = self.moment(start), self.time(end)
        if self._local(start).utcoffset() != self._local(end).utcoffset():
            begin = _put("{moment} {zone}", moment=begin, zone=self.abbreviation(start))
            finish = f"{finish} {self.abbreviation(end)}"
        if self.day(start) == self.day(end):
            return _put("{begin}–{finish}", begin=begin, finish=finish)
        return _put("{begin}–{day} {finish}", begin=begin, day=self.day(end), finish=finish)

    def moment(self, instant: datetime) -> Said:
        return _put("{day} {time}", day=self.day(instant), time=self.time(instant))

    def day(self, instant: datetime) -> Said:
        local = self._local(instant)
        weekday = WEEKDAYS[local.weekday()]
        if not self._with_dates:
            return weekday
        return sentence("{weekday} {day} {month}", weekday=weekday, day=local.day, month=MONTHS[local.month - 1])

    def time(self, instant: datetime) -> str:
        local = self._local(instant)
        return local.time().isoformat("seconds" if local.second else "minutes")

    def abbreviation(self, instant: datetime) -> str:
        return self._local(instant).tzname() or ""

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(self._zone)
