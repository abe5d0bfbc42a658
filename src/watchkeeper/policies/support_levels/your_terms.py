"""A customer's own terms: the effective promise, what their SLA changed in it, and what a higher level would give."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeeper.core import published
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Contact, Severity
from watchkeeper.core.promise import Promise
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.support_levels.limits import Limit, limit_at
from watchkeeper.policies.terms import Held, held_by, policy_of, version_in_force


class Terms(NamedTuple):
    """One promise that an account holds: what it covers, its table, its limits. ``until`` is exclusive."""

    covers: str
    promise: Promise
    rank: int
    until: date | None
    table: published.Table
    limits: tuple[Limit, ...]
    eligible: tuple[Severity, ...]
    not_eligible: tuple[Severity, ...]

    @property
    def is_changed(self) -> bool:
        """Whether an SLA says something else than the level anywhere in the table."""
        return any(cell.is_changed for row in self.table.rows for cell in row.cells)


@login_required
@require_safe
def portal_terms(request: HttpRequest) -> HttpResponse:
    """``/support-terms``: what the reader's account was promised. People of the vendor have no such page."""
    if not request.user.is_customer:
        raise Http404
    account = Account.objects.select_related("account_executive").get(pk=request.user.account_id)
    now = clock.now()
    policy = policy_of(version_in_force(now))
    held = held_by(account, at=now)
    shown = {
        "account": account,
        "account_name": account.name,
        "terms": [_terms(each) for each in held],
        "contacts": _contacts(held) or [contact for contact in policy.contacts.values() if contact.is_public],
        "executive": _reachable(account.account_executive),
        **around(policy, now),
    }
    return render(request, "policies/your_terms.html", shown)


def _terms(held: Held) -> Terms:
    promise = held.promise
    promised = [severity for severity in promise.policy.severities if promise.target(ACKNOWLEDGEMENT, severity.number)]
    return Terms(
        covers=_covers(held.agreement),
        promise=promise,
        rank=promise.policy.levels.index(promise.level) + 1,
        until=held.agreement.period.upper if held.agreement else None,
        table=published.table(promise),
        limits=tuple(filter(None, (limit_at(promise, each.number) for each in promise.policy.severities))),
        eligible=tuple(each for each in promised if each.number in promise.escalation.eligible),
        not_eligible=tuple(each for each in promised if each.number not in promise.escalation.eligible),
    )


def _covers(agreement: Agreement | None) -> str:
    if agreement is None:
        return "Included in your licence"
    if agreement.scope == Agreement.Scope.ALL:
        return "For everything you report"
    return f"For the {agreement.scope} {agreement.scope_value}"


def _contacts(held: list[Held]) -> list[Contact]:
    """The public contacts of all promises, each once."""
    found = {contact: None for each in held for contact in each.promise.contacts.values() if contact.is_public}
    return list(found)


def _reachable(executive: Person | None) -> Person | None:
    return executive if executive is not None and executive.is_active else None
