"""One instant in two zones: the desk's, in which it is promised, and the reader's."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.policy import Policy
from watchkeeper.core.zones import zone, zone_names
from watchkeeper.people.models import Person
from watchkeeper.ui.moments import DeskZone, written


class Told(NamedTuple):
    """``for_you`` is empty where the desk does not know the reader's zone (their browser then says it) or where it
    is the desk's own; ``is_same`` tells which of the two."""

    at: datetime
    at_the_desk: str
    for_you: str
    is_same: bool


def told(at: datetime, policy: Policy, reader: Person) -> Told:
    """``at`` in the policy's zone and in the one that the reader chose for themselves."""
    desk = DeskZone(policy.zone, policy.zone_label or policy.zone)
    is_known = reader.zone in zone_names()
    is_same = reader.zone == policy.zone
    for_you = written(at, "zoned", _zone_of(reader, at)) if is_known and not is_same else ""
    return Told(at, written(at, "zoned", desk), for_you, is_same)


def _zone_of(reader: Person, at: datetime) -> DeskZone:
    abbreviation = at.astimezone(zone(reader.zone)).tzname()
    return DeskZone(reader.zone, abbreviation or reader.zone)
