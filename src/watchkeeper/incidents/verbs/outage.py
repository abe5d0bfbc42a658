"""An outage: many incidents, of many accounts, under one parent, and one update to all of them.

Each stays an incident of its own, with its own promise and its own conversation; no customer learns of another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.verbs.ending import has_incidents_below, resolve
from watchkeeper.incidents.verbs.refusals import NotPossible
from watchkeeper.incidents.verbs.sorting import is_itself
from watchkeeper.incidents.verbs.speaking import reply
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
        if flow.hold(incident, parent)[incident.pk].parent_id != parent.pk:
            raise NotPossible(
                gettext("{incident} was moved meanwhile; look at it again").format(incident=incident.reference)
            )
        with flow.turn_of(parent, Actor.of(by)) as turn:
            turn.append(t.LINKED, to=incident.reference, apart=True)
        with flow.turn_of(incident, Actor.of(by)) as turn:
            return turn.append(t.LINKED, to=parent.reference, apart=True)


def reply_to_all(parent: Incident, *, among: Collection[str], by: Person, **said: Any) -> Event:
    """``reply`` on the parent, and the same on the incidents of its outage that are named by their references: an
    update, or an acknowledgement, of each. Refused by one, it is said to none."""
    access.require(by, "reply")
    return _to_all(parent, among, by, lambda incident, **data: reply(incident, by=by, **said, **data))


def resolve_all(parent: Incident, *, among: Collection[str], by: Person, **said: Any) -> Event:
    """``resolve`` the parent and, with the same words, those of its outage that are named."""
    return _to_all(parent, among, by, lambda incident, **data: resolve(incident, by=by, **said, **data))


def _to_all(parent: Incident, among: Collection[str], by: Person, done: Callable[..., Event]) -> Event:
    """Whoever was put under the parent since its author looked is not among those named, and hears nothing of it; who
    was taken out, or is not open any more, is left alone."""
    named = Incident.objects.filter(reference__in=among)
    with transaction.atomic():
        flow.hold(parent, *named)
        event = done(parent)
        for each in named.filter(parent=parent).seen_by(by).open().order_by("pk"):
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
