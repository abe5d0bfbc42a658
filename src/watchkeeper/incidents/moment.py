"""When a turn at an incident counts: as a rule the instant at which it is recorded, by the database's clock.

A past that is written down later (``past``) is the one way in which verbs count earlier. Its events say so: their
``source`` names where it comes from and ``recorded_at`` stays the database's. No channel opens it; the demo does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.people import clock

AT_THE_DESK = "desk"
"""The source of a time that is the database's own; other sources are named by whoever gives them."""


class Moment(NamedTuple):
    """When a turn counts, when it is recorded, and where the time comes from."""

    at: datetime
    recorded_at: datetime
    source: str
    names_all: bool = False


class NotThen(ValueError):
    """A past that lies in the future, or before what is on the timeline already."""


class _Past(NamedTuple):
    at: datetime
    source: str
    names_all: bool


_past: ContextVar[_Past | None] = ContextVar("past", default=None)


@contextmanager
def past(at: datetime, *, source: str, names_all: bool = False) -> Iterator[None]:
    """Verbs called inside happened at ``at``, as ``source`` tells.

    With ``names_all`` it names what the clock did meanwhile too: all of it was invented, as in the demo.
    """
    token = _past.set(_Past(at, source, names_all))
    try:
        yield
    finally:
        _past.reset(token)


def now() -> Moment:
    """The moment of a report: there is no timeline yet."""
    return _moment(clock.now())


def next_after(last: t.Event, now: datetime) -> Moment:
    """The moment of a turn at a locked incident: never recorded before ``last``, which its timeline already records."""
    moment = _moment(max(now, last.recorded_at))
    if moment.source != AT_THE_DESK and moment.at < last.at:
        words = gettext("{moment} is before the last event, which was at {last}")
        raise NotThen(words.format(moment=_said(moment.at), last=_said(last.at)))
    return moment


def _moment(recorded_at: datetime) -> Moment:
    told = _past.get()
    if told is None:
        return Moment(recorded_at, recorded_at, AT_THE_DESK)
    if told.at > recorded_at:
        words = gettext("{moment} is yet to come; a past is written down after it")
        raise NotThen(words.format(moment=_said(told.at)))
    return Moment(told.at, recorded_at, told.source, told.names_all)


def _said(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
