"""Undoing: what somebody of the team did a moment ago is taken back by an event of its own, which names it.

A dispatch and a change of severity are undone by their counterpart. A reply or a question is taken back before it has
left: nobody but the team ever knew of it, and it counts for nothing. Nothing else can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core import leaving, lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.in_words import MISTAKEN, STATES
from watchkeeper.incidents.models import Event, Incident, Message
from watchkeeper.incidents.reading import as_core
from watchkeeper.incidents.verbs.erasing import erase
from watchkeeper.incidents.verbs.refusals import NotPossible
from watchkeeper.notify import outbox
from watchkeeper.notify.instants import DatabaseNow
from watchkeeper.people import access
from watchkeeper.people.models import Person

LASTS = timedelta(minutes=5)
"""How long a dispatch or a change of severity can be undone."""


def take_back(incident: Incident, *, number: int, by: Person) -> Event:
    """Undo the event of this number: one's own, and only while nothing that rests on it has happened.

    What was said to all of an outage is taken back from all.
    """
    access.require(by, "take back")
    with transaction.atomic():
        echoes = _echoes(incident, number)
        flow.hold(incident, *(echo.incident for echo in echoes))
        event = _take_back(incident, number, by)
        for echo in echoes:
            _take_back(echo.incident, echo.number, by)
        return event


def _echoes(incident: Incident, number: int) -> list[Event]:
    """The events that say what an outage's event of this number, which is held, says to those who were part of it
    then: who was taken out since was told too."""
    said = incident.events.filter(number=number, message__leaves_at__gt=DatabaseNow()).first()
    if said is None:
        return []
    echoes = Event.objects.filter(pk__gt=said.pk, data__said_on=incident.reference, data__said_as=number)
    return list(echoes.filter(message__taken_back_at=None).select_related("incident"))


def _take_back(incident: Incident, number: int, by: Person) -> Event:
    with flow.turn_of(incident, Actor.of(by)) as turn:
        timeline = list(turn.incident.events.select_related("person").order_by("number"))
        meant = next((event for event in timeline if event.number == number), None)
        if meant is None:
            words = gettext("there is no event {number} on {incident}")
            raise NotPossible(words.format(number=number, incident=incident.reference))
        why_not = why_not_taken_back(meant, timeline, incident=turn.incident, by=by, now=turn.now)
        if why_not:
            raise NotPossible(why_not)
        return _TAKING_BACK[meant.kind](turn, meant, timeline)


def can_be_taken_back(incident: Incident, timeline: Sequence[Event], *, by: Person, now: datetime) -> list[Event]:
    """What of a timeline, given in its order, this person can undo now."""
    if not access.may(by, "take back"):
        return []
    own = (event for event in timeline if event.kind in _TAKING_BACK and event.person_id == by.pk)
    return [event for event in own if not why_not_taken_back(event, timeline, incident=incident, by=by, now=now)]


def taken_back_until(event: Event) -> datetime:
    """Until when an event can be undone."""
    leaves_at = leaving.leaves_at(as_core(event))
    return event.recorded_at + LASTS if leaves_at is None else leaves_at - leaving.TAKEN_BACK_BEFORE


def why_not_taken_back(
    event: Event, timeline: Sequence[Event], *, incident: Incident, by: Person, now: datetime
) -> str:
    """Why this person cannot undo an event of a timeline now, in words; empty where they can."""
    since = [later for later in timeline if later.number > event.number]
    if event.kind not in _TAKING_BACK or (event.kind == t.CLASSIFIED and "severity" not in event.data):
        return gettext("what was {kind} stays; {can_be}").format(kind=event.kind, can_be=WHAT_CAN_BE)
    if event.person_id != by.pk:
        return gettext("only who did it can undo it")
    if any(event.number in (later.data.get("takes_back"), _taken_back_by(later)) for later in since):
        return gettext("it is undone already")
    if event.kind in (t.REPLIED, t.ASKED):
        return "" if _is_held(event, now) else gettext("it has left; write to the customer again")
    return _why_not_undone(event, since, incident, now)


WHAT_CAN_BE = gettext_lazy("a dispatch, a change of severity, and what has not yet left for the customer can be undone")


def _why_not_undone(event: Event, since: Sequence[Event], incident: Incident, now: datetime) -> str:
    if "takes_back" in event.data:
        return gettext("it undid something itself; do that again instead")
    if now > taken_back_until(event):
        words = gettext("it was more than {minutes} minutes ago; dispatch it or change its severity again instead")
        return words.format(minutes=LASTS.seconds // 60)
    if not lifecycle.allows(incident.state, event.kind):
        return gettext("the incident is {state} since").format(state=STATES[incident.state])
    unsaid = {later.data["event"] for later in since if later.kind == t.TAKEN_BACK}
    moved_on = next((later for later in since if later.number not in unsaid and _rests_on(later, event)), None)
    if moved_on is not None:
        who = Actor(moved_on.side, moved_on.person, moved_on.token).name
        return str(_MOVED_ON[moved_on.kind]).format(who=who)
    return ""


_MOVED_ON = {
    t.DISPATCHED: gettext_lazy("the incident has moved on: it was dispatched by {who} since"),
    t.ACKNOWLEDGED: gettext_lazy("the incident has moved on: it was acknowledged by {who} since"),
    t.REPLIED: gettext_lazy("the incident has moved on: it was replied by {who} since"),
    t.ASKED: gettext_lazy("the incident has moved on: it was asked by {who} since"),
    t.RESOLVED: gettext_lazy("the incident has moved on: it was resolved by {who} since"),
    t.MERGED: gettext_lazy("the incident has moved on: it was merged by {who} since"),
    t.CLASSIFIED: gettext_lazy("the incident has moved on: it was classified by {who} since"),
    t.ABSORBED: gettext_lazy("the incident has moved on: it was absorbed by {who} since"),
}


def _rests_on(later: Event, event: Event) -> bool:
    """Whether something that happened later stands in the way of undoing an event."""
    if event.kind == t.DISPATCHED:
        return later.kind == t.DISPATCHED or later.kind in t.TEAM_SPOKE
    return later.kind in (t.CLASSIFIED, t.ABSORBED) and "severity" in later.data


def _taken_back_by(event: Event) -> int | None:
    return event.data["event"] if event.kind == t.TAKEN_BACK else None


def _is_held(event: Event, now: datetime) -> bool:
    return leaving.leaves_at(as_core(event)) is not None and now <= taken_back_until(event)


def _to_who_had_it(turn: flow.Turn, meant: Event, timeline: Sequence[Event]) -> Event:
    before = [e.data["assignee"] for e in timeline if e.kind == t.DISPATCHED and e.number < meant.number]
    assignee = before[-1] if before else None
    if assignee is not None:
        _require_serving(Person.objects.get(pk=assignee), turn.incident)
    return turn.append(t.DISPATCHED, assignee=assignee, takes_back=meant.number, taken_from=meant.data["assignee"])


def _require_serving(person: Person, incident: Incident) -> None:
    if not (person.is_active and access.may(person, "acknowledge") and access.serves(person, incident.account)):
        words = gettext("{person}, who had it, does not serve {account} any more; dispatch it instead")
        raise NotPossible(words.format(person=person.name, account=incident.account))


def _to_the_severity_before(turn: flow.Turn, meant: Event, _timeline: Sequence[Event]) -> Event:
    return turn.append(
        t.CLASSIFIED,
        severity=meant.data["severity_before"],
        severity_before=meant.data["severity"],
        reason=MISTAKEN,
        reacknowledge=False,
        takes_back=meant.number,
    )


def _unsaid(turn: flow.Turn, meant: Event, _timeline: Sequence[Event]) -> Event:
    if not outbox.take_back(incident_id=turn.incident.pk, step=f"{meant.kind}:{meant.number}"):
        raise NotPossible(gettext("it has left; write to the customer again"))
    message = Message.objects.get(event=meant)
    message.taken_back_at = turn.now
    erase(message, at=turn.now, by=turn.by)
    event = turn.append(t.TAKEN_BACK, event=meant.number)
    _require_sound(turn)
    return event


def _require_sound(turn: flow.Turn) -> None:
    """Refuse where what happened since could not have happened without what is taken back."""
    try:
        turn.standing()
    except lifecycle.NotAllowedNow:
        raise NotPossible(gettext("the incident has moved on since, and rests on what was said")) from None


_TAKING_BACK: dict[str, Callable[[flow.Turn, Event, Sequence[Event]], Event]] = {
    t.DISPATCHED: _to_who_had_it,
    t.CLASSIFIED: _to_the_severity_before,
    t.REPLIED: _unsaid,
    t.ASKED: _unsaid,
}
