"""What the team says to a customer leaves a moment later, so that it can be taken back before.

It stands on the timeline at once and counts from then on. Its event tells when it leaves (``leaves_at``); until that
instant the customer does not know of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from watchkeeper.core.timeline import Event, without_taken_back

HELD_FOR = timedelta(seconds=10)
"""How long a reply or a question written at the desk is held."""

TAKEN_BACK_BEFORE = timedelta(milliseconds=500)
"""How long before it leaves it can be taken back at the latest: what is being taken back must not leave meanwhile."""


def leaves_at(event: Event) -> datetime | None:
    """When what was said with an event leaves; nothing where it left at once."""
    written = event.data.get("leaves_at")
    return datetime.fromisoformat(written) if written else None


def leave_next(timeline: Iterable[Event], now: datetime) -> datetime | None:
    """When the next of what is held leaves; nothing where nothing is held."""
    return min((at for _event, at in _held(timeline, now)), default=None)


def left_between(timeline: Iterable[Event], start: datetime, end: datetime) -> list[Event]:
    """What left from ``start`` on and at ``end`` at the latest."""
    known = ((event, leaves_at(event)) for event in without_taken_back(timeline))
    return [event for event, at in known if at is not None and start <= at <= end]


def told(timeline: Iterable[Event], now: datetime) -> list[Event]:
    """The timeline as far as the customer may know of it: without what is held, and without what was taken back."""
    stands = without_taken_back(timeline)
    held = {id(event) for event, _at in _held(stands, now)}
    return [event for event in stands if id(event) not in held]


def _held(timeline: Iterable[Event], now: datetime) -> list[tuple[Event, datetime]]:
    known = ((event, leaves_at(event)) for event in without_taken_back(timeline))
    return [(event, at) for event, at in known if at is not None and at > now]
