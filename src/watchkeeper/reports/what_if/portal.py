"""``/what-if``: what another level would have promised for the reader's own incidents, and nobody else's."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from watchkeeper.core.policy import Policy
from watchkeeper.incidents.portal import shell
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.reports.what_if import answering
from watchkeeper.reports.what_if.forms import PeriodForm, usual_period
from watchkeeper.reports.what_if.offered import levels
from watchkeeper.reports.what_if.parts import NotCarried, Part, begun, further
from watchkeeper.reports.what_if.question import LEVEL, Question
from watchkeeper.reports.what_if.shown import shown

MISTYPED, GONE = 422, 409


def what_if(request: HttpRequest) -> HttpResponse:
    """The level chosen, else the highest, over the last months; with the first part of the answer."""
    now = clock.now()
    policy = policy_in_force(now)
    form = _form(request, now, policy)
    if not form.is_valid():
        return _page(request, form, now, policy, status=MISTYPED)
    part = begun(_question(form, request), request.user, policy=policy, now=now)
    return _page(request, form, now, policy, **_answered(request, part))


def further_part(request: HttpRequest) -> HttpResponse:
    """The next part of an answer: for htmx the answer alone, else the page with it."""
    now = clock.now()
    policy = policy_in_force(now)
    try:
        part = further(request.POST.get("carried", ""), request.user, policy=policy)
    except NotCarried:
        lost = gettext("The answer cannot go on: it was begun too long ago. Ask again.")
        return _page(request, _unasked(now, policy), now, policy, status=GONE, lost=lost)
    answered = _answered(request, part)
    if request.headers.get("HX-Request"):
        return render(request, "reports/what_if/result.html", answered | answering.around_it(policy, now))
    return _page(request, _unasked(now, policy), now, policy, **answered)


def file(request: HttpRequest) -> HttpResponse:
    """The answer as CSV."""
    now = clock.now()
    policy = policy_in_force(now)
    form = _form(request, now, policy)
    if not form.is_valid():
        return _page(request, form, now, policy, status=MISTYPED)
    return answering.as_csv(request, _question(form, request), policy)


def _form(request: HttpRequest, now: datetime, policy: Policy) -> PeriodForm:
    usual = _usual(now, policy)
    asked = request.GET if "terms" in request.GET else {name: str(value) for name, value in usual.items()}
    return PeriodForm(asked, offered=levels(policy))


def _unasked(now: datetime, policy: Policy) -> PeriodForm:
    return PeriodForm(initial=_usual(now, policy), offered=levels(policy))


def _usual(now: datetime, policy: Policy) -> dict[str, Any]:
    today = now.astimezone(ZoneInfo(policy.zone)).date()
    return {"terms": f"{LEVEL}:{policy.levels[-1].key}", **usual_period(today)}


def _question(form: PeriodForm, request: HttpRequest) -> Question:
    return form.question(account=request.user.account_id)


def _answered(request: HttpRequest, part: Part) -> dict[str, Any]:
    return {
        **shown(part),
        "carried": "" if part.is_whole else part.carried(request.user),
        "further_url": "portal-what-if-further",
        "file_url": "portal-what-if-file",
        "incident_url": "portal-incident",
        "names_accounts": False,
        "asked": answering.address_of(part.question._replace(account=None)),
    }


def _page(request: HttpRequest, form: PeriodForm, now: datetime, policy: Policy, **named: Any) -> HttpResponse:
    return shell.page(request, "reports/what_if/portal.html", now=now, policy=policy, form=form, **named)
