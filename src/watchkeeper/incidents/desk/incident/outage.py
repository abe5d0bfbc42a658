"""What the page says of an outage: the incident this one is a part of, or those that are parts of it."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q

from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person


class Outage(NamedTuple):
    """As far as the reader sees it: its ``parent``, or the incidents ``below``; ``reached`` are those still open."""

    parent: Incident | None
    below: list[Incident]

    @property
    def reached(self) -> list[Incident]:
        return [each for each in self.below if each.is_open]


def outage_of(incident: Incident, *, reader: Person) -> Outage:
    """One query; nothing above and nothing below where the incident is by itself."""
    related = Incident.objects.seen_by(reader).filter(Q(parent=incident) | Q(pk=incident.parent_id))
    found = list(related.select_related("account").order_by("pk"))
    parent = next((each for each in found if each.pk == incident.parent_id), None)
    return Outage(parent, [each for each in found if each.parent_id == incident.pk])
