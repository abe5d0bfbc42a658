"""A customer's own terms, for people and on paper: what was promised to them, as it is counted."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from watchkeeper.core.policy import Policy
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.policies.support_levels import document, paper
from watchkeeper.policies.support_levels.account_terms import AccountTerms, terms_of
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.versions import policy_in_force


def portal_terms(request: HttpRequest) -> HttpResponse:
    """``/support-terms``: what the reader's account was promised. People of the vendor have no such page."""
    now = clock.now()
    policy = policy_in_force(now)
    terms = _terms(request, policy, now)
    shown = {**terms._asdict(), "account_name": terms.account.name, **around(policy, now)}
    return render(request, "policies/your_terms.html", shown)


def portal_terms_pdf(request: HttpRequest) -> HttpResponse:
    """``/support-terms.pdf``: the same on paper, as it holds today."""
    now = clock.now()
    policy = policy_in_force(now)
    with translation.override("en"):  # like the vendor's page on paper
        content = paper.pdf(document.of_account(_terms(request, policy, now), policy, at=now))
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="support-terms.pdf"'},
    )


def _terms(request: HttpRequest, policy: Policy, now: datetime) -> AccountTerms:
    account = Account.objects.select_related("account_executive").get(pk=request.user.account_id)
    return terms_of(account, policy, at=now)
