"""Erasing what should never have been written: the content goes, the event, its digest and a tombstone stay."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import AttachmentChunk, Event, Incident, Message
from watchkeeper.incidents.verbs.refusals import NotPossible, required
from watchkeeper.notify import outbox
from watchkeeper.people import access
from watchkeeper.people.models import Person


def redact(incident: Incident, *, number: int, by: Person, reason: str) -> Event:
    """Erase what was said and attached with the event of this number on the timeline."""
    access.require(by, "redact")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        said = Message.objects.select_related("event").filter(incident=turn.incident)
        message = said.filter(event__number=number).first()
        if message is None:
            nothing = gettext("nothing was said with event {number} of {incident}")
            raise NotPossible(nothing.format(number=number, incident=incident.reference))
        if message.erased_at is not None:
            erased = gettext("what was said with event {number} of {incident} is erased already")
            raise NotPossible(erased.format(number=number, incident=incident.reference))
        erase(message, at=turn.now, by=turn.by)
        outbox.erase(incident_id=turn.incident.pk, step=f"{message.event.kind}:{number}")
        return turn.append(t.REDACTED, event=number, reason=required(reason))


def erase(message: Message, *, at: datetime, by: Actor) -> None:
    """Erase what a message says and the bytes of its files; who did it and when stay with it."""
    AttachmentChunk.objects.filter(attachment__message=message).delete()
    message.body = message.salt = ""
    message.erased_at, message.erased_by = at, by.person
    message.save()
