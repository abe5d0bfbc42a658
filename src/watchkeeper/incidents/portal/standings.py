"""How many incidents stand, read at once: two queries for a whole page of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import RUNNING, Commitment, commitments
from watchkeeper.core.facts import facts_of
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import as_core
from watchkeeper.policies.models import GivenPromise
from watchkeeper.policies.terms import promise_of


def clocks_of(incidents: Sequence[Incident]) -> dict[int, Commitment | None]:
    """By incident, the commitment to show in a list: the one due first, else the latest; ``None`` without any."""
    timelines: dict[int, list[t.Event]] = defaultdict(list)
    for event in Event.objects.filter(incident__in=incidents).order_by("incident_id", "number"):
        timelines[event.incident_id].append(as_core(event))
    keys = {event.data.get("promise") for timeline in timelines.values() for event in timeline} - {None}
    given = GivenPromise.objects.filter(pk__in=keys).select_related("version")
    promises = {row.pk: promise_of(row) for row in given}
    return {
        incident_id: _to_show(commitments(facts_of(timeline), promises)) for incident_id, timeline in timelines.items()
    }


def _to_show(all_of_it: Sequence[Commitment]) -> Commitment | None:
    running = [commitment for commitment in all_of_it if commitment.outcome == RUNNING]
    due = [commitment for commitment in running if commitment.due_at is not None]
    if due:
        return min(due, key=lambda commitment: commitment.due_at)
    return next(iter(running), None) or (all_of_it[0] if all_of_it else None)
