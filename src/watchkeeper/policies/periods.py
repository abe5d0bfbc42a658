"""From when until when a licence or an agreement holds, in words: a period is kept half-open and said by its days."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import dateformat

ONE_DAY = timedelta(days=1)


def last_day(period: DateRange) -> date | None:
    """The last day on which it holds; ``None`` where it has no end."""
    return period.upper - ONE_DAY if period.upper is not None else None


def through(period: DateRange) -> str:
    """``through 31 Dec 2026``, or ``without end``."""
    last = last_day(period)
    return f"through {day(last)}" if last is not None else "without end"


def spelled(period: DateRange) -> str:
    """``1 Jan 2026 through 31 Dec 2026``, ``from 1 Jan 2026 without end``."""
    begins = day(period.lower)
    return f"{begins} {through(period)}" if period.upper is not None else f"from {begins} without end"


def day(of: date) -> str:
    """``31 Dec 2026``."""
    return dateformat.format(of, "j M Y")
