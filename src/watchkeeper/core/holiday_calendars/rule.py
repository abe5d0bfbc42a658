"""How an event recurs: the rules of RFC 5545 that a calendar of holidays needs, and that end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from watchkeeper.core.holiday_calendars.content_lines import ContentLine
from watchkeeper.core.holiday_calendars.reading import NoHoliday
from watchkeeper.core.policy_file.problems import quoted

if TYPE_CHECKING:
    from icalendar import vRecur

_SELDOM = ("MONTHLY", "YEARLY")
_OFTEN = ("DAILY", "WEEKLY", *_SELDOM)
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


def rule_of(written: ContentLine) -> vRecur:
    """The rule. Raises ``NoHoliday`` for one that is none, or that would go on for ever and close every week."""
    from icalendar import vRecur

    try:
        rule: vRecur = vRecur.from_ical(written.value)
    except ValueError:
        raise NoHoliday(f"recurs by {quoted(written.value)}, which is no rule") from None
    often = str(next(iter(rule.get("FREQ", [])), ""))
    if often not in _OFTEN:
        raise NoHoliday(f"recurs by {quoted(written.value)}; a holiday recurs by the day, week, month or year")
    if next(iter(rule.get("INTERVAL", [1])), 0) < 1:
        raise NoHoliday(f"recurs by {quoted(written.value)}, whose interval is no number from 1 on")
    if is_endless(rule) and often not in _SELDOM:
        raise NoHoliday(f"recurs without an end, {often.lower()}; a calendar of holidays says until when")
    for name in _WITHIN_A_DAY:
        rule.pop(name, None)
    if "UNTIL" in rule:
        rule["UNTIL"] = [last.date() if isinstance(last, datetime) else last for last in rule["UNTIL"]]
    return rule


def is_endless(rule: vRecur) -> bool:
    """Whether it names neither a number nor a last day."""
    return not rule.get("COUNT") and not rule.get("UNTIL")
