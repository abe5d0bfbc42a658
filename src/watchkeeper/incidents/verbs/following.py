"""Who of an account follows an incident: they hear of it, and may read it where the account keeps incidents apart."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident, Participant
from watchkeeper.incidents.verbs.refusals import NotPossible
from watchkeeper.people import access
from watchkeeper.people.models import Person


def add_participant(incident: Incident, *, person: Person, by: Person) -> Event:
    """Let a person of the account follow the incident."""
    access.require(by, "add participants")
    if person.account_id != incident.account_id:
        raise _is_not_of(incident, person)
    with flow.turn_of(incident, Actor.of(by)) as turn:
        Participant.objects.get_or_create(incident=turn.incident, account_id=incident.account_id, person=person)
        return turn.append(t.JOINED, person=person.pk)


def remove_participant(incident: Incident, *, person: Person, by: Person) -> Event:
    """Let a person follow the incident no longer. Everybody may leave by themselves."""
    access.require(by, "leave" if person == by else "remove participants")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        followed, _ = turn.incident.participants.filter(person=person).delete()
        if not followed:
            words = gettext("{person} does not follow {incident}")
            raise NotPossible(words.format(person=person.name, incident=incident.reference))
        return turn.append(t.LEFT, person=person.pk)


def confirm_sender(incident: Incident, *, by: Person) -> Event:
    """Say that a report without proof is from whom it names: from now on they hear of it."""
    access.require(by, "confirm sender")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if not turn.standing().facts.is_unverified:
            raise NotPossible(gettext("nothing is to be confirmed here: the sender is known"))
        return turn.append(t.SENDER_CONFIRMED)


def ask_to_join(incident: Incident, *, by: Person) -> Event:
    """Ask those who follow an incident of one's account, which one may not read, to be let in."""
    access.require(by, "ask to join")
    if by.account_id != incident.account_id:
        raise _is_not_of(incident, by)
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if turn.incident.participants.filter(person=by).exists():
            words = gettext("{person} follows {incident} already")
            raise NotPossible(words.format(person=by.name, incident=incident.reference))
        if asking(turn.incident).filter(pk=by.pk).exists():
            raise NotPossible(gettext("you have asked already; whoever follows the incident has been told"))
        return turn.append(t.JOIN_ASKED)


def asking(incident: Incident) -> QuerySet[Person]:
    """Who asked to follow it and does not yet."""
    asked = incident.events.filter(kind=t.JOIN_ASKED).values("person")
    return Person.objects.filter(pk__in=asked, is_active=True).exclude(pk__in=incident.participants.values("person"))


def _is_not_of(incident: Incident, person: Person) -> NotPossible:
    words = gettext("{person} is not of {account}; only its people can follow its incidents")
    return NotPossible(words.format(person=person.name, account=incident.account))
