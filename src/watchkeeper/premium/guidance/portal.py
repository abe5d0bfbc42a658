"""``/recommendations``: what the vendor recommends to the reader's account; its managers decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from watchkeeper.incidents.portal import shell
from watchkeeper.incidents.refusals import REFUSALS, shown, status_of, words_of
from watchkeeper.people import access, clock
from watchkeeper.policies.versions import local_day, policy_in_force
from watchkeeper.premium.guidance import acts
from watchkeeper.premium.guidance.entitled import kinds_held, level_with_recommendations
from watchkeeper.premium.guidance.evidence import evidence_of
from watchkeeper.premium.guidance.measured import measured
from watchkeeper.premium.guidance.shown import html_of, stands
from watchkeeper.premium.models import Recommendation, RecommendationEvent
from watchkeeper.premium.models.guidance import Kind

SECTION = "portal-recommendations"
ACCEPT, DECLINE = "accept", "decline"


def recommendations(request: HttpRequest) -> HttpResponse:
    """All that was sent, what waits for a decision first; without the feature, which level includes it."""
    now = clock.now()
    policy = policy_in_force(now)
    account = request.user.account
    rows = Recommendation.objects.seen_by(request.user).order_by("-sent_at", "pk")
    waiting = [row for row in rows if row.state == Recommendation.State.SENT]
    others = [row for row in rows if row.state != Recommendation.State.SENT]
    today = local_day(now)
    held = kinds_held(account, at=now)
    return shell.page(
        request,
        "premium/guidance/your_recommendations.html",
        now=now,
        policy=policy,
        lines=[{"row": row, "stands": stands(row), "is_overdue": row.is_overdue(today)} for row in waiting + others],
        kinds=[kind.label for kind in Kind if kind.value in held],
        all_kinds=[kind.label for kind in Kind],
        level=level_with_recommendations(policy),
        executive=account.account_executive,
        is_for_managers_alone=account.sees_only_own and not request.user.has_role("customer_manager"),
    )


def recommendation(request: HttpRequest, key: str) -> HttpResponse:
    """One of them: its words, its evidence, the decision, and the effect."""
    return _page(request, _seen(request, key))


def decision(request: HttpRequest, key: str) -> HttpResponse:
    """``decision=accept``, or ``decline`` with a reason."""
    found = _seen(request, key)
    said = request.POST.get("decision", "")
    reason = request.POST.get("reason", "")
    try:
        access.require(request.user, acts.ANSWER)
        if said == ACCEPT:
            acts.accept(found, by=request.user)
        elif said == DECLINE:
            acts.decline(found, by=request.user, reason=reason)
        else:
            words = gettext("Say {accept} or {decline}, not “{said}”.")
            return HttpResponse(words.format(accept=ACCEPT, decline=DECLINE, said=said), status=422)
    except REFUSALS as refusal:
        return _page(request, found, status=status_of(refusal), refused=words_of(refusal), reason=reason)
    thanks = (
        gettext("Accepted. Your vendor is told.") if said == ACCEPT else gettext("Declined. Your vendor is told why.")
    )
    messages.success(request, thanks)
    return redirect("portal-recommendation", key)


@shown
def completion(request: HttpRequest, key: str) -> HttpResponse:
    """It is done."""
    acts.finish(_seen(request, key), by=request.user)
    messages.success(request, gettext("Done. From now on its effect is counted."))
    return redirect("portal-recommendation", key)


def _seen(request: HttpRequest, key: str) -> Recommendation:
    along = ("account__account_executive", "account__team", "owner", "sent_by", "decided_by", "done_by")
    return get_object_or_404(Recommendation.objects.seen_by(request.user).select_related(*along), key=key)


def _page(request: HttpRequest, found: Recommendation, status: int = 200, **given: Any) -> HttpResponse:
    now = clock.now()
    policy = policy_in_force(now)
    known = found.events.filter(act__in=RecommendationEvent.KNOWN_TO_CUSTOMERS)
    return shell.page(
        request,
        "premium/guidance/your_recommendation.html",
        now=now,
        policy=policy,
        status=status,
        section=SECTION,
        found=found,
        stands=stands(found),
        words=html_of(found),
        is_overdue=found.is_overdue(local_day(now)),
        evidence=evidence_of(found.evidence, reader=request.user),
        measured=measured(found, policy=policy, now=now),
        history=known.select_related("by"),
        may_answer=access.may(request.user, acts.ANSWER),
        **given,
    )
