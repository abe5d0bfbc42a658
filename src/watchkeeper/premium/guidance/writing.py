"""Writing a recommendation: a new one for an account, the words of a draft, and who sees to it by when."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.refusals import REFUSALS, status_of, words_of
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account
from watchkeeper.policies.versions import local_day, policy_in_force
from watchkeeper.premium.guidance import acts
from watchkeeper.premium.guidance.desk import SECTION, recommendation_page, seen
from watchkeeper.premium.guidance.entitled import kinds_held, level_with_recommendations
from watchkeeper.premium.guidance.forms import ArrangementForm, RecommendationForm
from watchkeeper.premium.guidance.subjects import written
from watchkeeper.premium.models import Recommendation


def new_recommendation(request: HttpRequest) -> HttpResponse:
    """Choose the account (``?account=``), then write."""
    accounts = access.accounts_served_by(request.user)
    now = clock.now()
    slug = request.GET.get("account", "").replace("\0", "")
    account = get_object_or_404(accounts, slug=slug) if slug else None
    if account is None or not kinds_held(account, at=now):
        return _choice(request, accounts, account, now)
    form = _form(request, account, None, now, initial={"owner": request.user.pk})
    if form.is_bound and form.is_valid():
        return redirect("desk-recommendation", acts.begin(account, by=request.user, written=form.written).key)
    return _page(request, form, account, None, now, status=422 if form.is_bound else 200)


def words(request: HttpRequest, key: str) -> HttpResponse:
    """Change a draft; what was sent stays as it was read."""
    draft = seen(request, key)
    if draft.state != Recommendation.State.DRAFT:
        return redirect("desk-recommendation", key)
    now = clock.now()
    form = _form(request, draft.account, draft, now, initial=_said(request, draft))
    if not form.is_bound:
        return _page(request, form, draft.account, draft, now)
    status = 422
    if form.is_valid():
        try:
            acts.rewrite(draft, by=request.user, written=form.written, seen=form.cleaned_data["seen"] or 0)
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
            status = status_of(refusal)
        else:
            messages.success(request, gettext("The draft is kept. The customer sees nothing of it yet."))
            return redirect("desk-recommendation", key)
    return _page(request, form, draft.account, draft, now, status=status)


def arrangement(request: HttpRequest, key: str) -> HttpResponse:
    """Say who sees to it, and by when."""
    found = seen(request, key)
    form = ArrangementForm(request.POST, account=found.account, today=local_day(clock.now()))
    if form.is_valid():
        try:
            acts.arrange(found, by=request.user, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
        else:
            messages.success(request, gettext("It is arranged."))
            return redirect("desk-recommendation", key)
    return recommendation_page(request, found, form)


def _choice(request: HttpRequest, accounts: QuerySet[Account], without: Account | None, now: datetime) -> HttpResponse:
    """The accounts to choose from; ``without`` is one that was chosen and holds no recommendations."""
    return shell.page(
        request,
        "premium/guidance/for_whom.html",
        now=now,
        section=SECTION,
        accounts=accounts.order_by("name"),
        without=without,
        level=level_with_recommendations(policy_in_force(now)),
    )


def _form(
    request: HttpRequest, account: Account, draft: Recommendation | None, now: datetime, initial: dict[str, object]
) -> RecommendationForm:
    given = request.POST if request.method == "POST" else None
    policy, today = policy_in_force(now), local_day(now)
    return RecommendationForm(
        given, account=account, by=request.user, policy=policy, now=now, today=today, draft=draft, initial=initial
    )


def _said(request: HttpRequest, draft: Recommendation) -> dict[str, object]:
    references = Incident.objects.seen_by(request.user).filter(pk__in=draft.evidence).order_by("-pk")
    return {
        "kind": draft.kind,
        "title": draft.title,
        "text": draft.text,
        "evidence": " ".join(references.values_list("reference", flat=True)),
        "subject": written(draft.subject),
        "owner": draft.owner_id,
        "due_on": draft.due_on,
        "seen": draft.number,
    }


def _page(
    request: HttpRequest,
    form: RecommendationForm,
    account: Account,
    draft: Recommendation | None,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    template = "premium/guidance/writing.html"
    return shell.page(
        request, template, now=now, status=status, section=SECTION, form=form, account=account, draft=draft
    )
