"""The same figures from the raw timelines: core folds each again, and what the rows say otherwise is told by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from watchkeeper.clocks.models import Commitment, OutsideTheLevel
from watchkeeper.core.commitments import Commitment as Computed
from watchkeeper.core.disputes import standing_about
from watchkeeper.core.measures import opened, took
from watchkeeper.core.policy import ACKNOWLEDGEMENT
from watchkeeper.core.scorecard import OUTSIDE_LEVEL, figure_at
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reading import Standing, standings_of
from watchkeeper.reports.attainment.count import with_figure_parts
from watchkeeper.reports.attainment.sorting import figure_of

_MICROSECOND = timedelta(microseconds=1)

Place = tuple[str, int]
"""A metric and which of its commitments."""

Counts = dict[str, Any]
"""How one commitment counts: its figure, and what a report sorts it by."""


class Difference(NamedTuple):
    """One thing in which a row and the timeline of its incident differ."""

    incident: str
    place: str
    name: str
    counted: object
    recomputed: object

    def __str__(self) -> str:
        where = f"{self.incident} {self.place}"
        if not self.name:
            said = "is counted, and no event explains it" if self.counted else "is not counted"
            return f"{where}: {said}"
        return f"{where}: {self.name} is {self.counted}, the timeline says {self.recomputed}"


class Recount(NamedTuple):
    """The differences found in some incidents, and how many commitments were equal."""

    differences: list[Difference]
    equal: int


def recounted(incidents: Sequence[Incident], *, as_of: datetime) -> Recount:
    """Fold the timelines of these incidents anew and compare how each of their commitments counts."""
    keys = [incident.pk for incident in incidents]
    standings, rows = standings_of(keys), _of_rows(keys, as_of)
    differences: list[Difference] = []
    equal = 0
    for incident in incidents:
        expected = {} if incident.is_test else _of_timeline(standings[incident.pk], as_of)
        found = rows.get(incident.pk, {})
        for place in sorted(expected.keys() | found.keys()):
            differing = list(_compared(incident.reference, place, found.get(place), expected.get(place)))
            differences += differing
            equal += not differing
    return Recount(differences, equal)


def _compared(reference: str, place: Place, row: Counts | None, computed: Counts | None) -> Iterator[Difference]:
    said = f"{place[0]} {place[1]}" if place[1] else "outside the level"
    if row is None or computed is None:
        yield Difference(reference, said, "", row is not None, computed is not None)
        return
    for name, value in computed.items():
        if row[name] != value:
            yield Difference(reference, said, name, row[name], value)


def _of_timeline(standing: Standing, as_of: datetime) -> dict[Place, Counts]:
    facts = standing.facts
    found = {(made.metric, made.nth): _counts_as(made, standing, as_of) for made in standing.commitments}
    promise = standing.promise
    if not found and promise is not None:
        began = opened(facts.received_at, promise.policy.zone)
        found[(ACKNOWLEDGEMENT, 0)] = {
            "figure": OUTSIDE_LEVEL,
            "severity": facts.severity,
            "level": promise.level.key,
            "component": facts.component,
            "day": began.on,
            "hour of the week": began.hour,
        }
    return found


def _counts_as(made: Computed, standing: Standing, as_of: datetime) -> Counts:
    promise = standing.promises[made.promise]
    began, lasted = opened(made.opened_at, promise.policy.zone), took(made)
    return {
        "figure": figure_at(made, as_of),
        "why": str(made.excluded or made.reason or ""),
        "severity": made.severity,
        "level": promise.level.key,
        "component": standing.facts.component,
        "dispute": standing_about(standing.facts.disputes, made.metric, made.nth),
        "day": began.on,
        "hour of the week": began.hour,
        "elapsed time": None if lasted is None else lasted.elapsed // _MICROSECOND,
        "operating time": None if lasted is None else lasted.operating // _MICROSECOND,
    }


def _of_rows(incidents: Iterable[int], as_of: datetime) -> dict[int, dict[Place, Counts]]:
    found: dict[int, dict[Place, Counts]] = {}
    rows = with_figure_parts(Commitment.objects.filter(incident_id__in=incidents, is_test=False), as_of)
    for row in rows.iterator():
        found.setdefault(row.incident_id, {})[row.metric, row.nth] = {
            "figure": figure_of(outcome=row.outcome, reason=row.reason, excluded=row.excluded, is_late=row.is_late),
            "why": row.excluded or row.reason,
            "severity": row.severity,
            "level": row.level,
            "component": row.component,
            "dispute": row.disputed,
            "day": row.opened_on,
            "hour of the week": row.opened_hour,
            "elapsed time": row.took_elapsed,
            "operating time": row.took_operating,
        }
    for outside in OutsideTheLevel.objects.filter(incident_id__in=incidents, is_test=False):
        found.setdefault(outside.incident_id, {})[ACKNOWLEDGEMENT, 0] = {
            "figure": OUTSIDE_LEVEL,
            "severity": outside.severity,
            "level": outside.level,
            "component": outside.component,
            "day": outside.opened_on,
            "hour of the week": outside.opened_hour,
        }
    return found
