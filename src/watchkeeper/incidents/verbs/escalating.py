"""What a breach makes possible: escalating, answering that, ending it."""

from __future__ import annotations

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import standing_of
from watchkeeper.incidents.verbs.refusals import NotPossible, required
from watchkeeper.people import access
from watchkeeper.people.models import Person


def escalate(incident: Incident, *, by: Person, text: str = "") -> Event:
    """Escalate after an eligible breach; a second attempt joins the escalation that is open."""
    access.require(by, "escalate")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        facts = standing_of(turn.incident).facts
        if not facts.may_escalate:
            raise NotPossible(why_not_escalated(turn.incident))
        kind = t.ESCALATION_JOINED if facts.escalation else t.ESCALATED
        return turn.append(kind, says=text.strip())


def why_not_escalated(incident: Incident) -> str:
    """Why a customer cannot escalate now, in words for the customer."""
    if not incident.is_open and incident.state != lifecycle.RESOLVED:
        return "the incident is closed; report a new one that names it"
    if incident.is_breached:
        return "the severity at the breach is not eligible for escalation at your level of support"
    if incident.due_at is None:
        return "nothing is promised for this severity at your level of support, so nothing can be breached"
    return "the promise is still running; you can escalate from the moment it is breached"


def answer_escalation(incident: Incident, *, by: Person, text: str) -> Event:
    """Answer the customer's escalation in public; that meets its own promise."""
    access.require(by, "answer escalation")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        escalation = standing_of(turn.incident).facts.escalation
        if escalation is None or escalation.answered_at is not None:
            raise NotPossible("no escalation waits for an answer here")
        return turn.append(t.ESCALATION_ANSWERED, says=required(text))


def end_escalation(incident: Incident, *, by: Person, reason: str) -> Event:
    """End an escalation: what it asked for is settled."""
    access.require(by, "answer escalation")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if standing_of(turn.incident).facts.escalation is None:
            raise NotPossible("no escalation is open here")
        return turn.append(t.ESCALATION_ENDED, reason=required(reason))
