"""``/desk/report``: report for a customer who called or wrote; first for which account, then what is wrong."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.policy import Policy
from watchkeeper.incidents import verbs
from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.models import Incident, SentForm
from watchkeeper.incidents.portal import offers
from watchkeeper.incidents.portal.forms import ReportForm
from watchkeeper.incidents.refusals import REFUSALS, status_of, words_of
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.terms import About, would_give
from watchkeeper.policies.versions import policy_of, version_in_force

_CHANNELS = (Incident.Channel.PHONE, Incident.Channel.MAIL, Incident.Channel.PORTAL)


class ReportForCustomerForm(ReportForm):
    """The customer's own form, and who it is for and how they reached us."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("For whom?"),
        required=False,
        empty_label=gettext_lazy("nobody in particular"),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How did they reach us?"), choices=[(channel.value, channel.label) for channel in _CHANNELS]
    )
    field_order = ("key", "person", "channel", "severity", "title", "body", "product", "component", "environment")

    def __init__(self, *given: Any, account: Account, policy: Policy, **named: Any) -> None:
        super().__init__(*given, policy=policy, **named)
        self.fields["person"].queryset = account.people.filter(is_active=True)


def report(request: HttpRequest) -> HttpResponse:
    """Choose the account (``?account=``), then report; the same form sent again leads to the incident it became."""
    accounts = access.accounts_served_by(request.user)
    now = clock.now()
    slug = request.GET.get("account", "").replace("\0", "")
    if not slug:
        return shell.page(request, "desk/report_account.html", now=now, section="desk-queue", accounts=accounts)
    account = get_object_or_404(accounts, slug=slug)
    policy = policy_of(version_in_force(now))
    if request.method != "POST":
        blank = ReportForCustomerForm(account=account, policy=policy, initial={"key": uuid.uuid4()})
        return _form_page(request, blank, account, policy, now)
    form = ReportForCustomerForm(request.POST, request.FILES, account=account, policy=policy)
    if not form.is_valid():
        return _form_page(request, form, account, policy, now, status=422)
    try:
        incident = _once(request.user, account, form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return _form_page(request, form, account, policy, now, status=status_of(refusal))
    words = gettext("{incident} is reported for {account}.")
    messages.success(request, words.format(incident=incident.reference, account=account.name))
    return redirect("desk-incident", incident.reference)


def _form_page(
    request: HttpRequest,
    form: ReportForCustomerForm,
    account: Account,
    policy: Policy,
    now: datetime,
    *,
    status: int = 200,
) -> HttpResponse:
    promise = would_give(account, at=now, about=About(received_at=now))
    cards = offers.cards(promise, policy, now=now)
    return shell.page(
        request,
        "desk/report.html",
        now=now,
        policy=policy,
        status=status,
        section="desk-queue",
        form=form,
        account=account,
        cards=cards,
        promise=promise,
    )


def _once(by: Person, account: Account, given: dict[str, Any]) -> Incident:
    """Report, unless this very form was sent before. A second sending waits here for the first to end."""
    with transaction.atomic():
        sent, is_first = SentForm.objects.get_or_create(person=by, key=given["key"], defaults={"account": account})
        if is_first:
            said = {name: given[name] for name in verbs.Report._fields}
            sent.incident = verbs.report(
                verbs.Report(**said),
                account=account,
                by=by,
                channel=given["channel"],
                on_behalf_of=given["person"],
                given_files=given["files"],
            )
            sent.save(update_fields=["incident"])
    return sent.incident
