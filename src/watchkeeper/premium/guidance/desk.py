"""``/desk/recommendations``: what the data propose, and what was recommended; every act on one is posted to it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext, pgettext_lazy

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.refusals import shown
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account
from watchkeeper.policies.versions import local_day, policy_in_force
from watchkeeper.premium.guidance import acts
from watchkeeper.premium.guidance.entitled import kinds_held, level_with_recommendations
from watchkeeper.premium.guidance.evidence import Evidence, evidence_by_row, evidence_of
from watchkeeper.premium.guidance.forms import ArrangementForm
from watchkeeper.premium.guidance.measured import measured
from watchkeeper.premium.guidance.notices import managers_of
from watchkeeper.premium.guidance.proposing import propose_for
from watchkeeper.premium.guidance.shown import html_of, stands
from watchkeeper.premium.models import Proposal, Recommendation
from watchkeeper.ui.paging import address, page_number
from watchkeeper.ui.translated import again

PAGE = 50
SECTION = "desk-recommendations"
PROPOSED, UNDER_WAY, ENDED = "proposed", "under-way", "ended"
SIDES = {
    PROPOSED: pgettext_lazy("recommendations", "Proposed"),
    UNDER_WAY: pgettext_lazy("recommendations", "Under way"),
    ENDED: pgettext_lazy("recommendations", "Ended"),
}


class Suggestion(NamedTuple):
    """A proposal as the page shows it."""

    proposal: Proposal
    says: str
    threshold: str
    evidence: Evidence


class Line(NamedTuple):
    """A recommendation in the list."""

    row: Recommendation
    stands: dict[str, str]
    is_overdue: bool


def recommendations(request: HttpRequest) -> HttpResponse:
    """``?show=`` proposed, under-way or ended, ``?account=`` of one account, ``?page=``."""
    now = clock.now()
    served = access.accounts_served_by(request.user)
    show = request.GET.get("show", PROPOSED)
    show = show if show in SIDES else PROPOSED
    account = served.filter(slug=request.GET.get("account", "").replace("\0", "")).first()
    page = page_number(request.GET)
    rows = _rows(request, account)
    found = list(rows[show][page * PAGE : (page + 1) * PAGE + 1])
    slug = account.slug if account else ""
    return shell.page(
        request,
        "premium/guidance/recommendations.html",
        now=now,
        section=SECTION,
        show=show,
        accounts=served.order_by("name"),
        account=account,
        suggestions=_suggestions(request, found[:PAGE]) if show == PROPOSED else [],
        lines=_lines(found[:PAGE], now) if show != PROPOSED else [],
        tabs=[
            {
                "label": label,
                "href": address(show=key, account=slug),
                "is_current": key == show,
                "count": rows[key].count(),
            }
            for key, label in SIDES.items()
        ],
        earlier=address(show=show, account=slug, page=page - 1) if page else "",
        later=address(show=show, account=slug, page=page + 1) if len(found) > PAGE else "",
    )


def look(request: HttpRequest) -> HttpResponse:
    """Look for proposals now, at every account that the asker works on."""
    new = propose_for(access.accounts_served_by(request.user), now=clock.now())
    words = (
        ngettext("{count} new proposal.", "{count} new proposals.", new) if new else gettext("Nothing new to propose.")
    )
    messages.success(request, words.format(count=new))
    return redirect("desk-recommendations")


@shown
def proposal_acceptance(request: HttpRequest, key: int) -> HttpResponse:
    """Begin a draft of it, and write."""
    draft = acts.take_up(_proposal(request, key), by=request.user)
    messages.success(request, gettext("A draft has begun. The customer sees nothing of it until you send it."))
    return redirect("desk-recommendation-words", draft.key)


@shown
def proposal_dropping(request: HttpRequest, key: int) -> HttpResponse:
    """Drop it, with a reason."""
    acts.drop(_proposal(request, key), by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, gettext("The proposal is dropped."))
    return redirect("desk-recommendations")


def recommendation(request: HttpRequest, key: str) -> HttpResponse:
    """One of them: its words as the customer reads them, its evidence, what became of it, and what can be done."""
    return recommendation_page(request, seen(request, key))


def recommendation_page(
    request: HttpRequest, found: Recommendation, arrangement: ArrangementForm | None = None
) -> HttpResponse:
    """The page; ``arrangement`` is a form that was refused."""
    now = clock.now()
    policy = policy_in_force(now)
    today = local_day(now)
    arranged = {"owner": found.owner_id, "due_on": found.due_on}
    return shell.page(
        request,
        "premium/guidance/recommendation.html",
        now=now,
        status=422 if arrangement else 200,
        section=SECTION,
        found=found,
        stands=stands(found),
        words=html_of(found),
        is_overdue=found.is_overdue(today),
        evidence=evidence_of(found.evidence, reader=request.user),
        proposal_says=again(found.proposal.says) if found.proposal else "",
        threshold=again(found.proposal.threshold) if found.proposal else "",
        measured=measured(found, policy=policy, now=now),
        history=found.events.select_related("by"),
        managers=managers_of(found.account),
        is_held=found.kind in kinds_held(found.account, at=now),
        level=level_with_recommendations(policy),
        arrangement=arrangement or ArrangementForm(account=found.account, today=today, initial=arranged),
    )


@shown
def sending(request: HttpRequest, key: str) -> HttpResponse:
    """Send the words that the page showed."""
    seen_number = request.POST.get("seen", "")
    number = int(seen_number) if seen_number.isascii() and seen_number.isdigit() else 0
    sent = acts.send(seen(request, key), by=request.user, seen=number)
    messages.success(request, gettext("It is sent to {account}.").format(account=sent.account.name))
    return redirect("desk-recommendation", key)


@shown
def discarding(request: HttpRequest, key: str) -> HttpResponse:
    """Do not send it, with a reason."""
    acts.discard(seen(request, key), by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, gettext("It is not sent."))
    return redirect("desk-recommendations")


@shown
def completion(request: HttpRequest, key: str) -> HttpResponse:
    """It is done."""
    acts.finish(seen(request, key), by=request.user)
    messages.success(request, gettext("It is done. From now on its effect is counted."))
    return redirect("desk-recommendation", key)


def seen(request: HttpRequest, key: str) -> Recommendation:
    """The recommendation of this name if the asker sees it; else there is no such page."""
    along = ("account__account_executive", "account__team", "owner", "proposal", "sent_by", "decided_by", "done_by")
    return get_object_or_404(Recommendation.objects.seen_by(request.user).select_related(*along), key=key)


def _proposal(request: HttpRequest, key: int) -> Proposal:
    return get_object_or_404(Proposal.objects.seen_by(request.user), pk=key)


def _rows(request: HttpRequest, account: Account | None) -> dict[str, QuerySet]:
    proposed = Proposal.objects.seen_by(request.user).open()
    recommended = Recommendation.objects.seen_by(request.user).select_related("account", "owner")
    if account is not None:
        proposed, recommended = proposed.filter(account=account), recommended.filter(account=account)
    return {
        PROPOSED: proposed.order_by("account__name", "-proposed_at", "pk").select_related("account"),
        UNDER_WAY: recommended.unfinished().order_by("due_on", "pk"),
        ENDED: recommended.exclude(state__in=Recommendation.UNFINISHED),
    }


def _suggestions(request: HttpRequest, proposals: list[Proposal]) -> list[Suggestion]:
    evidence = evidence_by_row({each.pk: each.evidence for each in proposals}, reader=request.user)
    return [Suggestion(each, again(each.says), again(each.threshold), evidence[each.pk]) for each in proposals]


def _lines(rows: list[Recommendation], now: datetime) -> list[Line]:
    today = local_day(now)
    return [Line(row, stands(row), row.is_overdue(today)) for row in rows]
