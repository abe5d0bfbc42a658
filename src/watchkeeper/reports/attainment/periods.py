"""The periods that a page of attainment offers, by the calendar of the policy's zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core.shares import period_of
from watchkeeper.core.zones import local_time

DEFAULT = "this-month"
ALL = "all"

_BEGINNING, _END = date(1970, 1, 1), date(9999, 1, 1)
_WRITTEN = re.compile(r"(?P<year>20\d\d)(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])))?", re.ASCII)


class Days(NamedTuple):
    """The days of a half-open span of a calendar."""

    first: date
    before: date


class Choice(NamedTuple):
    """A period that can be chosen. ``each`` is its kind: month, quarter or year, or nothing of these."""

    key: str
    label: str
    each: str
    days: Days


def choices(now: datetime, zone: str) -> Mapping[str, Choice]:
    """This and the last month and quarter, the last twelve months and all, by the keys that stand in the address."""
    today = local_time(now, zone).date()
    labels = {
        "month": (gettext("This month"), gettext("Last month")),
        "quarter": (gettext("This quarter"), gettext("Last quarter")),
    }
    found = [choice for each in labels for choice in _two(each, labels[each], now, zone)]
    tomorrow = today + timedelta(days=1)
    found.append(Choice("last-12-months", gettext("Last 12 months"), "", Days(_months_ago(today, 11), tomorrow)))
    found.append(Choice(ALL, gettext("All"), "", Days(_BEGINNING, _END)))
    return {choice.key: choice for choice in found}


def chosen(key: str, offered: Mapping[str, Choice]) -> Choice:
    """The period of a key: one that is offered, or a month, a quarter or a year by its name; else the first offered."""
    if key in offered:
        return offered[key]
    written = _WRITTEN.fullmatch(key)
    if written is None:
        return offered[DEFAULT]
    year, quarter = int(written["year"]), written["quarter"]
    first = date(year, 3 * int(quarter) - 2 if quarter else int(written["month"] or 1), 1)
    each = "quarter" if quarter else "month" if written["month"] else "year"
    return Choice(key, key, each, Days(first, _after(first, {"month": 1, "quarter": 3, "year": 12}[each])))


def month_before(now: datetime, zone: str) -> Choice:
    """The month that ended last, by its name."""
    first = _months_ago(local_time(now, zone).date(), 1)
    return Choice(f"{first:%Y-%m}", f"{first:%Y-%m}", "month", Days(first, _after(first, 1)))


def _two(each: str, labels: tuple[str, str], now: datetime, zone: str) -> tuple[Choice, Choice]:
    this = period_of(now, each, zone)
    last = period_of(this.starts_at - timedelta(microseconds=1), each, zone)
    this_days, last_days = (
        Days(local_time(period.starts_at, zone).date(), local_time(period.ends_at, zone).date())
        for period in (this, last)
    )
    return Choice(f"this-{each}", labels[0], each, this_days), Choice(f"last-{each}", labels[1], each, last_days)


def _months_ago(day: date, months: int) -> date:
    return _after(day.replace(day=1), -months)


def _after(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
