"""The calendars of a policy's text that holidays can be written into, and where they stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from watchkeeper.core.hours import Schedule
from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file.paths import Path
from watchkeeper.core.policy_file.tree import Listing, Mapping, parse

_HOURS, _REGIONS = "hours", "regions"


class Calendar(NamedTuple):
    """A calendar, or one region of it: its key and label in a menu, its path in the text, its hours."""

    key: str
    label: str
    path: Path
    schedule: Schedule


def calendars(text: str, policy: Policy) -> dict[str, Calendar]:
    """By key. Hours that are written in one word, ``around the clock``, have no place for holidays."""
    hours = parse(text).items.get(_HOURS)
    entries = hours.items if isinstance(hours, Mapping) else {}
    found = (each for name, node in entries.items() if isinstance(node, Mapping) for each in _of(name, node, policy))
    return {each.key: each for each in found}


def _of(name: str, node: Mapping, policy: Policy) -> Iterator[Calendar]:
    operating = policy.operating[name]
    regions = node.items.get(_REGIONS)
    if not isinstance(regions, Listing):
        (schedule,) = operating.hours.schedules
        label = ", ".join(dict.fromkeys(filter(None, (name, operating.published_as, schedule.zone))))
        yield Calendar(name, label, (_HOURS, name), schedule)
        return
    for number, schedule in enumerate(operating.hours.schedules, start=1):
        path = (_HOURS, name, _REGIONS, str(number))
        yield Calendar(f"{name}/{number}", f"{name}, {schedule.zone}", path, schedule)
