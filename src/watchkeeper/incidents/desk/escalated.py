"""The escalations of incidents, read from their timelines: who opened, answered and ended each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from watchkeeper.core import timeline as t
from watchkeeper.incidents.models import Event

KINDS = (t.ESCALATED, t.ESCALATION_ANSWERED, t.ESCALATION_ENDED)


@dataclass(slots=True)
class Escalation:
    """One escalation. ``nth`` is its number on the incident, that of its ``escalation_answer`` commitment too."""

    incident_id: int
    nth: int
    opened: Event
    answered: Event | None = None
    ended: Event | None = None

    @property
    def is_open(self) -> bool:
        return self.ended is None

    @property
    def is_owed(self) -> bool:
        """Whether the customer still waits for its answer."""
        return self.is_open and self.answered is None


def escalations_of(incidents: Iterable[int]) -> list[Escalation]:
    """Every escalation of the incidents with these keys, in the order they were opened; one query."""
    events = Event.objects.filter(incident__in=list(incidents), kind__in=KINDS).select_related("person")
    return sorted(escalations_in(events.order_by("incident_id", "number")), key=lambda found: found.opened.at)


def escalations_in(events: Iterable[Event]) -> list[Escalation]:
    """The escalations that events tell of; those of one incident stand together, in the order of its timeline."""
    found: list[Escalation] = []
    for event in events:
        latest = found[-1] if found and found[-1].incident_id == event.incident_id else None
        if event.kind == t.ESCALATED:
            found.append(Escalation(event.incident_id, latest.nth + 1 if latest else 1, event))
        elif latest is not None and event.kind == t.ESCALATION_ANSWERED:
            latest.answered = event
        elif latest is not None and event.kind == t.ESCALATION_ENDED:
            latest.ended = event
    return found
