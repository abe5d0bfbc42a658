"""The dates that are rehearsed: from one on, for some months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from watchkeeper.core.policy_file.countries import FIRST_YEAR, LAST_YEAR

MOST_MONTHS = 60

_DAY = timedelta(days=1)


class UnsoundPeriod(ValueError):
    """Months that cannot be rehearsed; the message says what was given and what is allowed."""


class Period(NamedTuple):
    """From ``first`` up to, not including, ``end``."""

    first: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day < self.end

    def days(self) -> Iterator[date]:
        """Every date, in order."""
        return (self.first + n * _DAY for n in range((self.end - self.first).days))

    @property
    def last(self) -> date:
        return self.end - _DAY

    @property
    def years(self) -> range:
        return range(self.first.year, self.last.year + 1)


def months_from(first: date, months: int = 12) -> Period:
    """So many months from a date on. Raises ``UnsoundPeriod`` where holidays are not known for all of them."""
    if not 1 <= months <= MOST_MONTHS:
        raise UnsoundPeriod(f"a rehearsal takes 1 to {MOST_MONTHS} months, not {months}")
    if not FIRST_YEAR < first.year < LAST_YEAR - MOST_MONTHS // 12:
        allowed = f"{FIRST_YEAR + 1} to {LAST_YEAR - MOST_MONTHS // 12 - 1}"
        raise UnsoundPeriod(f"a rehearsal begins in a year from {allowed}, not in {first.year}")
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    return Period(first, date(year, month, min(first.day, monthrange(year, month)[1])))
