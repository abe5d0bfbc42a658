"""``/report``: the form of a report, with the dated promise before it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from watchkeeper.core.policy import Policy
from watchkeeper.core.promise import Promise
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident, SentForm
from watchkeeper.incidents.portal import offers, shell
from watchkeeper.incidents.portal.forms import ReportForm, keep_drafts
from watchkeeper.incidents.refusals import REFUSALS, status_of, words_of
from watchkeeper.people import clock
from watchkeeper.people.models import Person
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.terms import About, would_give
from watchkeeper.policies.versions import policy_of, version_in_force


def portal_report(request: HttpRequest) -> HttpResponse:
    """Show the form; a POST reports. The same form sent again leads to the incident it became."""
    now = clock.now()
    policy = policy_of(version_in_force(now))
    if request.method != "POST":
        asked_for = {"key": uuid.uuid4(), "severity": request.GET.get("severity", "")}
        return _form_page(request, ReportForm(policy=policy, initial=asked_for), policy, now)
    form = ReportForm(request.POST, request.FILES, policy=policy)
    if not form.is_valid():
        return _form_page(request, form, policy, now, status=422)
    try:
        incident = _once(request.user, form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return _form_page(request, form, policy, now, status=status_of(refusal))
    words = gettext("Your report is in: {incident}. Here you see how long is left.")
    messages.success(request, words.format(incident=incident.reference))
    return redirect("portal-incident", incident.reference)


def portal_report_promise(request: HttpRequest) -> HttpResponse:
    """The promise for ``?severity=``, product and environment as a fragment; with ``?cards`` all severities anew."""
    now = clock.now()
    policy = policy_of(version_in_force(now))
    form = ReportForm(request.GET, policy=policy)
    promise = _promise_for(request.user, form, now)
    shown = {
        "form": form,
        "preview": _preview(form, promise, policy, now, request.user),
        "cards": offers.cards(promise, policy, now=now) if "cards" in request.GET else None,
        **around(policy, now),
    }
    return render(request, "portal/report_promise.html", shown)


def _form_page(
    request: HttpRequest, form: ReportForm, policy: Policy, now: datetime, *, status: int = 200
) -> HttpResponse:
    promise = _promise_for(request.user, form, now)
    sent = SentForm.objects.filter(person=request.user, incident__isnull=False).count()
    keep_drafts(form, "title", "body", of=f"report-by-{request.user.pk}", sent=sent)
    return shell.page(
        request,
        "portal/report.html",
        now=now,
        policy=policy,
        status=status,
        form=form,
        cards=offers.cards(promise, policy, now=now),
        preview=_preview(form, promise, policy, now, request.user),
        promise=promise,
        known_products=_known(request.user, "product", Agreement.Scope.PRODUCT),
        known_environments=_known(request.user, "environment", Agreement.Scope.ENVIRONMENT),
    )


def _promise_for(person: Person, form: ReportForm, now: datetime) -> Promise | None:
    about = About(_written(form, "product"), _written(form, "environment"), _written(form, "component"), "web", now)
    return would_give(person.account, at=now, about=about)


def _preview(
    form: ReportForm, promise: Promise | None, policy: Policy, now: datetime, reader: Person
) -> offers.Preview | None:
    chosen = _written(form, "severity")
    severity = next((each for each in policy.severities if str(each.number) == chosen), None)
    return severity and offers.preview(promise, policy, severity, now=now, reader=reader)


def _written(form: ReportForm, field: str) -> str:
    """What stands in a field, sound or not: it is only compared, never kept."""
    return str(form[field].value() or "").replace("\x00", "").strip()


def _once(person: Person, said: dict[str, Any]) -> Incident:
    """Report, unless this very form was sent before. A second sending waits here for the first to end."""
    with transaction.atomic():
        sent, is_first = SentForm.objects.get_or_create(
            person=person, key=said["key"], defaults={"account_id": person.account_id}
        )
        if is_first:
            sent.incident = verbs.report(
                verbs.Report(
                    title=said["title"],
                    body=said["body"],
                    severity=said["severity"],
                    product=said["product"],
                    component=said["component"],
                    environment=said["environment"],
                    is_test=said["is_test"],
                ),
                account=person.account,
                by=person,
                channel=Incident.Channel.PORTAL,
                given_files=said["files"],
            )
            sent.save(update_fields=["incident"])
    return sent.incident


def _known(person: Person, field: str, scope: str) -> list[str]:
    """What the account wrote in this field before, and what its agreements name: to choose from."""
    before: Iterable[str] = Incident.objects.seen_by(person).exclude(**{field: ""}).values_list(field, flat=True)
    agreed = Agreement.objects.filter(account=person.account, scope=scope).values_list("scope_value", flat=True)
    return sorted({*before.order_by().distinct()[:50], *agreed})
