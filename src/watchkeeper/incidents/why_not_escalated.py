"""Why an incident cannot be escalated now, in words for the customer."""

from __future__ import annotations

from django.utils.translation import gettext

from watchkeeper.core import lifecycle
from watchkeeper.core.commitments import BREACHED, MET, RUNNING
from watchkeeper.incidents.reading import Standing


def why_not_escalated(standing: Standing) -> str:
    """Why a customer cannot escalate now, in words for the customer."""
    outcomes = {commitment.outcome for commitment in standing.commitments}
    if standing.facts.state == lifecycle.CLOSED:
        return gettext("the incident is closed; report a new one that names it")
    if standing.facts.is_imported:
        return gettext("it came from another desk’s log; what was promised is counted, and leads to no escalation here")
    if BREACHED in outcomes:
        return gettext("the severity at the breach is not eligible for escalation at your level of support")
    if RUNNING in outcomes:
        return gettext("the promise is still running; you can escalate from the moment it is breached")
    if MET in outcomes:
        return gettext("every promise so far was kept, so there is nothing to escalate")
    return gettext("nothing is promised for this severity at your level of support, so nothing can be breached")
