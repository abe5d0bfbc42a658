"""The process that ``limited`` starts: a file on its input, what it says as JSON on its output."""

from __future__ import annotations

import json
import resource
import sys
from datetime import date

from watchkeeper.core.holiday_calendars.bank_holidays import read_bank_holidays
from watchkeeper.core.holiday_calendars.icalendar_file import read_icalendar
from watchkeeper.core.holiday_calendars.reading import Reading, Unreadable

SECONDS = 5
BYTES = 1024 * 1024 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    until, division = date.fromisoformat(sys.argv[1]), sys.argv[2]
    content = sys.stdin.buffer.read()
    try:
        reading = _read(content, until, division)
    except Unreadable as error:
        print(json.dumps({"unreadable": str(error)}))
        return
    days = [(day.isoformat(), name) for day, name in reading.days]
    print(json.dumps({**reading._asdict(), "days": days}))


def _read(content: bytes, until: date, division: str) -> Reading:
    if content.lstrip()[:1] in (b"{", b"["):
        return read_bank_holidays(content, division=division)
    return read_icalendar(content, until=until)


if __name__ == "__main__":
    main()
