"""What the promise that an account has now would change at its open incidents: from when to when each is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.commitments import RUNNING
from watchkeeper.core.policy import Severity
from watchkeeper.core.promise import Promise
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reading import Standing, standing_under, standings_of
from watchkeeper.office.agreements.holdings import UNREADABLE
from watchkeeper.people.models import Account
from watchkeeper.policies.terms import policy_of, would_give
from watchkeeper.ui.time_left import METRICS


class Shift(NamedTuple):
    """One commitment: due now (``None``: nothing is promised), due then."""

    name: str
    now: datetime | None
    then: datetime | None


class Move(NamedTuple):
    """An open incident and its commitments that would be due at another time; ``level`` is that of the new promise."""

    incident: Incident
    severity: Severity
    level: str
    shifts: tuple[Shift, ...]


class Moves(NamedTuple):
    """Incidents that a promise of now would be due earlier by, and those that it would make due later in the place
    of what they were given."""

    better: list[Move]
    later: list[Move]


def moves_of(account: Account, *, at: datetime) -> Moves:
    """What applying the promise of now would move, incident by incident, what is due first first."""
    found = Incident.objects.open().filter(account=account).select_related("account", "policy_version").by_time_left()
    standings = standings_of([incident.pk for incident in found])
    moves = Moves([], [])
    for incident in found:
        standing, promise = standings[incident.pk], _promise_now(incident, at)
        if promise is None or promise == standing.promise:
            continue
        beside = _move(incident, promise, tuple(_earlier(standing, promise, at)))
        instead = _move(incident, promise, tuple(_later(standing, promise, at)))
        moves.better.extend([beside] if beside.shifts else [])
        moves.later.extend([instead] if instead.shifts else [])
    return moves


def _promise_now(incident: Incident, at: datetime) -> Promise | None:
    try:
        return would_give(incident.account, at=at, about=incident.about)
    except UNREADABLE:
        return None  # its agreement's page says why


def _move(incident: Incident, promise: Promise, shifts: tuple[Shift, ...]) -> Move:
    severity = policy_of(incident.policy_version).severity_numbered(incident.severity)
    return Move(incident, severity, promise.level.name, shifts)


def _earlier(standing: Standing, promise: Promise, at: datetime) -> Iterator[Shift]:
    known, then = _due(standing), _due(standing_under(standing, promise, at=at, supersedes=False))
    for key, due_at in then.items():
        if key not in known or due_at < known[key]:
            yield Shift(_name(key), known.get(key), due_at)


def _later(standing: Standing, promise: Promise, at: datetime) -> Iterator[Shift]:
    known, then = _due(standing), _due(standing_under(standing, promise, at=at, supersedes=True))
    for key, due_at in known.items():
        if key not in then or then[key] > due_at:
            yield Shift(_name(key), due_at, then.get(key))


def _due(standing: Standing) -> dict[tuple[str, int], datetime]:
    return {
        (each.metric, each.nth): each.due_at
        for each in standing.commitments
        if each.outcome == RUNNING and each.due_at is not None
    }


def _name(key: tuple[str, int]) -> str:
    metric, nth = key
    return METRICS[metric] if nth == 1 else f"{METRICS[metric]} {nth}"
