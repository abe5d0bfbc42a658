"""The incidents behind a proposal or a recommendation, as far as a reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from watchkeeper.core.policy import Severity
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of

SHOWN = 50
"""How many incidents are listed; nobody reads more, and a page stays a page."""


class Piece(NamedTuple):
    """One incident."""

    incident: Incident
    severity: Severity


class Evidence(NamedTuple):
    """What a reader sees of it, the newest first and not without end; how many more they could see, and how many
    there are that they do not."""

    pieces: list[Piece]
    further: int
    unseen: int


def evidence_of(keys: Sequence[int], *, reader: Person) -> Evidence:
    """The incidents with these keys that a reader sees."""
    return evidence_by_row({0: keys}, reader=reader)[0]


def evidence_by_row(keys: Mapping[int, Sequence[int]], *, reader: Person) -> dict[int, Evidence]:
    """The same for several rows by their keys, asked at once."""
    found = _seen({key for each in keys.values() for key in each}, reader)
    return {row: _evidence(each, found) for row, each in keys.items()}


def _evidence(keys: Sequence[int], found: Mapping[int, Piece]) -> Evidence:
    seen = [found[key] for key in sorted(keys, reverse=True) if key in found]
    return Evidence(seen[:SHOWN], len(seen[SHOWN:]), len(keys) - len(seen))


def _seen(keys: Iterable[int], reader: Person) -> dict[int, Piece]:
    seen = Incident.objects.seen_by(reader).filter(pk__in=keys).select_related("policy_version")
    return {
        incident.pk: Piece(incident, policy_of(incident.policy_version).severity_numbered(incident.severity))
        for incident in seen
    }
