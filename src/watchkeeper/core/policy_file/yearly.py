"""Days that come every year, as a policy writes them: ``12-24``, ``12-28 - 01-03``, ``4th thursday of november``.

They are resolved for the years that countries' holidays are known for.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from watchkeeper.core.policy_file.countries import FIRST_YEAR, LAST_YEAR
from watchkeeper.core.policy_file.problems import quoted
from watchkeeper.core.policy_file.week import NotATime, weekdays

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}

MonthDay = tuple[int, int]
_A_LEAP_YEAR = date(2000, 1, 1)
_DAYS_OF_A_YEAR = tuple((day.month, day.day) for day in (_A_LEAP_YEAR + timedelta(days=n) for n in range(366)))

_DATES = re.compile(r"(?P<month>\d{2})-(?P<day>\d{2})(?:\s*(?:-|–|to)\s*(?P<to_month>\d{2})-(?P<to_day>\d{2}))?")
_WEEKDAY = re.compile(
    r"(?P<after>day after )?(?P<place>\w+) (?P<weekday>[a-z]+) (?:of|in) (?P<month>[a-z]+)", re.IGNORECASE
)


def is_yearly(written: str) -> bool:
    """Whether ``written`` has the form of days that come every year."""
    return bool(_DATES.fullmatch(written) or _WEEKDAY.fullmatch(_plain(written)))


class Yearly(NamedTuple):
    """Days of every year: as months and days, and, of those that are found by a weekday, as dates."""

    month_days: frozenset[MonthDay]
    dates: frozenset[date] = frozenset()


@lru_cache(maxsize=1024)
def yearly(written: str) -> Yearly:
    """What ``12-24``, ``12-28 - 01-03`` or ``day after 4th thursday of november`` means. Raises ``NotATime``."""
    if match := _DATES.fullmatch(written):
        first = _known_day(match["month"], match["day"], written)
        last = _known_day(match["to_month"], match["to_day"], written) if match["to_month"] else first
        return Yearly(frozenset(_from_to(first, last)))
    match = _WEEKDAY.fullmatch(_plain(written))
    if match is None or match["place"] not in _PLACES or match["month"] not in MONTHS:
        places = ", ".join(_PLACES)
        raise NotATime(f"{quoted(written)} is no day of a month; write 4th thursday of november, by one of {places}")
    (weekday,) = weekdays(match["weekday"])
    place, month = _PLACES[match["place"]], MONTHS.index(match["month"]) + 1
    later = _DAY if match["after"] else timedelta()
    return Yearly(frozenset(), frozenset(_weekday_of(year, month, weekday, place) + later for year in _years()))


def in_all_years(days: Iterable[Yearly]) -> frozenset[date]:
    """The dates of all these days. A 29 February is left out of years that have none."""
    found = list(days)
    month_days = frozenset().union(*(one.month_days for one in found))
    return frozenset(_on(month_days)).union(*(one.dates for one in found))


def _plain(written: str) -> str:
    return " ".join(written.split()).casefold()


def _years() -> Iterable[int]:
    return range(FIRST_YEAR, LAST_YEAR + 1)


def _known_day(month: str, day: str, written: str) -> MonthDay:
    try:
        date(2000, int(month), int(day))
    except ValueError:
        raise NotATime(f"{quoted(written)} holds no day in {month}-{day}; write month-day, as 12-24") from None
    return int(month), int(day)


def _from_to(first: MonthDay, last: MonthDay) -> Iterable[MonthDay]:
    """The days of a year that lie between two of them, which may lie on both sides of the New Year."""
    for at in _DAYS_OF_A_YEAR:
        if first <= at <= last or (last < first and (at >= first or at <= last)):
            yield at


def _on(month_days: frozenset[MonthDay]) -> Iterator[date]:
    for year in _years():
        for month, day in month_days:
            if (month, day) != (2, 29) or isleap(year):
                yield date(year, month, day)


def _weekday_of(year: int, month: int, weekday: int, place: int) -> date:
    """The first, second … or last such weekday of a month."""
    if place < 0:
        next_month = date(year + month // 12, month % 12 + 1, 1)
        return next_month - timedelta(days=(next_month.weekday() - 1 - weekday) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7) + (place - 1) * _WEEK
