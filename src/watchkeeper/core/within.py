"""The length of a target and how it is counted: 4 h of operating time, 2 business days, the next business day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

from watchkeeper.core import clock
from watchkeeper.core.clock import NegativeWindow, Stretch
from watchkeeper.core.days_written import days_written, remedy_for
from watchkeeper.core.durations import clock_time, read, spelled
from watchkeeper.core.hours import AROUND_THE_CLOCK, Hours
from watchkeeper.core.instants import in_utc
from watchkeeper.core.said import Said, sentence
from watchkeeper.core.spans import Span

Counting = Literal["operating", "elapsed", "business_days", "calendar_days"]
Starts = Literal["opening", "receipt"]

_ZERO = timedelta()
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_LONGEST_DAYS = 3650

_HOURS_WRITTEN = re.compile(
    r"(?P<amount>\d{1,6}(?:\.\d{1,4})?) (?P<kind>business|working|elapsed) (?P<unit>hour|minute)s?", re.ASCII
)
_BARE_DAYS = re.compile(r"(?P<days>\d{1,6})\s*(?:d|days?)", re.ASCII)

DATE_RULES: tuple[Counting, ...] = ("business_days", "calendar_days")
"""The countings that count days and no length."""


class UnsoundWithin(ValueError):
    """A window that cannot be counted as it is said to be."""


class NotADuration(ValueError):
    """A text that says no length of time, or one of two."""

    def __init__(self, given: str, allowed: str = "write 4h, 90m or 2 business days") -> None:
        super().__init__(f'"{given}" is not a duration; {allowed}')


@dataclass(frozen=True, slots=True)
class Within:
    """How long a target leaves, and in which counting.

    ``operating`` and ``elapsed`` have a ``length``; ``business_days`` and ``calendar_days`` have ``days``.
    ``until_closing`` ends business days at the closing of the last one, ``by`` at a time of it, a length since
    midnight; zero days until closing are the same business day. ``starts`` says when an elapsed window
    received out of hours begins: at the next opening, or on receipt. What comes on a business day after its
    ``cut_off``, a length since midnight, counts from the opening of the next. Raises UnsoundWithin and NegativeWindow.
    """

    counting: Counting
    length: timedelta | None = None
    days: int | None = None
    until_closing: bool = False
    starts: Starts = "opening"
    cut_off: timedelta | None = None
    by: timedelta | None = None

    def __post_init__(self) -> None:
        if self.counting in ("operating", "elapsed"):
            if self.length is None or self.days is not None:
                raise UnsoundWithin(f"{self.counting} is counted over a length, and nothing else")
            if self.length < _ZERO:
                raise NegativeWindow(spelled(self.length))
            if self.length > _LONGEST_DAYS * _DAY:
                raise UnsoundWithin(f"a window is at most {_LONGEST_DAYS} days, not {spelled(self.length)}")
        elif self.counting in ("business_days", "calendar_days"):
            if self.days is None or self.length is not None:
                raise UnsoundWithin(f"{self.counting} are counted in days, and nothing else")
            if self.days < 0:
                raise NegativeWindow(f"{self.days} days")
            if self.days > _LONGEST_DAYS:
                raise UnsoundWithin(f"a window is at most {_LONGEST_DAYS} days, not {self.days}")
        else:
            allowed = "operating, elapsed, business_days or calendar_days"
            raise UnsoundWithin(f'"{self.counting}" is no counting; it is {allowed}')
        if self.until_closing and self.counting != "business_days":
            raise UnsoundWithin(f"only business days end at a closing, not {self.counting}")
        if self.by is not None and (self.counting != "business_days" or not self.days or self.until_closing):
            raise UnsoundWithin("only business days end by a time, which is on the next of them or a later one")
        if self.cut_off is not None and self.counting != "business_days":
            raise UnsoundWithin(f"only business days have a cut-off, not {self.counting}")
        if self.starts not in ("opening", "receipt"):
            raise UnsoundWithin(f'a window starts at the opening or on receipt, not "{self.starts}"')
        if self.starts == "receipt" and self.counting != "elapsed":
            raise UnsoundWithin(f"only an elapsed window may start on receipt, not {self.counting}")

    @classmethod
    def parse(cls, text: str, counting: Counting = "operating", starts: Starts = "opening") -> Within:
        """Read ``4h``, ``1h 30m``, ``45s``, ``2.5 business hours``, ``2 business days``, ``2 weeks``,
        ``same business day``, ``next business day`` or ``next business day by 10:00``; *working* stands for business.

        A text that names its days or hours overrules ``counting``; bare days (``2d``) are understood only where
        ``counting`` says which days are meant. Raises NotADuration.
        """
        written = " ".join(text.lower().split())
        if days := days_written(written):
            kind: Counting = "business_days" if days.is_business else "calendar_days"
            return cls(kind, days=days.days, until_closing=days.until_closing, by=days.by)
        if match := _HOURS_WRITTEN.fullmatch(written):
            named: Counting = "elapsed" if match["kind"] == "elapsed" else "operating"
            exactly = Fraction(match["amount"]) * (3600 if match["unit"] == "hour" else 60) * 1_000_000
            return cls(named, timedelta(microseconds=int(exactly)), starts=starts if named == counting else "opening")
        if match := _BARE_DAYS.fullmatch(written):
            if counting in ("operating", "elapsed"):
                raise NotADuration(text, "a day has no fixed length; write 24h, 2 business days or 2 calendar days")
            return cls(counting, days=int(match["days"]))
        length = read(written)
        if length is None and (remedy := remedy_for(written)):
            raise NotADuration(text, remedy)
        if counting in ("business_days", "calendar_days"):
            raise NotADuration(text, f"write 2 {counting.replace('_', ' ')}")
        if length is None and written.isdigit():
            raise NotADuration(text, f"it has no unit; write {written}h, {written}m or {written} business days")
        if length is None:
            raise NotADuration(text)
        return cls(counting, length, starts=starts)

    def __str__(self) -> str:
        return self._said(self._days_said())

    @property
    def after_a_preposition(self) -> str:
        """The same in English, made of other forms: there are languages that inflect days after *within*."""
        return self._said(self._days_inflected())

    @property
    def is_counted(self) -> bool:
        """Whether its words begin with a number, not with a day: *4 h*, and not *next business day*."""
        return self.length is not None or not self._names_a_day

    @property
    def as_limit(self) -> Said:
        """``within 2 business days``."""
        if self.is_counted:
            return sentence("within {length}", length=self.after_a_preposition)
        return sentence("within {day}", day=str(self))

    @property
    def as_delay(self) -> Said:
        """``after 2 business days``."""
        if self.is_counted:
            return sentence("after {length}", length=self.after_a_preposition)
        return sentence("after {day}", day=str(self))

    def _said(self, days: str) -> str:
        """The length; of days in words also where in the last of them it ends, and the cut-off."""
        if self.length is not None:
            return spelled(self.length)
        if self.until_closing and not self._names_a_day:
            days = sentence("{days} until closing", days=days)
        if self.by is not None:
            days = sentence("{days} by {time}", days=days, time=clock_time(self.by))
        if self.cut_off is not None:
            days = sentence("{days} if reported by {time}", days=days, time=clock_time(self.cut_off))
        return days

    def _days_said(self) -> str:
        if self._names_a_day:
            return sentence("next business day") if self.days else sentence("same business day")
        if self.counting == "business_days":
            one, more = (
                sentence("{days} business day", days=self.days),
                sentence("{days} business days", days=self.days),
            )
        else:
            one, more = (
                sentence("{days} calendar day", days=self.days),
                sentence("{days} calendar days", days=self.days),
            )
        return one if self.days == 1 else more

    def _days_inflected(self) -> str:
        if self._names_a_day or self.days == 1:
            return self._days_said()
        if self.counting == "business_days":
            return sentence("{so_many} business days", so_many=self.days)
        return sentence("{so_many} calendar days", so_many=self.days)

    @property
    def _names_a_day(self) -> bool:
        """Whether it is the same business day, or a moment of the next."""
        return (self.until_closing and self._days < 2) or (self.days == 1 and self.by is not None)

    @property
    def is_nothing(self) -> bool:
        """Whether the window has passed as soon as it begins."""
        return not self.length and not self.days and not self.until_closing

    def starts_at(self, hours: Hours, start: datetime, paused: Sequence[Span] = ()) -> datetime:
        """When the clock begins to run for something received at ``start``. Raises NeverDue."""
        if self.is_nothing or self.counting == "calendar_days" or self.starts == "receipt":
            return in_utc(start)
        return clock.starts_at(hours, self._counted_from(hours, start), paused)

    def due_at(self, hours: Hours, start: datetime, paused: Sequence[Span] = ()) -> datetime:
        """The instant at which the window ends. Raises NeverDue."""
        if self.counting == "operating":
            return clock.due_at(hours, start, self._length, paused)
        if self.counting == "elapsed":
            return clock.elapsed_due_at(hours, self.starts_at(hours, start, paused), self._length, paused)
        if self.counting == "calendar_days":
            return clock.calendar_days_due_at(hours, start, self._days, paused)
        start = self._counted_from(hours, start)
        if self.until_closing:
            return clock.business_days_until_closing_due_at(hours, start, self._days, paused)
        if self.by is not None:
            return clock.business_days_by_due_at(hours, start, self._days, self.by, paused)
        return clock.business_days_due_at(hours, start, self._days, paused)

    def fraction_at(self, hours: Hours, start: datetime, fraction: Fraction, paused: Sequence[Span] = ()) -> datetime:
        """The instant at which that fraction of the window is used up, in its own counting.

        An elapsed window is not rounded to an opening. The fraction of a date rule is that of the operating time
        between its start and its due instant; when there is none, it is the due instant.
        """
        if self.counting == "operating":
            return clock.due_at(hours, start, _part(self._length, fraction), paused)
        if self.counting == "elapsed":
            begins = self.starts_at(hours, start, paused)
            return clock.due_at(AROUND_THE_CLOCK, begins, _part(self._length, fraction), paused)
        due = self.due_at(hours, start, paused)
        between = clock.counted(hours, start, due, paused)
        return clock.due_at(hours, start, _part(between, fraction), paused) if between else due

    def used(self, hours: Hours, start: datetime, at: datetime, paused: Sequence[Span] = ()) -> timedelta:
        """How much of the window has passed at an instant: elapsed time, or for all other countings operating time.

        It goes on after the due instant. Between the end of an elapsed length and the opening it waits for, nothing
        passes.
        """
        at = max(in_utc(at), in_utc(start))
        if self.counting != "elapsed":
            return clock.counted(hours, start, at, paused)
        running, due = self._running(hours, start, paused), self.due_at(hours, start, paused)
        passed = clock.counted(AROUND_THE_CLOCK, running.start, max(running.start, min(at, running.end)), paused)
        return passed + clock.counted(AROUND_THE_CLOCK, due, max(due, at), paused)

    def explain(self, hours: Hours, start: datetime, due: datetime, paused: Sequence[Span] = ()) -> tuple[Stretch, ...]:
        """Stretches that tile [start, due), and what each counts."""
        if self.counting != "elapsed":
            return clock.explain(hours, start, due, paused)
        return clock.explain_elapsed(hours, start, due, self._running(hours, start, paused), paused)

    def _counted_from(self, hours: Hours, start: datetime) -> datetime:
        return start if self.cut_off is None else clock.business_day_begins_at(hours, start, self.cut_off)

    def _running(self, hours: Hours, start: datetime, paused: Sequence[Span]) -> Span:
        """From where an elapsed length begins to where it has passed, open or not."""
        begins = self.starts_at(hours, start, paused)
        return Span(begins, clock.due_at(AROUND_THE_CLOCK, begins, self._length, paused))

    @property
    def _length(self) -> timedelta:
        return self.length or _ZERO

    @property
    def _days(self) -> int:
        return self.days or 0


def _part(length: timedelta, fraction: Fraction) -> timedelta:
    """That fraction of a length, rounded up to a microsecond, so that no less than it has passed."""
    return -(-(length // _MICROSECOND) * fraction.numerator // fraction.denominator) * _MICROSECOND
