"""The whole days of an iCalendar file, recurrences and all, up to a last day.

Its syntax and its values are read by ``icalendar``, its recurrences followed by ``recurring_ical_events``. Times never
reach them: an event is made of dates before it recurs, so that no zone, however it is called, moves a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from watchkeeper.core.holiday_calendars.components import CALENDAR, EVENT, components
from watchkeeper.core.holiday_calendars.content_lines import BYTE_ORDER_MARK, content_lines
from watchkeeper.core.holiday_calendars.event import Event, event_of, name_of
from watchkeeper.core.holiday_calendars.reading import (
    NamedDay,
    NoHoliday,
    NotTaken,
    Reading,
    Unreadable,
    each_once,
    plain_name,
)
from watchkeeper.core.holiday_calendars.rule import is_endless

if TYPE_CHECKING:
    import icalendar

MOST_DAYS = 5_000

_EARLIEST = date(1990, 1, 1)
_DAY = timedelta(days=1)


def read_icalendar(content: bytes, *, until: date) -> Reading:
    """The days from 1990 to ``until``, and the events that are none. Raises ``Unreadable``."""
    if not content.removeprefix(BYTE_ORDER_MARK).lstrip().upper().startswith(b"BEGIN:VCALENDAR"):
        raise Unreadable("is no iCalendar file in UTF-8; one begins with BEGIN:VCALENDAR", 1)
    title, events, not_taken = "", list[Event](), list[NotTaken]()
    for component in components(content_lines(content)):
        if component.kind == CALENDAR:
            title = title or plain_name(component.text("X-WR-CALNAME"))
        elif component.kind == EVENT:
            try:
                events.append(event_of(component))
            except NoHoliday as no:
                not_taken.append(NotTaken(component.line, name_of(component), str(no)))
    not_taken += [
        NotTaken(event.line, event.name, f"comes {event.not_whole}× more, at times that are no whole days")
        for event in events
        if event.not_whole
    ]
    days = list(_days(events, until, not_taken))
    endless = any(is_endless(rule) for event in events for rule in event.rules)
    return Reading(each_once(days), tuple(sorted(not_taken)), title, endless)


def _days(events: Iterable[Event], until: date, not_taken: list[NotTaken]) -> Iterator[NamedDay]:
    found = 0
    for series in _series(events):
        try:
            days = list(_of_series(series, until))
        except NoHoliday as no:
            not_taken.append(NotTaken(series[0].line, series[0].name, str(no)))
            continue
        found += len(days)
        if found > MOST_DAYS:
            raise Unreadable(f"holds more than {MOST_DAYS:,} days; a calendar of holidays has some", series[0].line)
        yield from days


def _series(events: Iterable[Event]) -> Iterator[list[Event]]:
    """Each event, with those that stand for one of its occurrences."""
    began: dict[str, list[Event]] = {}
    alone: list[Event] = []
    for event in sorted(events, key=lambda event: event.replaces is not None):
        if event.replaces is not None and event.uid in began:
            began[event.uid].append(event)
        else:
            # Some programs give one name to events that have nothing to do with each other.
            alone.append(event)
            began.setdefault(event.uid, [event])
    yield from (began[event.uid] if began[event.uid][0] is event else [event] for event in alone)


def _of_series(series: list[Event], until: date) -> Iterator[NamedDay]:
    """Every day of every occurrence. Raises ``NoHoliday`` for rules that nobody can follow."""
    import recurring_ical_events  # type: ignore[import-untyped]
    from icalendar import Calendar

    calendar = Calendar()
    for event in series:
        calendar.add_component(_in_dates(event))
    try:
        occurrences = recurring_ical_events.of(calendar).between(_EARLIEST, until + _DAY)
    except (ValueError, OverflowError, TypeError) as error:
        raise NoHoliday(f"recurs so that it cannot be followed: {plain_name(str(error))}") from None
    for occurrence in occurrences:
        if "STATUS" not in occurrence:
            first, end = occurrence["DTSTART"].dt, occurrence["DTEND"].dt
            name = str(occurrence.get("SUMMARY", ""))
            yield from (NamedDay(first + n * _DAY, name) for n in range((end - first).days))


def _in_dates(event: Event) -> icalendar.Event:
    """The event as ``icalendar`` has it; of its state only that it is cancelled."""
    from icalendar import Event as Component

    made = Component()
    made.add("uid", event.uid)
    made.add("summary", event.name)
    made.add("dtstart", event.first)
    made.add("dtend", event.first + event.days * _DAY)
    for rule in event.rules:
        made.add("rrule", rule)
    if event.further:
        made.add("rdate", list(event.further))
    if event.left_out:
        made.add("exdate", list(event.left_out))
    if event.replaces is not None:
        made.add("recurrence-id", event.replaces)
    if event.is_cancelled:
        made.add("status", "CANCELLED")
    return made
