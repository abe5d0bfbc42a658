"""``/desk/what-if``: the incidents that the reader sees under other terms, answered in parts."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from watchkeeper.core.policy import Policy
from watchkeeper.incidents.desk import shell
from watchkeeper.people import access, clock
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.reports.what_if import answering
from watchkeeper.reports.what_if.forms import DeskForm, usual_period
from watchkeeper.reports.what_if.offered import NotOffered, levels, offered_to
from watchkeeper.reports.what_if.parts import NotCarried, Part, begun, further
from watchkeeper.reports.what_if.shown import shown

MISTYPED, GONE = 422, 409


def what_if(request: HttpRequest) -> HttpResponse:
    """The question; asked in the address, with the first part of its answer."""
    now = clock.now()
    policy = policy_in_force(now)
    form = _form(request, now, policy)
    if not form.is_bound:
        return _page(request, form, now=now)
    if not form.is_valid():
        return _page(request, form, now=now, status=MISTYPED)
    try:
        part = begun(_question(form), request.user, policy=policy, now=now)
    except NotOffered as refused:
        form.add_error("sla" if form.cleaned_data["sla"] else "terms", str(refused))
        return _page(request, form, now=now, status=MISTYPED)
    return _page(request, form, now=now, **_answered(request, part))


def further_part(request: HttpRequest) -> HttpResponse:
    """The next part of an answer: for htmx the answer alone, else the page with it."""
    now = clock.now()
    policy = policy_in_force(now)
    try:
        part = further(request.POST.get("carried", ""), request.user, policy=policy)
    except (NotCarried, NotOffered):
        lost = gettext("The answer cannot go on: it was begun too long ago, or what it asks about is gone. Ask again.")
        return _page(request, DeskForm(**_offered(request, now, policy)), now=now, status=GONE, lost=lost)
    answered = _answered(request, part)
    if request.headers.get("HX-Request"):
        return render(request, "reports/what_if/result.html", answered | answering.around_it(policy, now))
    return _page(request, DeskForm(**_offered(request, now, policy)), now=now, **answered)


def file(request: HttpRequest) -> HttpResponse:
    """The answer as CSV, of so many incidents at most as ``csv_file`` says; unasked, of the highest level lately."""
    now = clock.now()
    policy = policy_in_force(now)
    offered = _offered(request, now, policy)
    usual = {name: str(value) for name, value in offered["initial"].items()}
    form = DeskForm(request.GET if "terms" in request.GET else usual, **offered)
    if not form.is_valid():
        return _page(request, form, now=now, status=MISTYPED)
    try:
        return answering.as_csv(request, _question(form), policy)
    except NotOffered as refused:
        form.add_error("terms", str(refused))
        return _page(request, form, now=now, status=MISTYPED)


def _form(request: HttpRequest, now: datetime, policy: Policy) -> DeskForm:
    offered = _offered(request, now, policy)
    return DeskForm(request.GET, **offered) if "terms" in request.GET else DeskForm(**offered)


def _offered(request: HttpRequest, now: datetime, policy: Policy) -> dict[str, Any]:
    today = now.astimezone(ZoneInfo(policy.zone)).date()
    return {
        "offered": offered_to(request.user, policy),
        "accounts": access.accounts_served_by(request.user),
        "initial": {"terms": levels(policy)[-1][0], **usual_period(today)},
    }


def _question(form: DeskForm) -> Any:
    account = form.cleaned_data["account"]
    return form.question(account=account.pk if account else None)


def _answered(request: HttpRequest, part: Part) -> dict[str, Any]:
    return {
        **shown(part),
        "carried": "" if part.is_whole else part.carried(request.user),
        "further_url": "desk-what-if-further",
        "file_url": "desk-what-if-file",
        "incident_url": "desk-incident",
        "names_accounts": True,
        "asked": answering.address_of(part.question),
    }


def _page(request: HttpRequest, form: DeskForm, **named: Any) -> HttpResponse:
    return shell.page(request, "reports/what_if/desk.html", section="desk-what-if", form=form, **named)
