"""What the rows of an incident say in core's words: its timeline, promises, facts and commitments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from django.db import connection

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


class Read(NamedTuple):
    """A timeline as it was read, which has its report at least, and the database's time at that moment."""

    timeline: Sequence[t.Event]
    now: datetime


def read(incident: Incident) -> Read:
    """An incident's timeline and the time, in one question: of a locked incident nobody can add to it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_TIMELINE_AND_NOW, [incident.pk])
        rows = cursor.fetchall()
    timeline = [t.Event(kind, at, recorded_at, json.loads(data)) for kind, at, recorded_at, data, _ in rows]
    return Read(timeline, rows[-1][-1])


_TIMELINE_AND_NOW = """
    select kind, at, recorded_at, data, watchkeeper_now() from incidents_event where incident_id = %s order by number
"""


def standing_of(incident: Incident) -> Standing:
    """Read an incident's timeline and fold it."""
    return folded(read(incident).timeline)


def timelines_of(incidents: Iterable[int]) -> dict[int, list[t.Event]]:
    """The timelines of several incidents, by their keys, read at once."""
    rows = Event.objects.filter(incident_id__in=incidents).order_by("incident_id", "number")
    timelines: dict[int, list[t.Event]] = {}
    for incident, *event in rows.values_list("incident_id", "kind", "at", "recorded_at", "data").iterator(2000):
        timelines.setdefault(incident, []).append(t.Event(*event))
    return timelines


def promises_given_last(incidents: Iterable[int]) -> dict[int, Promise | None]:
    """The promise that each of several incidents was given last, by their keys, read at once."""
    giving = Event.objects.filter(incident_id__in=incidents, kind__in=(t.REPORTED, t.PROMISE_APPLIED))
    last = dict(giving.order_by("incident_id", "number").values_list("incident_id", "data__promise"))
    given = GivenPromise.objects.select_related("version").in_bulk(set(last.values()) - {None})
    promises = {key: promise_of(row) for key, row in given.items()}
    return {incident: promises.get(key) for incident, key in last.items()}


def standings_of(incidents: Iterable[int]) -> dict[int, Standing]:
    """How several incidents stand, by their keys, read at once."""
    timelines = timelines_of(incidents)
    promises = promises_named_in(event for timeline in timelines.values() for event in timeline)
    return {key: folded(timeline, promises) for key, timeline in timelines.items()}


def standing_at_receipt(incident: Incident) -> Standing:
    """How an incident stood when it was received: what its report says by itself."""
    return folded([as_core(incident.events.get(number=1))])


def standing_after(standing: Standing, appended: Iterable[Event]) -> Standing:
    """How an incident stands when these events have been appended: what was read of it before is not read again."""
    return folded([*standing.timeline, *map(as_core, appended)], standing.promises)


def as_core(event: Event) -> t.Event:
    """A row as core's event."""
    return t.Event(event.kind, event.at, event.recorded_at, event.data)


def folded(timeline: Sequence[t.Event], known: Mapping[int, Promise] = MappingProxyType({})) -> Standing:
    """What a timeline says. ``known`` are promises that were read before: they are not read again."""
    promises = promises_named_in(timeline, known)
    facts = facts_of(timeline)
    return Standing(timeline, promises, facts, commitments(facts, promises))


def promises_named_in(
    events: Iterable[t.Event], known: Mapping[int, Promise] = MappingProxyType({})
) -> dict[int, Promise]:
    """The promises that events name, by their keys, read at once but for those that are ``known``."""
    named = {event.data.get("promise") for event in events} - {None}
    unread = named - known.keys()
    given = GivenPromise.objects.filter(pk__in=unread).select_related("version") if unread else ()
    read = {row.pk: promise_of(row) for row in given}
    return {key: known[key] if key in known else read[key] for key in named}
