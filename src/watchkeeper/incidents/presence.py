"""Who of the team has an incident open just now, so that two do not write the same.

A page says every few seconds that it is looked at. Only those who have the same incident open are told of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from watchkeeper.incidents.announcement import Meeting, call_out
from watchkeeper.incidents.models import Incident, Presence
from watchkeeper.people.models import Person

LASTS = timedelta(seconds=45)
"""How long somebody is believed to be there after their page said so; it says so every twenty seconds."""


def be_there(incident: Incident, person: Person, *, is_writing: bool, now: datetime) -> list[Presence]:
    """Somebody looks at an incident, or writes there; who else does. The others are told if that is new."""
    others = _others(incident, person, now)
    mine = Presence.objects.filter(incident=incident, person=person)
    was = mine.filter(seen_at__gt=now - LASTS).values_list("is_writing", flat=True).first()
    said = {"is_writing": is_writing, "seen_at": now}
    Presence.objects.bulk_create(
        [Presence(incident=incident, person=person, **said)],
        update_conflicts=True,
        unique_fields=["incident", "person"],
        update_fields=list(said),
    )
    if was is not is_writing:
        _tell(incident, others)
    return others


def leave(incident: Incident, person: Person, *, now: datetime) -> None:
    """Somebody looks at it no more."""
    if Presence.objects.filter(incident=incident, person=person).delete()[0]:
        _tell(incident, _others(incident, person, now))


def _others(incident: Incident, person: Person, now: datetime) -> list[Presence]:
    """Who else of the team is there, who writes first."""
    there = Presence.objects.filter(incident=incident, seen_at__gt=now - LASTS, person__is_active=True)
    return list(there.exclude(person=person).select_related("person").order_by("-is_writing", "person__name"))


def _tell(incident: Incident, others: list[Presence]) -> None:
    if others:
        call_out(Meeting(incident.pk, incident.account_id, frozenset(other.person_id for other in others)))
