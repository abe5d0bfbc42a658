"""A customer's own terms: the effective promise, what their SLA changed in it, and what a higher level would give."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeeper.core.policy import Contact
from watchkeeper.people import clock
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.support_levels.held_terms import terms_of
from watchkeeper.policies.terms import Held, held_by, policy_in_force


@login_required
@require_safe
def portal_terms(request: HttpRequest) -> HttpResponse:
    """``/support-terms``: what the reader's account was promised. People of the vendor have no such page."""
    if not request.user.is_customer:
        raise Http404
    account = Account.objects.select_related("account_executive").get(pk=request.user.account_id)
    now = clock.now()
    policy = policy_in_force(now)
    held = held_by(account, at=now)
    terms = [terms_of(each, account, at=now) for each in held]
    shown = {
        "account": account,
        "account_name": account.name,
        "terms": terms,
        "contacts": _contacts(held) or [contact for contact in policy.contacts.values() if contact.is_public],
        "by_sla": {contact for each in terms for contact in each.contacts_of_sla},
        "executive": _reachable(account.account_executive),
        **around(policy, now),
    }
    return render(request, "policies/your_terms.html", shown)


def _contacts(held: list[Held]) -> list[Contact]:
    """The public contacts of all promises, each once."""
    found = {contact: None for each in held for contact in each.promise.contacts.values() if contact.is_public}
    return list(found)


def _reachable(executive: Person | None) -> Person | None:
    return executive if executive is not None and executive.is_active else None
