"""What was said between the customer and the team, as the customer reads it: public messages and their files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy

from watchkeeper.core import timeline as t
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Attachment, Event, Incident, Message
from watchkeeper.incidents.prose import said
from watchkeeper.people.models import Person

_KINDS = {Event.Side.CUSTOMER: "theirs", Event.Side.TEAM: "ours"}
_ACTS = {
    t.ACKNOWLEDGED: pgettext_lazy("a message", "acknowledged"),
    t.ASKED: pgettext_lazy("a message", "asked"),
    t.RESOLVED: pgettext_lazy("a message", "resolved"),
    t.REOPENED: pgettext_lazy("a message", "reopened"),
    t.ESCALATED: pgettext_lazy("a message", "escalated"),
    t.ESCALATION_JOINED: pgettext_lazy("a message", "joined the escalation"),
    t.ESCALATION_ANSWERED: pgettext_lazy("a message", "answered the escalation"),
    t.WITHDRAWN: pgettext_lazy("a message", "withdrew"),
    t.MERGED: pgettext_lazy("a message", "merged"),
    t.DISPUTED: pgettext_lazy("a message", "contested"),
    t.DISPUTE_ANSWERED: pgettext_lazy("a message", "answered the dispute"),
}


class Said(NamedTuple):
    """One message. ``html`` is harmless; ``page`` is the key of a mail's own layout; ``erased_at`` is set where
    only the trace of it is left."""

    author: str
    role: str
    at: datetime
    kind: str
    via: str
    html: SafeString
    page: str | None
    files: tuple[Attachment, ...]
    erased_at: datetime | None


def conversation(incident: Incident, reader: Person) -> list[Said]:
    """Everything said that the reader may read, the oldest first. Two queries."""
    said: Iterable[Message] = (
        incident.messages.shown_to(reader)
        .select_related("event__person", "event__token")
        .prefetch_related("attachments")
        .order_by("event__number")
    )
    return [_said(message, incident) for message in said]


def _said(message: Message, incident: Incident) -> Said:
    event = message.event
    is_erased = message.erased_at is not None
    return Said(
        author=_author(event),
        role=incident.account.name if event.side == Event.Side.CUSTOMER else "",
        at=event.at,
        kind=_KINDS.get(event.side, "automatic"),
        via=str(_by_way_of(incident) if event.kind == t.REPORTED else _ACTS.get(event.kind, "")),
        html=SafeString("") if is_erased else said(message.body, is_plain=event.data.get("is_plain", False)),
        page=None if is_erased else event.data.get("page"),
        files=() if is_erased else tuple(message.attachments.all()),
        erased_at=message.erased_at,
    )


def _by_way_of(incident: Incident) -> str:
    return gettext("by {channel}").format(channel=incident.get_channel_display())


def _author(event: Event) -> str:
    return Actor(event.side, event.person, event.token).name
