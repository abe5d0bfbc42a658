"""Laying what is promised now on incidents that are open: which due times it would move, and doing it.

Nothing moves by itself. Each incident is a transaction of its own, through the verbs of the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.clock import NeverDue, OutsideTheCalendar
from watchkeeper.core.commitments import RUNNING, Commitment
from watchkeeper.core.policy import UnknownLevel
from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.core.promise import Promise
from watchkeeper.incidents import refusals, verbs, what_if
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reading import Standing, standings_of
from watchkeeper.people.models import Person
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies.terms import About, policy_of, would_give


class Move(NamedTuple):
    """From when to when one commitment would be due."""

    metric: str
    nth: int
    was: datetime | None
    would: datetime | None

    @property
    def is_later(self) -> bool:
        """Whether it is later for the customer; what is promised no more is later than anything."""
        return self.was is not None and (self.would is None or self.would > self.was)


_Due = Mapping[tuple[str, int], datetime]


class Moved(NamedTuple):
    """What applying would do to one incident."""

    incident: Incident
    moves: tuple[Move, ...]


class Preview(NamedTuple):
    """What applying would do now: ``sooner`` by joining what was promised, ``later`` by taking its place.

    ``impossible`` are incidents that what is promised now cannot be laid on, each with the reason.
    """

    sooner: list[Moved]
    later: list[Moved]
    impossible: list[tuple[Incident, str]]


class Done(NamedTuple):
    """The references of the incidents it was applied to, and of those where it was refused, with the reason."""

    applied: list[str]
    refused: list[tuple[str, str]]


def preview(incidents: Iterable[Incident], *, at: datetime) -> Preview:
    """What applying the promise of now would do to each of some open incidents; nothing is written."""
    seen = Preview([], [], [])
    found = list(incidents)
    standings = standings_of([incident.pk for incident in found])
    promise_now = _PromiseNow(at)
    for incident in found:
        standing = standings[incident.pk]
        try:
            promise = promise_now.of(incident)
            if promise is not None and not _says_the_same(standing.promise, promise):
                _require_scale(incident, promise)
                _add(seen, incident, standing, promise, at)
        except (UnknownLevel, PolicyFileErrors, NeverDue, OutsideTheCalendar, OtherSeverities) as error:
            seen.impossible.append((incident, str(error)))
    return seen


def apply(references: Sequence[str], *, by: Person) -> Done:
    """Let the promise of now join what these incidents have: the earliest due time holds."""
    return _each(references, by, lambda incident: verbs.apply_promise(incident, by=by))


def apply_later(references: Sequence[str], *, reason: str, by: Person) -> Done:
    """Let the promise of now take the place of what these incidents have, later for the customer or not."""
    return _each(references, by, lambda incident: verbs.apply_later_promise(incident, by=by, reason=reason))


class OtherSeverities(ValueError):
    """What is promised now knows other severities than an incident was received under."""


class _PromiseNow:
    """The promise that an account has now, asked for once where it is the same."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._known: dict[tuple[int, About], Promise | None] = {}

    def of(self, incident: Incident) -> Promise | None:
        key = incident.account_id, incident.about
        if key not in self._known:
            self._known[key] = would_give(incident.account, at=self._at, about=incident.about)
        return self._known[key]


def _says_the_same(had: Promise | None, has: Promise) -> bool:
    """Whether two promises make the same deadlines, whatever else is different in their policies."""
    if had is None:
        return False
    terms = [(each.targets, each.operating, each.escalation.answer_within) for each in (had, has)]
    return terms[0] == terms[1]


def _require_scale(incident: Incident, promise: Promise) -> None:
    if policy_of(incident.policy_version).scale != promise.policy.scale:
        raise OtherSeverities("what is promised now has other severities; it keeps its promise")


def _add(seen: Preview, incident: Incident, standing: Standing, promise: Promise, at: datetime) -> None:
    was = _due(standing.commitments)
    sooner = _moves(was, _due(what_if.laid_on(standing, promise, at=at)))
    if sooner:
        seen.sooner.append(Moved(incident, sooner))
    if _gives_longer(standing, promise, was):
        replaced = _moves(was, _due(what_if.replaced_by(standing, promise, at=at)))
        if any(move.is_later for move in replaced):
            seen.later.append(Moved(incident, replaced))


def _gives_longer(standing: Standing, promise: Promise, was: _Due) -> bool:
    """Whether anything that runs would be due later had this been promised from the receipt on: not for having begun
    anew are promises put in the place of others."""
    would = {(each.metric, each.nth): each.due_at for each in _from_receipt(standing, promise)}
    return any(would.get(place) is None or would[place] > due for place, due in was.items())


def _from_receipt(standing: Standing, promise: Promise) -> tuple[Commitment, ...]:
    return what_if.under(standing.timeline, dict.fromkeys(standing.promises, promise))


def _due(found: Iterable[Commitment]) -> _Due:
    """What runs, and until when; what stands still has no due time to move."""
    return {(each.metric, each.nth): each.due_at for each in found if each.outcome == RUNNING and each.due_at}


def _moves(was: _Due, would: _Due) -> tuple[Move, ...]:
    places = dict.fromkeys([*was, *would])
    moves = (Move(*place, was.get(place), would.get(place)) for place in places)
    return tuple(move for move in moves if move.was != move.would)


def _each(references: Sequence[str], by: Person, act: Callable[[Incident], object]) -> Done:
    """Act on each incident that ``by`` sees and that is open, each in a transaction of its own."""
    done = Done([], [])
    for reference in references:
        try:
            with for_the_desk():
                act(Incident.objects.seen_by(by).open().get(reference=reference))
            done.applied.append(reference)
        except Incident.DoesNotExist:
            done.refused.append((reference, "it is not open any more"))
        except refusals.REFUSALS as refusal:
            done.refused.append((reference, str(refusal)))
    return done
