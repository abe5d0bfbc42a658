"""What the rows of an incident say in core's words: its timeline, promises, facts and commitments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import Commitment, commitments
from watchkeeper.core.facts import Facts, facts_of
from watchkeeper.core.promise import Promise
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.policies.models import GivenPromise
from watchkeeper.policies.terms import promise_of


class Standing(NamedTuple):
    """How an incident stands: all of it computed from the timeline and the promises it names."""

    timeline: Sequence[t.Event]
    promises: dict[int, Promise]
    facts: Facts
    commitments: tuple[Commitment, ...]

    @property
    def promise(self) -> Promise | None:
        """The promise given last, if the incident has any."""
        given = self.facts.turns[-1].promises
        return self.promises[given[-1][1]] if given else None


def standing_of(incident: Incident) -> Standing:
    """Read an incident's timeline and fold it."""
    return _folded([as_core(event) for event in incident.events.order_by("number")])


def standing_at_receipt(incident: Incident) -> Standing:
    """How an incident stood when it was received: what its report says by itself."""
    return _folded([as_core(incident.events.get(number=1))])


def as_core(event: Event) -> t.Event:
    """A row as core's event."""
    return t.Event(event.kind, event.at, event.recorded_at, event.data)


def _folded(timeline: Sequence[t.Event]) -> Standing:
    promises = _promises_named_in(timeline)
    facts = facts_of(timeline)
    return Standing(timeline, promises, facts, commitments(facts, promises))


def _promises_named_in(timeline: Sequence[t.Event]) -> dict[int, Promise]:
    keys = {event.data.get("promise") for event in timeline} - {None}
    given = GivenPromise.objects.filter(pk__in=keys).select_related("version")
    return {row.pk: promise_of(row) for row in given}
