"""What is odd about a date, and in which calendars."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

CLOCKS_FORWARD = "clocks forward"
CLOCKS_BACK = "clocks back"
HOLIDAY = "holiday"
CLOSED = "closed"
SHORT_DAY = "short day"
LONG_DAY = "long day"
OTHER_HOURS = "other hours"
BRIDGE_DAY = "bridge day"
SOME_REGIONS = "some regions"


class OddDay(NamedTuple):
    """One date, one of the kinds of this file, its name where it has one, and what it does: a line each.

    ``calendars`` are the names of the hours it concerns; none where it concerns only what the policy names.
    """

    day: date
    kind: str
    name: str
    calendars: tuple[str, ...]
    says: tuple[str, ...] = ()
