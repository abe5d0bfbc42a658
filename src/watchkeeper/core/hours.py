"""Operating hours: weekly windows in a named zone, with holidays and dated exceptions, or several such schedules.

All values are frozen, hashable and sound from birth: hours that nobody could keep cannot be built. A date owns the
windows that open on it. An exception replaces them, a holiday empties them, an exception beats a holiday, and the
tail of a window that opened the day before survives both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from watchkeeper.core.openings import DayWindow, Openings
from watchkeeper.core.zones import UnknownZone, zone

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MIDNIGHT = timedelta()

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class UnsoundHours(ValueError):
    """Hours that contradict themselves; the message says what was given and what is allowed."""


@dataclass(frozen=True, slots=True)
class Window:
    """Open from ``opens`` to ``closes``, wall-clock offsets from midnight of the weekday (0 = Monday) it opens on.

    ``closes`` may lie beyond 24 h: Sunday 14:00 to Friday 17:00 is one window. One that closes before it opens crosses
    midnight, so 22:00 to 06:00 is kept as 22:00 to 30:00. With ``closes_zone`` the closing is read on the wall clock of
    that zone, its date still counted from the date of the opening.
    """

    weekday: int
    opens: timedelta
    closes: timedelta
    closes_zone: str | None = None

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise UnsoundHours(f"a weekday is a number from 0 (Monday) to 6 (Sunday), not {self.weekday!r}")
        place = WEEKDAYS[self.weekday]
        if self.closes_zone is None:
            object.__setattr__(self, "closes", _closing_offset(self.opens, self.closes, place))
            return
        _known(self.closes_zone)
        _refuse_an_impossible_opening(self.opens, place)
        if not MIDNIGHT <= self.closes <= self.opens + WEEK:
            raise UnsoundHours(f"{place}: a window is at most a week long, not {_clock_text(self.closes - self.opens)}")


@dataclass(frozen=True, slots=True)
class DatedException:
    """What one date's windows are instead of the weekly ones, as (opens, closes) offsets; none means closed."""

    day: date
    windows: tuple[tuple[timedelta, timedelta], ...]

    def __post_init__(self) -> None:
        _refuse_an_instant(self.day)
        place = self.day.isoformat()
        sound = tuple((opens, _closing_offset(opens, closes, place)) for opens, closes in self.windows)
        refuse_overlaps(sound, place)
        object.__setattr__(self, "windows", sound)


@dataclass(frozen=True)
class Schedule:
    """The weekly windows of one zone, its holidays and its dated exceptions."""

    zone: str
    weekly: tuple[Window, ...]
    holidays: frozenset[date] = frozenset()
    exceptions: tuple[DatedException, ...] = ()

    def __post_init__(self) -> None:
        _known(self.zone)
        object.__setattr__(self, "weekly", tuple(self._read_here(window) for window in self.weekly))
        for weekday, windows in enumerate(self._weekdays):
            in_one_zone = [(opens, closes) for opens, closes, closes_zone in windows if closes_zone == self.zone]
            refuse_overlaps(in_one_zone, WEEKDAYS[weekday])
        for day in self.holidays:
            _refuse_an_instant(day)
        days = sorted(exception.day for exception in self.exceptions)
        for day, following in pairwise(days):
            if day == following:
                raise UnsoundHours(f"{day} has two exceptions; a date has one, with all its windows")

    def windows_on(self, day: date) -> tuple[DayWindow, ...]:
        """The windows that open on that date."""
        exceptional = self._exceptional.get(day)
        if exceptional is not None:
            return exceptional
        return () if day in self.holidays else self._weekdays[day.weekday()]

    def opens_weekly_on(self, day: date) -> bool:
        """Whether an ordinary week has a window that opens on that weekday."""
        return bool(self._weekdays[day.weekday()])

    def is_holiday(self, day: date) -> bool:
        """Whether the date's windows are emptied by a holiday: there are some, and no exception replaces them."""
        return day in self.holidays and day not in self._exceptional and self.opens_weekly_on(day)

    def _read_here(self, window: Window) -> Window:
        """The window, which is no window of two zones when both are this one."""
        if window.closes_zone == self.zone:
            return Window(window.weekday, window.opens, window.closes)
        return window

    @cached_property
    def _weekdays(self) -> tuple[tuple[DayWindow, ...], ...]:
        return tuple(
            tuple(DayWindow(w.opens, w.closes, w.closes_zone or self.zone) for w in self.weekly if w.weekday == weekday)
            for weekday in range(7)
        )

    @cached_property
    def _exceptional(self) -> Mapping[date, tuple[DayWindow, ...]]:
        return {
            exception.day: tuple(DayWindow(opens, closes, self.zone) for opens, closes in exception.windows)
            for exception in self.exceptions
        }


