"""The conversation as the team reads it: public messages and notes, told apart, in the order they were said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy

from watchkeeper.core import survey
from watchkeeper.core import timeline as t
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Attachment, Event, Incident, Message
from watchkeeper.incidents.prose import said
from watchkeeper.people.models import Person
from watchkeeper.ui.translated import translated

OPENING = 60
"""Characters by which a message is known in a list."""

_SAID_AS = {
    t.REPORTED: pgettext_lazy("a message is the …", "report"),
    t.ACKNOWLEDGED: pgettext_lazy("a message is the …", "acknowledgement"),
    t.ASKED: pgettext_lazy("a message is the …", "question"),
    t.RESOLVED: pgettext_lazy("a message is the …", "resolution"),
    t.REOPENED: pgettext_lazy("a message is the …", "reopening"),
    t.WITHDRAWN: pgettext_lazy("a message is the …", "withdrawal"),
    t.ESCALATED: pgettext_lazy("a message is the …", "escalation"),
    t.ESCALATION_JOINED: pgettext_lazy("a message is the …", "escalation"),
    t.ESCALATION_ANSWERED: pgettext_lazy("a message is the …", "answer to the escalation"),
    t.MERGED: pgettext_lazy("a message is the …", "merge"),
    t.DISPUTED: pgettext_lazy("a message is the …", "dispute"),
    t.DISPUTE_ANSWERED: pgettext_lazy("a message is the …", "answer to the dispute"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One message. ``number`` is that of its event, ``opening`` how it begins; ``kind`` is the message component's:
    theirs, ours, note, automatic; ``page`` is the key of a mail's own layout."""

    number: int
    opening: str
    author: str
    role: str
    kind: str
    via: str
    at: datetime
    html: SafeString
    page: str | None
    erased_at: datetime | None
    taken_back_at: datetime | None
    files: list[Attachment]


def conversation_of(incident: Incident, *, reader: Person) -> Iterator[Said]:
    """What the reader may read of it; two queries."""
    messages = Message.objects.filter(incident=incident).shown_to(reader)
    for message in messages.select_related("event__person", "event__token").prefetch_related("attachments"):
        event = message.event
        yield Said(
            number=event.number,
            opening=Truncator(" ".join(message.body.split())).chars(OPENING),
            author=Actor(event.side, event.person, event.token).name,
            role=_role(event),
            kind=_kind(message),
            via=_via(event),
            at=event.at,
            html=said(message.body, is_plain=event.data.get("is_plain", False)),
            page=event.data.get("page"),
            erased_at=message.erased_at,
            taken_back_at=message.taken_back_at,
            files=list(message.attachments.all()),
        )


def _via(event: Event) -> str:
    if event.kind == t.CALL_LOGGED:
        back, caller = event.data["call_back"], event.data["caller"]
        words = gettext("a call by {caller}, call back {number}") if back else gettext("a call by {caller}")
        return words.format(caller=caller, number=back)
    if event.kind == t.RATED:
        answer = f"{translated(survey.QUESTION)} {translated(survey.ANSWERS[event.data['score']])}"
        return gettext("{answer} · for the team alone").format(answer=answer)
    return str(_SAID_AS.get(event.kind, ""))


def _kind(message: Message) -> str:
    if not message.is_public and message.event.kind != t.RATED:
        return "note"
    sides = {Event.Side.TEAM: "ours", Event.Side.WATCHKEEPER: "automatic"}
    return sides.get(message.event.side, "theirs")


def _role(event: Event) -> str:
    person = event.person
    if person is None or not person.roles:
        return ""
    return str(Person.Role(person.roles[0]).label)
