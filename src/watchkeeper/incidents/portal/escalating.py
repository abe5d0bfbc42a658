"""Whether the customer may escalate an incident now, from when, whom it tells, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core import lifecycle
from watchkeeper.core.commitments import BREACHED, RUNNING, Commitment
from watchkeeper.core.policy import ACCOUNT_EXECUTIVE, ESCALATION_ANSWER, Contact, Policy
from watchkeeper.core.standing import BY_TIME, customer_may_escalate_at, since
from watchkeeper.escalation.recipients import ESCALATION_CONTACT, Recipient, recipients
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.portal.zones import Told, told
from watchkeeper.incidents.reading import Standing
from watchkeeper.people.models import Person

LATER, POSSIBLE, ESCALATED, ANSWERED, NOT_ELIGIBLE, NOTHING_OWED = (
    "later",
    "possible",
    "escalated",
    "answered",
    "not eligible",
    "nothing owed",
)


class Escalating(NamedTuple):
    """What the page says about escalating. ``owners`` are told by it and answer it; they and the ``distribution``
    are shown from the breach on."""

    state: str
    words: str = ""
    from_when: Told | None = None
    since: datetime | None = None
    answered_at: datetime | None = None
    owners: tuple[Recipient, ...] = ()
    distribution: Contact | None = None

    @property
    def owner_names(self) -> str:
        return ", ".join(owner.name for owner in self.owners)


def escalating(incident: Incident, standing: Standing, policy: Policy, reader: Person) -> Escalating | None:
    """How it stands with escalating; ``None`` on an incident that is closed."""
    facts = standing.facts
    if facts.state == lifecycle.CLOSED:
        return None
    if facts.escalation is None and not facts.may_escalate:
        return _not_now(standing, policy, reader)
    told_by_it = _owners(incident, standing, policy)
    distribution = (standing.promise or policy).contacts.get(ESCALATION_CONTACT)
    if facts.escalation is None:
        words = gettext("So long after your report you may escalate, though no promise is broken.")
        by_time = facts.eligible == {BY_TIME}
        return Escalating(POSSIBLE, words if by_time else "", owners=told_by_it, distribution=distribution)
    state = ANSWERED if facts.escalation.answered_at else ESCALATED
    return Escalating(
        state,
        since=facts.escalation.opened_at,
        answered_at=facts.escalation.answered_at,
        owners=told_by_it,
        distribution=distribution,
    )


def _not_now(standing: Standing, policy: Policy, reader: Person) -> Escalating:
    if standing.facts.is_imported:
        words = gettext("This came from another desk’s log: its promises are counted, and lead to no escalation here.")
        return Escalating(NOT_ELIGIBLE, words)
    promised = [each for each in standing.commitments if each.metric != ESCALATION_ANSWER]
    severity = policy.severity_numbered(standing.facts.severity).name
    running = [each for each in promised if each.outcome == RUNNING and each.due_at is not None]
    may_follow = [each for each in running if _is_eligible(each, standing)]
    from_when = [each.due_at for each in may_follow if each.due_at is not None]
    stands = since(standing.facts, standing.promises)
    by_time = customer_may_escalate_at(standing.facts, stands) if stands is not None else None
    if first := min([*from_when, *([by_time] if by_time else [])], default=None):
        return Escalating(LATER, from_when=told(first, policy, reader))
    if any(each.outcome == BREACHED for each in promised) or running:
        words = gettext(
            "At your level a breach at {severity} is not eligible for escalation; the team and its managers are told."
        )
        return Escalating(NOT_ELIGIBLE, words.format(severity=severity))
    if not promised:
        words = gettext("At your level nothing is promised for {severity}, so nothing can be breached.")
        return Escalating(NOTHING_OWED, words.format(severity=severity))
    return Escalating(NOTHING_OWED, gettext("Every promise so far was kept, so there is nothing to escalate."))


def _is_eligible(commitment: Commitment, standing: Standing) -> bool:
    return standing.facts.severity in standing.promises[commitment.promise].escalation.eligible


def _owners(incident: Incident, standing: Standing, policy: Policy) -> tuple[Recipient, ...]:
    told_by_it = recipients(
        (ACCOUNT_EXECUTIVE,),
        account=incident.account,
        assignee=incident.assignee,
        policy=policy,
        promise=standing.promise,
    )
    return tuple(told_by_it)
