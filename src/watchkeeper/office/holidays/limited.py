"""Reading a file that somebody gave, in a process of its own with limits on its time and memory.

The core refuses what is too large or recurs too often. A rule can still be so tangled that following it takes for ever;
then the process ends, and not the desk.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from watchkeeper.core.holiday_calendars.reading import LARGEST, NamedDay, NotTaken, Reading, Unreadable

_SECONDS = 20
"""Of the clock: for a process of five seconds that has to share its processor."""


def read_limited(content: bytes, *, until: date, division: str = "") -> Reading:
    """The days of an iCalendar file, or of bank holidays in JSON. Raises ``Unreadable``."""
    if len(content) > LARGEST:
        raise Unreadable(f"the file has {len(content):,} bytes; a calendar of holidays has at most {LARGEST:,}")
    command = [sys.executable, "-P", "-m", "watchkeeper.office.holidays.reader", until.isoformat(), division]
    try:
        run = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise Unreadable("takes too long or too much to work out: its rules recur too often") from None
    return _reading(json.loads(run.stdout))


def _reading(said: Mapping[str, Any]) -> Reading:
    if "unreadable" in said:
        raise Unreadable(said["unreadable"])
    return Reading(
        days=tuple(NamedDay(date.fromisoformat(day), name) for day, name in said["days"]),
        not_taken=tuple(NotTaken(*each) for each in said["not_taken"]),
        title=said["title"],
        is_endless=said["is_endless"],
    )
