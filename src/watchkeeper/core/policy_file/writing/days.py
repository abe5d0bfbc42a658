"""Holidays as a file says them: countries, days that come every year, single dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import chain, product

from watchkeeper.core.policy_file.countries import FIRST_YEAR, LAST_YEAR
from watchkeeper.core.policy_file.operating import StoredHolidays
from watchkeeper.core.policy_file.writing.week import DAYS
from watchkeeper.core.policy_file.yearly import MONTHS, in_all_years, yearly

_Found = Iterator[tuple[str, frozenset[date]]]

_PLACES = ("1st", "2nd", "3rd", "4th", "last")
_YEARS = LAST_YEAR - FIRST_YEAR + 1
_DAY = timedelta(days=1)
_LEAP_YEAR = [date(2000, 1, 1) + number * _DAY for number in range(366)]
_RUN = 3
"""Days in a row that are written as from–to; fewer stand alone."""


def said_days(days: Collection[date], holidays: StoredHolidays) -> list[str]:
    """The words for all of ``days``. A country of ``holidays`` stands for its dates where they are all among them."""
    everything, left = frozenset(days), set(days)
    words: list[str] = []
    for written, dates in chain(_of_countries(holidays), _every_year(everything), _of_a_month(everything)):
        if not left:
            break
        if left & dates and dates <= everything:
            words.append(written)
            left -= dates
    return [*words, *(day.isoformat() for day in sorted(left))]


def _of_countries(holidays: StoredHolidays) -> _Found:
    return ((code, frozenset(dates)) for code, dates in holidays.items())


def _every_year(days: frozenset[date]) -> _Found:
    """``12-24`` and ``12-28 - 01-03``: days of the year that are there in all years."""
    named = {(day.month, day.day) for day in days}
    complete = [day for day in _LEAP_YEAR if (day.month, day.day) in named and _meant(f"{day:%m-%d}") <= days]
    for run in _runs(complete):
        first, last = f"{run[0]:%m-%d}", f"{run[-1]:%m-%d}"
        for words in [f"{first} - {last}"] if len(run) >= _RUN else dict.fromkeys((first, last)):
            yield words, _meant(words)


def _runs(days: list[date]) -> list[list[date]]:
    """Days of the leap year in a row, over the New Year too."""
    runs: list[list[date]] = []
    for day in days:
        if runs and runs[-1][-1] == day - _DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(runs) > 1 and runs[0][0] == _LEAP_YEAR[0] and runs[-1][-1] == _LEAP_YEAR[-1]:
        return [*runs[1:-1], runs[-1] + runs[0]]
    return runs


def _of_a_month(days: frozenset[date]) -> _Found:
    """``last monday of may`` and ``day after 4th thursday of november``."""
    times = Counter(day.weekday() for day in days)
    for after, (weekday, name), month, place in product(("", "day after "), enumerate(DAYS), MONTHS, _PLACES):
        if times[(weekday + bool(after)) % 7] >= _YEARS:
            words = f"{after}{place} {name} of {month}"
            yield words, _meant(words)


def _meant(words: str) -> frozenset[date]:
    return in_all_years([yearly(words)])
