"""An event of an iCalendar file as whole days: where it begins, how long it lasts, how it recurs.

Taken is what lasts whole days: dates, and times that run from midnight to midnight on the wall clock they are written
for, as some programs write a whole day. An instant in UTC is no local date, so it is none of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from watchkeeper.core.holiday_calendars.components import Component
from watchkeeper.core.holiday_calendars.content_lines import ContentLine
from watchkeeper.core.holiday_calendars.reading import NoHoliday, plain_name
from watchkeeper.core.holiday_calendars.rule import rule_of
from watchkeeper.core.policy_file.problems import quoted

if TYPE_CHECKING:
    from icalendar import vRecur

LONGEST = 31
"""Days of one event."""

FIRST_YEAR, LAST_YEAR = 1900, 2200

_DAY = timedelta(days=1)
_MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Event:
    """Whole days. ``replaces`` is the first day of the occurrence of the same ``uid`` that it stands for.

    ``further`` and ``left_out`` are the first days of more occurrences, and of some that there are not; ``not_whole``
    is how many more there are that are no whole days.
    """

    uid: str
    line: int
    name: str
    first: date
    days: int
    rules: tuple[vRecur, ...] = ()
    further: tuple[date, ...] = ()
    left_out: tuple[date, ...] = ()
    replaces: date | None = None
    is_cancelled: bool = False
    not_whole: int = 0


def event_of(component: Component) -> Event:
    """The event. Raises ``NoHoliday``."""
    begins, ends = component.all("DTSTART"), component.all("DTEND")
    if len(begins) > 1 or len(ends) > 1:
        raise NoHoliday("begins or ends twice")
    if component.all("EXRULE"):
        raise NoHoliday("leaves days out by a rule (EXRULE), which iCalendar has given up; write them as EXDATE")
    further = _dates(component.all("RDATE"))
    if not begins and not further:
        raise NoHoliday("has no beginning that is a date")
    first = _whole_day(begins[0]) if begins else min(further)
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise NoHoliday(f"begins in the year {first.year}; taken are {FIRST_YEAR} to {LAST_YEAR}")
    replaces = component.all("RECURRENCE-ID")
    is_cancelled = component.text("STATUS").upper() == "CANCELLED"
    if is_cancelled and not replaces:
        raise NoHoliday("is cancelled")
    return Event(
        uid=component.text("UID") or f"line {component.line}",
        line=component.line,
        name=name_of(component),
        first=first,
        days=_length(component, first, ends),
        rules=tuple(rule_of(each) for each in component.all("RRULE")),
        further=further,
        left_out=_dates(component.all("EXDATE")),
        replaces=_day(replaces[0].value) if replaces else None,
        is_cancelled=is_cancelled,
        not_whole=sum(each.value.count(",") + 1 for each in component.all("RDATE")) - len(further),
    )


def name_of(component: Component) -> str:
    """What an entry is called. Some programs write a quote as if it were to be escaped."""
    return plain_name(component.text("SUMMARY").replace('\\"', '"'))


def _whole_day(begins: ContentLine) -> date:
    found = _read(begins.value)
    if not isinstance(found, datetime):
        if isinstance(found, date):
            return found
        raise NoHoliday(f"begins at {quoted(begins.value)}, which is no date")
    if found.tzinfo is not None:
        raise NoHoliday("begins at an instant in UTC, which is no date; taken are whole days")
    if found.time() != _MIDNIGHT:
        raise NoHoliday(f"begins at {found:%H:%M}; taken are whole days. Hours of a day are an exception in the policy")
    return found.date()


def _length(component: Component, first: date, ends: Iterable[ContentLine]) -> int:
    """How many days it lasts; one where it does not say."""
    written = next((each.value for each in ends), component.text("DURATION"))
    found = _read(written) if written else first + _DAY
    end = first + found if isinstance(found, timedelta) else found
    if isinstance(end, datetime):
        if end.tzinfo is not None or end.time() != _MIDNIGHT:
            raise NoHoliday(f"ends at {end:%H:%M}; taken are whole days. Hours of a day are an exception in the policy")
        end = end.date()
    if not isinstance(end, date) or end < first or (isinstance(found, timedelta) and found % _DAY):
        raise NoHoliday(f"ends at {quoted(written)}, which is no date from its beginning on")
    days = max((end - first).days, 1)
    if days > LONGEST:
        raise NoHoliday(f"lasts {days} days; a holiday lasts at most {LONGEST}")
    return days


def _dates(written: Iterable[ContentLine]) -> tuple[date, ...]:
    """The dates among the values of a property; what is a time or a period there is none."""
    values = [value for each in written for value in each.value.split(",")]
    return tuple(day for value in values if (day := _day(value)) is not None)


def _day(written: str) -> date | None:
    found = _read(written)
    if isinstance(found, datetime):
        return found.date() if found.tzinfo is None and found.time() == _MIDNIGHT else None
    return found if isinstance(found, date) else None


def _read(written: str) -> object:
    """A date, a naive time, an instant or a length, as iCalendar writes them. Raises ``NoHoliday``."""
    from icalendar.prop import vDDDTypes

    try:
        return vDDDTypes.from_ical(written.strip())  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        raise NoHoliday(f"says {quoted(written)}, which is no date") from None
