"""Which open incidents belong to accounts that are promised something else now than the incident was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from watchkeeper.core.promise import Promise
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reading import promises_given_last
from watchkeeper.policies.terms import Entitled
from watchkeeper.policies.versions import policy_of


class PromisedOtherwise(NamedTuple):
    """Incidents with what is promised now, and those it cannot be applied to, with the reason."""

    found: list[tuple[Incident, Promise]]
    impossible: list[tuple[Incident, str]]


def promised_otherwise(incidents: Sequence[Incident], *, at: datetime) -> PromisedOtherwise:
    """Compare what each incident was given last with what its account is promised now; the others are left out."""
    last = promises_given_last([incident.pk for incident in incidents])
    promise_now, sorted_out = _PromiseNow(at), PromisedOtherwise([], [])
    for incident in incidents:
        promise = promise_now.of(incident)
        if promise is None or _says_the_same(last[incident.pk], promise):
            continue
        if policy_of(incident.policy_version).scale != promise.policy.scale:
            reason = _("what is promised now has other severities; it keeps its promise")
            sorted_out.impossible.append((incident, reason))
        else:
            sorted_out.found.append((incident, promise))
    return sorted_out


class _PromiseNow:
    """The promise that an account has now; what it is entitled to is asked for once."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._known: dict[int, Entitled] = {}

    def of(self, incident: Incident) -> Promise | None:
        account = incident.account
        if account.pk not in self._known:
            self._known[account.pk] = Entitled(account, at=self._at)
        return self._known[account.pk].would_be_given(incident.about)


def _says_the_same(had: Promise | None, has: Promise) -> bool:
    """Whether two promises make the same deadlines, whatever else is different in their policies."""
    if had is None or had is has:
        return had is has
    terms = [(each.targets, each.operating, each.escalation.answer_within) for each in (had, has)]
    return terms[0] == terms[1]
