"""Which due times of open incidents would move, were the promise of now applied to them; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.clock import NeverDue, OutsideTheCalendar
from watchkeeper.core.commitments import RUNNING, Commitment
from watchkeeper.core.promise import Promise
from watchkeeper.core.what_if import under
from watchkeeper.incidents import what_if
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reading import Standing, standings_of
from watchkeeper.office.publishing.promised_now import promised_otherwise


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


def preview(incidents: Iterable[Incident], *, at: datetime) -> Preview:
    """What applying the promise of now would do to each of some open incidents."""
    otherwise = promised_otherwise(list(incidents), at=at)
    seen = Preview([], [], otherwise.impossible)
    standings = standings_of([incident.pk for incident, _promise in otherwise.found])
    for incident, promise in otherwise.found:
        try:
            _add(seen, incident, standings[incident.pk], promise, at)
        except (NeverDue, OutsideTheCalendar) as error:
            seen.impossible.append((incident, str(error)))
    return seen


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
    return under(standing.timeline, dict.fromkeys(standing.promises, promise))


def _due(found: Iterable[Commitment]) -> _Due:
    """What runs, and until when; what stands still has no due time to move."""
    return {(each.metric, each.nth): each.due_at for each in found if each.outcome == RUNNING and each.due_at}


def _moves(was: _Due, would: _Due) -> tuple[Move, ...]:
    places = dict.fromkeys([*was, *would])
    moves = (Move(*place, was.get(place), would.get(place)) for place in places)
    return tuple(move for move in moves if move.was != move.would)
