"""What a person is offered on an incident: the acts that their role, its state and its facts allow.

It decides what a page shows. What may be done is decided by the verbs, which ask again.
"""

from __future__ import annotations

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.disputes import OPEN
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reading import Standing
from watchkeeper.people import access
from watchkeeper.people.models import Person

_KIND_OF = {
    "acknowledge": t.ACKNOWLEDGED,
    "dispatch": t.DISPATCHED,
    "reply": t.REPLIED,
    "ask": t.ASKED,
    "note": t.NOTED,
    "log a call": t.CALL_LOGGED,
    "redact": t.REDACTED,
    "classify": t.CLASSIFIED,
    "resume": t.RESUMED,
    "resolve": t.RESOLVED,
    "reopen": t.REOPENED,
    "close": t.CLOSED,
    "merge": t.MERGED,
    "link": t.LINKED,
    "add participants": t.JOINED,
    "apply promise": t.PROMISE_APPLIED,
    "apply a later promise": t.PROMISE_APPLIED,
}
"""Acts that the role and the state alone decide, and the event that each leaves behind."""


def offers(person: Person, incident: Incident, standing: Standing) -> frozenset[str]:
    """The acts to offer, in the words of ``access.WHO_MAY``, and ``end escalation``."""
    offered = {act for act, kind in _KIND_OF.items() if lifecycle.allows(incident.state, kind)}
    escalation = standing.facts.escalation
    if escalation is not None and escalation.answered_at is None:
        offered.add("answer escalation")
    if standing.facts.is_unverified:
        offered.add("confirm sender")
    if any(not commitment.excluded for commitment in standing.commitments):
        offered.add("exclude")
    if any(dispute.standing == OPEN for dispute in standing.facts.disputes):
        offered.add("answer dispute")
    allowed = {act for act in offered if access.may(person, act)}
    if escalation is not None and access.may(person, "answer escalation"):
        allowed.add("end escalation")
    return frozenset(allowed)
