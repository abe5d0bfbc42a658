"""An outage: many incidents, of many accounts, under one parent, and one update to all of them.

Each stays an incident of its own, with its own promise and its own conversation; no customer learns of another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.incidents import files, flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.verbs.ending import has_incidents_below, resolve
from watchkeeper.incidents.verbs.refusals import NotPossible
from watchkeeper.incidents.verbs.sorting import is_itself
from watchkeeper.incidents.verbs.speaking import AT_ONCE, say
from watchkeeper.people import access
from watchkeeper.people.models import Person


def put_under(incident: Incident, *, parent: Incident, by: Person) -> Event:
    """Make an incident part of the outage that ``parent`` is; where it was part of another, it leaves that."""
    access.require(by, "link")
    with transaction.atomic():
        held = flow.hold(incident, parent)
        require_one_level(held[incident.pk], held[parent.pk])
        with flow.turn_of(parent, Actor.of(by)) as turn:
            turn.append(t.LINKED, to=incident.reference, over=incident.pk)
        with flow.turn_of(incident, Actor.of(by)) as turn:
            return turn.append(t.LINKED, to=parent.reference, under=parent.pk)


def take_out(incident: Incident, *, by: Person) -> Event:
    """Let an incident be part of its outage no more."""
    access.require(by, "link")
    with transaction.atomic():
        parent = Incident.objects.get(pk=incident.pk).parent
        if parent is None:
            raise NotPossible(gettext("{incident} is part of no outage").format(incident=incident.reference))
        flow.hold(incident, parent)
        with flow.turn_of(parent, Actor.of(by)) as turn:
            turn.append(t.LINKED, to=incident.reference, apart=True)
        with flow.turn_of(incident, Actor.of(by)) as turn:
            return turn.append(t.LINKED, to=parent.reference, apart=True)


def reached_below(parent: Incident, by: Person) -> list[Incident]:
    """The open incidents of an outage that this person sees: whom an update of theirs reaches."""
    return list(parent.below.seen_by(by).open().select_related("account").order_by("pk"))


def reply_to_all(
    parent: Incident,
    *,
    by: Person,
    text: str,
    reached: str = "",
    given_files: Sequence[files.GivenFile] = (),
    held_for: timedelta = AT_ONCE,
) -> Event:
    """``reply`` on the parent, and the same words on every incident it reaches: an update, or an acknowledgement, of
    each. Refused by one, it is said to none."""

    def said(incident: Incident, **data: object) -> Event:
        data |= {"reached": reached} if reached else {}
        return say(incident, t.REPLIED, by=by, text=text, given_files=given_files, held_for=held_for, **data)

    access.require(by, "reply")
    return _to_all(parent, by, said)


def resolve_all(parent: Incident, *, by: Person, text: str, given_files: Sequence[files.GivenFile] = ()) -> Event:
    """``resolve`` the parent and, with the same words, every incident it reaches that is not resolved yet."""

    def resolved(incident: Incident, **data: object) -> Event:
        return resolve(incident, by=by, text=text, given_files=given_files, **data)

    return _to_all(parent, by, resolved)


def _to_all(parent: Incident, by: Person, done: Callable[..., Event]) -> Event:
    with transaction.atomic():
        below = reached_below(parent, by)
        flow.hold(parent, *below)
        event = done(parent)
        for each in below:
            done(each, said_on=parent.reference, said_as=event.number)
        return event


def require_one_level(incident: Incident, parent: Incident) -> None:
    """Refuse what would make an outage part of another, or of itself."""
    if incident.pk == parent.pk:
        raise is_itself(incident)
    if parent.parent_id is not None:
        words = gettext("{incident} is part of an outage itself; name that one's parent")
        raise NotPossible(words.format(incident=parent.reference))
    if incident.below.exists():
        raise has_incidents_below(incident)
