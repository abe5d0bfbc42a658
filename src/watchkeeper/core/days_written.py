"""Lengths in days as people write them: 2 business days, next working day by 10:00, same business day, 2 weeks.

And the remedies for words that name no length: daily, 1 month, half a business day.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from watchkeeper.core.durations import time_of_day

_DAYS = re.compile(
    r"(?:(?P<days>\d{1,6})|(?P<next>next)) (?P<kind>business|working|calendar) days?"
    r"(?: (?:(?P<closing>until closing)|by (?P<by>\S+)))?",
    re.ASCII,
)
_SAME_DAY = ("same business day", "same working day", "end of business day", "end of working day")
_WEEKS = re.compile(r"(?P<weeks>\d{1,5}) (?:calendar )?weeks?", re.ASCII)

_NO_LENGTHS = (
    (r"hourly|every hour", "write 1h"),
    (r"daily|every day", "write 1 business day, 1 calendar day or 24h"),
    (r"weekly|every week", "write 5 business days or 7 calendar days"),
    (r"\d+ months?|monthly", "a month has no fixed length; write 30 calendar days"),
    (r"\d+ (business|working) weeks?", "write the days of those weeks, as 10 business days"),
    (r"\d*[.,/]\d+ (business|working|calendar) days?", "a part of a day has no fixed length; write 4 business hours"),
    (r"immediate(ly)?|at once", "no time at all is no promise that can be kept; write 15m, or {says: Immediately}"),
)


class DaysWritten(NamedTuple):
    """So many business or calendar days, at the end perhaps until the closing, or by a time since midnight."""

    days: int
    is_business: bool
    until_closing: bool = False
    by: timedelta | None = None


def days_written(written: str) -> DaysWritten | None:
    """The days that a text in small letters says; ``None`` where it is something else.

    ``next business day`` ends at that day's closing, ``2 business days`` at the same local time.
    """
    if written in _SAME_DAY:
        return DaysWritten(0, is_business=True, until_closing=True)
    if match := _WEEKS.fullmatch(written):
        return DaysWritten(7 * int(match["weeks"]), is_business=False)
    match = _DAYS.fullmatch(written)
    by = time_of_day(match["by"]) if match and match["by"] else None
    if match is None or (match["by"] and by is None):
        return None
    is_business = match["kind"] != "calendar"
    until_closing = bool(match["closing"] or (match["next"] and is_business and by is None))
    return DaysWritten(int(match["days"] or 1), is_business, until_closing, by)


def remedy_for(written: str) -> str | None:
    """What to write instead of a word that names no length; ``None`` for a text that nobody would expect."""
    return next((remedy for words, remedy in _NO_LENGTHS if re.fullmatch(words, written)), None)
