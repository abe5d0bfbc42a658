"""Rehearsing a policy: the odd days of its next months, and what they do to each level's windows."""

from watchkeeper.core.rehearsal.closures import Closure
from watchkeeper.core.rehearsal.holiday_names import names_written
from watchkeeper.core.rehearsal.longest_waits import Wait
from watchkeeper.core.rehearsal.odd_day import OddDay
from watchkeeper.core.rehearsal.period import Period, UnsoundPeriod, months_from
from watchkeeper.core.rehearsal.rehearsal import Rehearsal, Window, rehearse

__all__ = [
    "Closure",
    "OddDay",
    "Period",
    "Rehearsal",
    "UnsoundPeriod",
    "Wait",
    "Window",
    "months_from",
    "names_written",
    "rehearse",
]
