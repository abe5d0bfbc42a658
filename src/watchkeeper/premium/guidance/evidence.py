"""The incidents behind a proposal or a recommendation, as far as a reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from watchkeeper.core.policy import Severity
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of


class Piece(NamedTuple):
    """One incident."""

    incident: Incident
    severity: Severity


class Evidence(NamedTuple):
    """What a reader sees of it, the newest first, and how many more there are."""

    pieces: list[Piece]
    unseen: int


def evidence_of(keys: Sequence[int], *, reader: Person) -> Evidence:
    """The incidents with these keys that a reader sees."""
    return evidence_by_row({0: keys}, reader=reader)[0]


def evidence_by_row(keys: Mapping[int, Sequence[int]], *, reader: Person) -> dict[int, Evidence]:
    """The same for several rows by their keys, asked at once."""
    found = _seen({key for each in keys.values() for key in each}, reader)
    return {
        row: Evidence(
            [found[key] for key in sorted(each, reverse=True) if key in found], sum(key not in found for key in each)
        )
        for row, each in keys.items()
    }


def _seen(keys: Iterable[int], reader: Person) -> dict[int, Piece]:
    seen = Incident.objects.seen_by(reader).filter(pk__in=keys).select_related("policy_version")
    return {
        incident.pk: Piece(incident, policy_of(incident.policy_version).severity_numbered(incident.severity))
        for incident in seen
    }
