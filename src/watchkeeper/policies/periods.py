"""From when until when a licence or an agreement holds, in words: a period is kept half-open and said by its days."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import dateformat
from django.utils.translation import gettext

ONE_DAY = timedelta(days=1)


def last_day(period: DateRange) -> date | None:
    """The last day on which it holds; ``None`` where it has no end."""
    return period.upper - ONE_DAY if period.upper is not None else None


def through(period: DateRange) -> str:
    """``through 31 Dec 2026``, or ``without end``."""
    last = last_day(period)
    return gettext("through {day}").format(day=day(last)) if last is not None else gettext("without end")


def spelled(period: DateRange) -> str:
    """``1 Jan 2026 through 31 Dec 2026``, ``from 1 Jan 2026 without end``."""
    begins = day(period.lower)
    if period.upper is None:
        return gettext("from {day} without end").format(day=begins)
    return gettext("{first} through {last}").format(first=begins, last=day(period.upper - ONE_DAY))


def day(of: date) -> str:
    """``31 Dec 2026``."""
    return dateformat.format(of, gettext("j M Y"))