@dataclass(frozen=True, slots=True)
class Hours:
    """Open whenever at least one of its schedules is; several schedules are a desk that follows the sun.

    The zone of the first schedule is the one whose calendar dates and local times the date rules count in.
    ``openings`` are the same hours compiled to open spans; equal hours share them.
    """

    schedules: tuple[Schedule, ...]
    openings: Openings = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.schedules:
            raise UnsoundHours("hours need at least one schedule; around the clock is a schedule too")
        object.__setattr__(self, "openings", _openings(self.schedules))
        object.__setattr__(self, "_hash", hash(self.schedules))

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Hours], tuple[tuple[Schedule, ...]]]:
        return Hours, (self.schedules,)

    @property
    def zone(self) -> str:
        """The zone that dates and local times of these hours are read in."""
        return self.schedules[0].zone


@lru_cache(maxsize=512)
def _openings(schedules: tuple[Schedule, ...]) -> Openings:
    return Openings(schedules)


def _closing_offset(opens: timedelta, closes: timedelta, place: str) -> timedelta:
    """``closes``, a day later when the window crosses midnight. Raises UnsoundHours."""
    _refuse_an_impossible_opening(opens, place)
    if closes < MIDNIGHT:
        raise UnsoundHours(f"{place}: a window closes at 00:00 or later, not {_clock_text(closes)}")
    if closes == opens:
        raise UnsoundHours(
            f"{place}: a window that starts and ends at {_clock_text(opens)} has no length; a whole day is 00:00–24:00"
        )
    if closes < opens:
        return closes + DAY
    if closes - opens > WEEK:
        raise UnsoundHours(
            f"{place}: a window is at most a week long, not {_clock_text(opens)}–{_clock_text(closes)}, "
            f"{(closes - opens) / DAY:.1f} days"
        )
    return closes


def _refuse_an_impossible_opening(opens: timedelta, place: str) -> None:
    if not MIDNIGHT <= opens < DAY:
        raise UnsoundHours(f"{place}: a window opens from 00:00 to before 24:00, not at {_clock_text(opens)}")


def refuse_overlaps(windows: Iterable[tuple[timedelta, timedelta]], place: str) -> None:
    """Raises UnsoundHours where two windows of one day, as offsets from its midnight, overlap."""
    for (opens, closes), (next_opens, next_closes) in pairwise(sorted(windows)):
        if next_opens < closes:
            raise UnsoundHours(
                f"{place}: {_clock_text(opens)}–{_clock_text(closes)} overlaps "
                f"{_clock_text(next_opens)}–{_clock_text(next_closes)}; windows of one day may touch, not overlap"
            )


def _refuse_an_instant(day: date) -> None:
    if isinstance(day, datetime):
        raise UnsoundHours(f"{day.isoformat()} is an instant; a holiday or an exception is a date")


def _known(key: str) -> None:
    try:
        zone(key)
    except UnknownZone as unknown:
        raise UnsoundHours(str(unknown)) from unknown


def _clock_text(offset: timedelta) -> str:
    """08:00, 24:00, 30:00:15; the way an offset from midnight is written in hours."""
    sign, seconds = ("-", -offset.total_seconds()) if offset < MIDNIGHT else ("", offset.total_seconds())
    hours, minutes, rest = int(seconds // 3600), int(seconds // 60 % 60), seconds % 60
    return f"{sign}{hours:02}:{minutes:02}" + (f":{rest:09.6f}".rstrip("0").rstrip(".") if rest else "")


AROUND_THE_CLOCK = Hours((Schedule("UTC", tuple(Window(weekday, MIDNIGHT, DAY) for weekday in range(7))),))
