"""How holidays are called: by the library of countries' holidays, or by a comment beside a date in the policy file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from watchkeeper.core.hours import Schedule
from watchkeeper.core.policy_file.countries import names_of
from watchkeeper.core.rehearsal.period import Period

_NAMED = re.compile(
    r"^[ ]*(?:-[ ]+)?['\"]?(\d{4}-\d{2}-\d{2})['\"]?(?:[ ]*:[^#\n]*|,)?[ ]+#[ ]*(\S[^\n]*?)[ \r]*$", re.MULTILINE
)


NamesWritten = Mapping[str, str]
"""Dates as ``2026-12-24``, and what the policy file calls them."""


def names_written(text: str) -> NamesWritten:
    """The names that a policy file gives to dates: a date on a line of its own, and a comment after it."""
    return dict(_NAMED.findall(text))


class HolidayNames:
    """The names of the holidays of a period. ``holidays`` are the dates of each country or region a policy names."""

    def __init__(self, holidays: Mapping[str, Collection[date]], written: NamesWritten, period: Period) -> None:
        self._holidays = {code: frozenset(days) for code, days in holidays.items()}
        self._written = written
        self._years = period.years

    def of(self, day: date, schedule: Schedule) -> str:
        """What a date is called in a schedule; empty where nobody knows."""
        kept_here = [code for code, days in self._holidays.items() if days <= schedule.holidays]
        return self.known(day, kept_here) or self._written.get(day.isoformat(), "")

    def known(self, day: date, codes: Iterable[str]) -> str:
        """What a date is called in the first of some countries or regions that has it."""
        named = (names_of(code, self._years).get(day, "") for code in codes if day in self._holidays[code])
        return next(filter(None, named), "")
