"""What a breach makes possible: escalating, answering that, ending it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.verbs.refusals import NotPossible, required
from watchkeeper.incidents.why_not_escalated import why_not_escalated
from watchkeeper.people import access
from watchkeeper.people.models import Person


def escalate(incident: Incident, *, by: Person, text: str = "", **data: Any) -> Event:
    """Escalate after an eligible breach; a second attempt joins the escalation that is open. ``data`` is what else its
    event holds."""
    access.require(by, "escalate")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        standing = turn.standing()
        if not standing.facts.may_escalate:
            raise NotPossible(why_not_escalated(standing))
        kind = t.ESCALATION_JOINED if standing.facts.escalation else t.ESCALATED
        return turn.append(kind, says=text.strip(), **data)


def answer_escalation(incident: Incident, *, by: Person, text: str) -> Event:
    """Answer the customer's escalation in public; that meets its own promise."""
    access.require(by, "answer escalation")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        escalation = turn.standing().facts.escalation
        if escalation is None or escalation.answered_at is not None:
            raise NotPossible(gettext("no escalation waits for an answer here"))
        return turn.append(t.ESCALATION_ANSWERED, says=required(text))


def end_escalation(incident: Incident, *, by: Person, reason: str) -> Event:
    """End an escalation: what it asked for is settled."""
    access.require(by, "answer escalation")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        if turn.standing().facts.escalation is None:
            raise NotPossible(gettext("no escalation is open here"))
        return turn.append(t.ESCALATION_ENDED, reason=required(reason))
