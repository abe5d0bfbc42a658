"""Incidents as their customers know them: what the team said and can still take back is not said yet.

What is copied on the rows follows that too, in memory alone: they are for reading and not to be saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from watchkeeper.core import leaving
from watchkeeper.core import timeline as t
from watchkeeper.core.promise import Promise
from watchkeeper.incidents.flow import copies
from watchkeeper.incidents.models import Incident, Message
from watchkeeper.incidents.reading import Standing, folded, promises_named_in, read, timelines_of

_NONE: Mapping[int, Promise] = MappingProxyType({})


def standing_known(incident: Incident) -> Standing:
    """How an incident stands for its customer."""
    timeline, now = read(incident)
    return _known(incident, timeline, now)


def standings_known(incidents: Sequence[Incident], *, now: datetime) -> dict[int, Standing]:
    """How several incidents stand for their customer, by their keys, read at once."""
    timelines = timelines_of([incident.pk for incident in incidents])
    promises = promises_named_in(event for timeline in timelines.values() for event in timeline)
    return {incident.pk: _known(incident, timelines[incident.pk], now, promises) for incident in incidents}


def without_what_is_held(incidents: Sequence[Incident]) -> Sequence[Incident]:
    """The same incidents, as their customers know them: one query as a rule."""
    held = set(Message.objects.held().filter(incident__in=incidents).values_list("incident", flat=True))
    for incident in incidents:
        if incident.pk in held:
            standing_known(incident)
    return incidents


def _known(
    incident: Incident, timeline: Sequence[t.Event], now: datetime, promises: Mapping[int, Promise] = _NONE
) -> Standing:
    standing = folded(leaving.told(timeline, now), promises)
    if leaving.leave_next(timeline, now) is not None:
        for name, value in copies(standing, incident.look_again_at).items():
            setattr(incident, name, value)
    return standing
