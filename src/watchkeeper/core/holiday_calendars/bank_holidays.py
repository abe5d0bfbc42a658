"""The bank holidays of the United Kingdom as its government publishes them: JSON, by division.

Two forms are read: the one behind ``bank-holidays.json``, events with ISO dates, and the source it is made from, years
with dates such as 25/12/2026 and titles such as ``bank_holidays.new_year``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from watchkeeper.core.holiday_calendars.reading import LARGEST, NamedDay, Reading, Unreadable, each_once, plain_name
from watchkeeper.core.policy_file.problems import quoted

DIVISIONS = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}

_FORM = "bank holidays have divisions, each with its days"
_KEY = re.compile(r"[a-z_]+\.([a-z0-9_]+)")


def read_bank_holidays(content: bytes, *, division: str) -> Reading:
    """The days of one of ``DIVISIONS``. Raises ``Unreadable``."""
    divisions = _divisions(content)
    if division not in divisions:
        known = ", ".join(DIVISIONS[each] for each in divisions if each in DIVISIONS) or "none that is known"
        lacks = f"has no days of {DIVISIONS.get(division, quoted(division))}" if division else "has days of divisions"
        raise Unreadable(f"{lacks}; choose among {known}")
    days = each_once(_days(divisions[division]))
    return Reading(days, title=f"Bank holidays, {DIVISIONS.get(division, division)}")


def _divisions(content: bytes) -> Mapping[str, Any]:
    if len(content) > LARGEST:
        raise Unreadable(f"the file has {len(content):,} bytes; a calendar of holidays has at most {LARGEST:,}")
    try:
        said = json.loads(content)
    except json.JSONDecodeError as error:
        raise Unreadable(f"is no JSON: {error.msg}", error.lineno) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise Unreadable("is no JSON in UTF-8") from None
    found = said.get("divisions", said) if isinstance(said, dict) else None
    if not isinstance(found, dict):
        raise Unreadable(f"is JSON of something else; {_FORM}")
    return found


def _days(division: object) -> Iterator[NamedDay]:
    for entry in _entries(division):
        written, title, notes = (str(entry.get(key) or "") for key in ("date", "title", "notes"))
        named = ", ".join(filter(None, (_words(title), _words(notes).lower())))
        yield NamedDay(_date(written), plain_name(named))


def _entries(division: object) -> Iterator[dict[str, Any]]:
    lists = division.values() if isinstance(division, dict) else ()
    for entry in (entry for entries in lists if isinstance(entries, list) for entry in entries):
        if not isinstance(entry, dict) or "date" not in entry:
            raise Unreadable(f"has an entry without a date; {_FORM}")
        yield entry


def _date(written: str) -> date:
    parts = written.split("/")[::-1] if "/" in written else written.split("-")
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"{quoted(written)} is no date; write 2026-12-25 or 25/12/2026") from None


def _words(written: str) -> str:
    """``bank_holidays.new_year`` as ``New Year``; words as they are."""
    key = _KEY.fullmatch(written)
    return " ".join(word.capitalize() for word in key[1].split("_")) if key else written
