"""What people say on an incident: acknowledging, replying, asking, noting, and going on without an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.policy import REACHED_BY_MESSAGE
from watchkeeper.incidents import files, flow, moment
from watchkeeper.incidents.actor import WATCHKEEPER, Actor
from watchkeeper.incidents.in_words import STATES
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.verbs.refusals import AlreadyAcknowledged, NotPossible, required
from watchkeeper.people import access
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Person

AT_ONCE = timedelta(0)


def acknowledge(incident: Incident, *, by: Person, text: str = "") -> Event:
    """Tell the customer that a person has taken the incident; the first one counts, a second is refused."""
    access.require(by, "acknowledge")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if not lifecycle.allows(turn.incident.state, t.ACKNOWLEDGED):
            raise AlreadyAcknowledged(_who_acknowledged(turn.incident))
        take_if_nobodys(turn, by)
        return turn.append(t.ACKNOWLEDGED, says=text.strip() or acknowledgement_by(by, to=turn.incident.reporter))


def acknowledgement_by(person: Person, *, to: Person | None = None) -> str:
    """The words of an acknowledgement that its author did not write, in the language of who reads it."""
    with speaking_to(to):
        return gettext("{person} has your report and is working on it.").format(person=person.name)


def reply(
    incident: Incident,
    *,
    by: Person,
    text: str,
    reached: str = "",
    given_files: Sequence[files.GivenFile] = (),
    held_for: timedelta = AT_ONCE,
    **data: Any,
) -> Event:
    """Say something to the other side: a person of the team replies, a customer answers.

    ``reached`` names a metric of ``REACHED_BY_MESSAGE`` that a reply of the team meets: that there is a workaround.
    ``held_for`` is how long a reply of the team is held before it leaves, so that it can be taken back. ``data`` is
    what else its event holds.
    """
    access.require(by, "answer" if by.is_customer else "reply")
    kind = t.ANSWERED if by.is_customer else t.REPLIED
    if reached and (kind != t.REPLIED or reached not in REACHED_BY_MESSAGE):
        words = gettext('"{reached}" is not reached by a message; the team says {names}')
        raise NotPossible(words.format(reached=reached, names=", ".join(REACHED_BY_MESSAGE)))
    data |= {"reached": reached} if reached else {}
    return _say(incident, kind, by=by, text=text, given_files=given_files, held_for=held_for, **data)


def ask(
    incident: Incident,
    *,
    by: Person,
    text: str,
    given_files: Sequence[files.GivenFile] = (),
    held_for: timedelta = AT_ONCE,
) -> Event:
    """Ask the customer in public: updates and resolution stand still until a person answers. ``held_for`` as above."""
    access.require(by, "ask")
    return _say(incident, t.ASKED, by=by, text=text, given_files=given_files, held_for=held_for)


def note(incident: Incident, *, by: Person, text: str, given_files: Sequence[files.GivenFile] = ()) -> Event:
    """Write down something for the team alone."""
    access.require(by, "note")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        event = turn.append(t.NOTED, says=required(text), is_public=False)
        files.keep(event, given_files)
        return event


def remark(incident: Incident, text: str) -> Event:
    """Write down for the team what Watchkeeper noticed by itself."""
    with flow.turn_of(incident, WATCHKEEPER) as turn:
        return turn.append(t.NOTED, says=text, is_public=False)


def log_call(incident: Incident, *, by: Person, called_at: datetime, caller: str, call_back: str, text: str) -> Event:
    """Write down a telephone call when it was made: who called, where to call back, what was said.

    Raises ``moment.NotThen`` for a call in the future or before what is on the timeline already.
    """
    access.require(by, "log a call")
    with moment.past(called_at, source="telephone"), flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(
            t.CALL_LOGGED, says=required(text), is_public=False, caller=required(caller), call_back=call_back.strip()
        )


def resume(incident: Incident, *, by: Person, reason: str) -> Event:
    """Stop waiting for the customer: the clocks of updates and resolution go on."""
    access.require(by, "resume")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.RESUMED, reason=required(reason))


def take_if_nobodys(turn: flow.Turn, by: Person) -> None:
    """Dispatch an open incident that is nobody's to the first engineer or manager who speaks to the customer."""
    if turn.incident.assignee_id is None and turn.incident.is_open and access.may(by, "acknowledge"):
        turn.append(t.DISPATCHED, assignee=by.pk)


def _say(
    incident: Incident,
    kind: str,
    *,
    by: Person,
    text: str,
    given_files: Sequence[files.GivenFile] = (),
    held_for: timedelta = AT_ONCE,
    **data: Any,
) -> Event:
    with flow.turn_of(incident, Actor.of(by)) as turn:
        take_if_nobodys(turn, by)
        if held_for:
            data["leaves_at"] = turn.moment.recorded_at + held_for
        event = turn.append(kind, says=required(text), **data)
        files.keep(event, given_files)
        return event


def _who_acknowledged(incident: Incident) -> str:
    first = (
        incident.events.filter(kind__in=t.TEAM_SPOKE, person__isnull=False, message__taken_back_at=None)
        .select_related("person")
        .order_by("number")
        .first()
    )
    if first is None:
        words = gettext("{incident} is {state} and can no longer be acknowledged")
        return words.format(incident=incident.reference, state=STATES[incident.state])
    words = gettext("{person} acknowledged {incident} first, at {moment} UTC")
    return words.format(person=first.person, incident=incident.reference, moment=f"{first.at:%Y-%m-%d %H:%M:%S}")
