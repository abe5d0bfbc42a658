"""What another desk's log tells, read as timelines here: when things happened there, and what was promised then.

Nothing is written here; ``verbs.importing`` does that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from watchkeeper.core import timeline as t
from watchkeeper.core.clock import NeverDue, OutsideTheCalendar
from watchkeeper.core.policy import UnknownLevel, UnknownSeverity
from watchkeeper.incidents.models import Event
from watchkeeper.incidents.reading import Standing, folded
from watchkeeper.policies.past import Past, Terms
from watchkeeper.policies.terms import About, promise_of
from watchkeeper.policies.versions import policy_of

SOURCE = "import"
"""Where the time of an imported event comes from."""

CLOSED_BY_ITSELF = "no answer since the resolution"

_UNSAVED = 0
"""Stands for the key of terms that have none yet."""


class Log(NamedTuple):
    """Where a log comes from: the desk its incidents are told apart by, the file, the metrics it tells of."""

    source: str
    file_name: str
    tells: tuple[str, ...]


class Logged(NamedTuple):
    """One incident of a log: what it is called there, on which line it stands, and what the log says of it."""

    key: str
    line: int
    title: str
    body: str
    severity: int
    received_at: datetime
    acknowledged_at: datetime | None = None
    resolved_at: datetime | None = None
    product: str = ""
    component: str = ""
    environment: str = ""

    @property
    def about(self) -> About:
        """What of it a promise can depend on."""
        return About(self.product, self.environment, self.component, "", self.received_at)


class Happened(NamedTuple):
    """An event of the past that goes onto a timeline: on whose side, and what is said with it."""

    kind: str
    at: datetime
    side: str
    data: Mapping[str, Any]
    says: str = ""


class NotBroughtIn(ValueError):
    """An incident of a log that cannot be one here; the message says why."""


class Prepared(NamedTuple):
    """An incident as it would stand here, with the terms it was promised then."""

    logged: Logged
    terms: Terms
    standing: Standing


def prepared(logged: Logged, log: Log, past: Past, *, now: datetime) -> Prepared:
    """How an incident of a log would stand here. Raises ``NotBroughtIn``."""
    _require_the_past(logged, now)
    try:
        terms = past.terms(logged.about, at=logged.received_at)
        policy = policy_of(terms.version)
        policy.severity_numbered(logged.severity)
        happened = happened_to(logged, log, terms, promise=_UNSAVED, now=now)
        promises = {} if terms.given is None else {_UNSAVED: promise_of(terms.given)}
        return Prepared(logged, terms, folded(as_timeline(happened, recorded_at=now), promises))
    except (UnknownLevel, UnknownSeverity, NeverDue, OutsideTheCalendar) as error:
        raise NotBroughtIn(str(error)) from None


def happened_to(logged: Logged, log: Log, terms: Terms, *, promise: int, now: datetime) -> list[Happened]:
    """Everything that the log tells of an incident, in its order. ``promise`` is the key of its terms."""
    named = {name: getattr(logged, name) for name in ("title", "product", "component", "environment")}
    data = {
        "severity": logged.severity,
        "severity_from": SOURCE,
        "reporter": None,
        "promise": None if terms.given is None else promise,
        **named,
        **({"is_assumed": True} if terms.is_assumed else {}),
        "imported": {
            "source": log.source,
            "key": logged.key,
            "file": log.file_name,
            "line": logged.line,
            "tells": list(log.tells),
        },
    }
    reported = Happened(t.REPORTED, logged.received_at, Event.Side.CUSTOMER, data, logged.body or logged.title)
    return [reported, *answered(logged, close_after=policy_of(terms.version).close_after, now=now)]


def answered(logged: Logged, *, close_after: timedelta, now: datetime) -> list[Happened]:
    """What the other desk did about it; resolved long enough ago it is closed, as the policy says."""
    happened = []
    if logged.acknowledged_at is not None:
        happened.append(Happened(t.ACKNOWLEDGED, logged.acknowledged_at, Event.Side.TEAM, {}))
    if logged.resolved_at is not None:
        happened.append(Happened(t.RESOLVED, logged.resolved_at, Event.Side.TEAM, {}))
        closes_at = logged.resolved_at + close_after
        if closes_at <= now:
            happened.append(Happened(t.CLOSED, closes_at, Event.Side.WATCHKEEPER, {"reason": CLOSED_BY_ITSELF}))
    return happened


def as_timeline(happened: Sequence[Happened], *, recorded_at: datetime) -> list[t.Event]:
    """The events as core knows them."""
    return [t.Event(each.kind, each.at, recorded_at, each.data) for each in happened]


def _require_the_past(logged: Logged, now: datetime) -> None:
    for what, at in (
        ("opened", logged.received_at),
        ("acknowledged", logged.acknowledged_at),
        ("resolved", logged.resolved_at),
    ):
        if at is not None and at > now:
            raise NotBroughtIn(f"{what} {at:%Y-%m-%d %H:%M:%S} UTC, which is yet to come")
