"""What a report sorts commitments by: when they came to be owed on the wall of the desk, and how long they took."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from watchkeeper.core.clock import counted
from watchkeeper.core.commitments import Commitment
from watchkeeper.core.zones import local_time

HOURS_OF_A_WEEK = 7 * 24

_NOTHING = timedelta()


class Opened(NamedTuple):
    """A day of a zone's calendar, and the hour of its week: 0 is Monday from midnight on, 167 Sunday from 23:00 on."""

    on: date
    hour: int


class Took(NamedTuple):
    """How long an act took from when it came to be owed: on any clock, and in the hours that its promise counts in."""

    elapsed: timedelta
    operating: timedelta


def opened(at: datetime, zone: str) -> Opened:
    """Where an instant lies in the calendar of a zone."""
    local = local_time(at, zone)
    return Opened(local.date(), local.weekday() * 24 + local.hour)


def took(commitment: Commitment) -> Took | None:
    """How long what was promised took, in time or late; ``None`` while it is not done.

    Waiting for the customer is part of it: this is what happened, not what was promised.
    """
    done_at, opened_at = commitment.done_at, commitment.opened_at
    if done_at is None:
        return None
    if done_at <= opened_at:
        return Took(_NOTHING, _NOTHING)
    return Took(done_at - opened_at, counted(commitment.target.operating.hours, opened_at, done_at))
