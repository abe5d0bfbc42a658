"""The entries of an iCalendar file: what stands between BEGIN and END, and its properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from watchkeeper.core.holiday_calendars.content_lines import ContentLine
from watchkeeper.core.holiday_calendars.reading import Unreadable
from watchkeeper.core.policy_file.problems import quoted

CALENDAR, EVENT = "VCALENDAR", "VEVENT"
MOST_EVENTS = 5_000


class Component(NamedTuple):
    """An entry of one kind, the line it begins in, and its own properties, not those of what it contains."""

    kind: str
    line: int
    properties: list[ContentLine]

    def all(self, name: str) -> list[ContentLine]:
        """Every property of this name."""
        return [each for each in self.properties if each.name == name]

    def text(self, name: str) -> str:
        """The value of the first property of this name; empty without one."""
        return next((each.value for each in self.properties if each.name == name), "")


def components(lines: Iterable[ContentLine]) -> Iterator[Component]:
    """Every entry when it ends: events before the calendar that they stand in. Raises ``Unreadable``."""
    within: list[Component] = []
    events = 0
    for each in lines:
        if not within and (each.name, each.value.upper()) != ("BEGIN", CALENDAR):
            raise Unreadable("an iCalendar file begins with BEGIN:VCALENDAR; this one does not", each.line)
        if each.name == "BEGIN":
            within.append(Component(each.value.upper(), each.line, []))
        elif each.name == "END":
            if each.value.upper() != within[-1].kind:
                begun = f"{within[-1].kind}, begun in line {within[-1].line}, is open"
                raise Unreadable(f"{quoted(each.value)} ends, and {begun}", each.line)
            done = within.pop()
            events += done.kind == EVENT
            if events > MOST_EVENTS:
                raise Unreadable(
                    f"there are more than {MOST_EVENTS:,} events; a calendar of holidays has some", done.line
                )
            yield done
        else:
            within[-1].properties.append(each)
    if within:
        raise Unreadable(f"{within[-1].kind} begins and never ends; the file is cut", within[-1].line)
