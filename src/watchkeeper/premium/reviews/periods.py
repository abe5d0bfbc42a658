"""The months and quarters that are reviewed, by the calendar of the policy's zone, and what they are called."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from django.utils import dateformat
from django.utils.translation import gettext

from watchkeeper.core.features import MONTH, QUARTER
from watchkeeper.core.shares import Period, period_of

_A_MOMENT = timedelta(microseconds=1)
_CALLED = re.compile(r"(?P<year>\d{4})-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2]))", re.ASCII)


class NoPeriod(ValueError):
    """What was given names no month or quarter; the message says what does."""


def last_period(each: str, at: datetime, zone: str) -> Period:
    """The last month or quarter that was over at an instant."""
    return before(period_of(at, each, zone), each, zone)


def before(period: Period, each: str, zone: str) -> Period:
    """The one that came before."""
    return period_of(period.starts_at - _A_MOMENT, each, zone)


def after(period: Period, each: str, zone: str) -> Period:
    """The one that follows."""
    return period_of(period.ends_at, each, zone)


def called(name: str, zone: str) -> tuple[str, Period]:
    """The kind and the period that ``2026-03`` or ``2026-Q1`` names. Raises ``NoPeriod``."""
    match = _CALLED.fullmatch(name)
    if match is None:
        raise NoPeriod(f'"{name}" is no month or quarter; write one such as 2026-03 or 2026-Q1')
    each = QUARTER if match["quarter"] else MONTH
    month = int(match["quarter"]) * 3 - 1 if match["quarter"] else int(match["month"])
    in_its_middle = datetime.combine(date(int(match["year"]), month, 15), time(12), UTC)
    return each, period_of(in_its_middle, each, zone)


def spelled(name: str) -> str:
    """``Quarter 1 of 2026``, ``March 2026``."""
    year, _dash, part = name.partition("-")
    if part.startswith("Q"):
        return gettext("Quarter {number} of {year}").format(number=part[1:], year=year)
    return dateformat.format(date(int(year), int(part), 1), "F Y")


def short(name: str) -> str:
    """``Q1 2026``, ``Mar 2026``: where there is little room."""
    year, _dash, part = name.partition("-")
    if part.startswith("Q"):
        return gettext("Q{number} {year}").format(number=part[1:], year=year)
    return dateformat.format(date(int(year), int(part), 1), "M Y")
