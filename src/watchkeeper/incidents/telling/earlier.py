"""What was said on an incident before an event: what a customer may read of it, whoever is told."""

from __future__ import annotations

from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.notify.instants import DatabaseNow
from watchkeeper.notify.wording.history import MOST, Said
from watchkeeper.people.models import Person


def earlier(incident: Incident, event: Event) -> list[Said]:
    """The public messages that have left and stand, the newest first: one more than a mail shows at the most.

    The team's notes are in no mail, not even in the team's: a mail is forwarded.
    """
    said = (
        incident.messages.filter(is_public=True, taken_back_at=None, erased_at=None, event__number__lt=event.number)
        .exclude(leaves_at__gt=DatabaseNow())
        .exclude(body="")
        .select_related("event__person", "event__token")
        .order_by("-event__number")
    )
    return [_said(message.event, message.body) for message in said[: MOST + 1]]


def may_read(incident: Incident, person: Person) -> bool:
    """Whether a person sees the incident now."""
    return Incident.objects.seen_by(person).filter(pk=incident.pk).exists()


def _said(event: Event, body: str) -> Said:
    return Said(Actor(event.side, event.person, event.token).name, event.at, body)
