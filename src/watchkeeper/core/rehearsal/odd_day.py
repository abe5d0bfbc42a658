"""What is odd about a date, and in which calendars."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from watchkeeper.core.said import sentence

CLOCKS_FORWARD = sentence("clocks forward")
CLOCKS_BACK = sentence("clocks back")
HOLIDAY = sentence("holiday")
CLOSED = sentence("closed")
SHORT_DAY = sentence("short day")
LONG_DAY = sentence("long day")
OTHER_HOURS = sentence("other hours")
BRIDGE_DAY = sentence("bridge day")
SOME_REGIONS = sentence("some regions")


class OddDay(NamedTuple):
    """One date, one of the kinds of this file, its name where it has one, and what it does: a line each.

    ``calendars`` are the names of the hours it concerns; none where it concerns only what the policy names.
    """

    day: date
    kind: str
    name: str
    calendars: tuple[str, ...]
    says: tuple[str, ...] = ()
