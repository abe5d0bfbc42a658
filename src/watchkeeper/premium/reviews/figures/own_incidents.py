"""The incidents that a review is about: of one account, in earnest, each once."""

from __future__ import annotations

from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.incidents.models import Event, Incident, IncidentQuerySet
from watchkeeper.people.models import Account


def own_incidents(account: Account) -> IncidentQuerySet:
    """Those of an account: no tests, nothing whose sender nobody confirmed, and what was merged counts as the other."""
    merged = Event.objects.filter(account=account, kind=t.MERGED).values("incident")
    return Incident.objects.filter(account=account, is_unverified=False).in_earnest().exclude(pk__in=merged)


def severity_name(policy: Policy, number: int) -> str:
    """What a severity is called; an earlier version of the policy may have had more of them."""
    return next((each.name for each in policy.severities if each.number == number), str(number))
