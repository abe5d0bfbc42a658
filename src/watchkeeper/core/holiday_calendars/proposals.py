"""Holidays that are proposed to a calendar of a policy: what each day is to it already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from watchkeeper.core.holiday_calendars.reading import NamedDay
from watchkeeper.core.hours import Schedule

NEW = "new"
THERE = "there already"
PAST = "past"
EXCEPTION = "has an exception"
CLOSED = "closed anyway"


class Proposal(NamedTuple):
    """A day, what it is called, and one of the states of this file."""

    day: date
    name: str
    state: str

    @property
    def is_open(self) -> bool:
        """Whether it can be taken: it is no holiday yet, and nothing stronger stands there."""
        return self.state not in (THERE, EXCEPTION)


def proposals(days: Iterable[NamedDay], schedule: Schedule, *, today: date) -> tuple[Proposal, ...]:
    """Every day with its state: what it is already, whether it is past, whether a holiday would change anything."""
    exceptional = {exception.day for exception in schedule.exceptions}

    def state(day: date) -> str:
        if day in schedule.holidays:
            return THERE
        if day in exceptional:
            return EXCEPTION
        if day < today:
            return PAST
        return NEW if schedule.opens_weekly_on(day) else CLOSED

    return tuple(Proposal(day, name, state(day)) for day, name in days)
