"""Licences of an account: opened, renewed, ended. Each is a form of days, and a line in the history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from watchkeeper.incidents.desk import shell
from watchkeeper.office.agreements import history, period_form
from watchkeeper.office.agreements.door import account_read, licence_read, renewed
from watchkeeper.office.agreements.keeping import Overlaps, keep_licence
from watchkeeper.office.agreements.period_form import EndForm, PeriodForm
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.policies import periods
from watchkeeper.policies.models import Licence
from watchkeeper.policies.versions import local_day, policy_in_force


def new_licence(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a licence; ``?renews=`` names one that the new one follows."""
    account = account_read(request, slug)
    follows = renewed(request, account.licences.all())
    initial = period_form.after(follows.period) if follows else {"first_day": local_day(clock.now())}
    form = PeriodForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        licence = Licence(account=account, period=form.period)
        act = "renewed" if follows else "opened"
        if _is_kept(
            request,
            form,
            licence,
            act,
            gettext("The licence holds {period}.").format(period=periods.through(form.period)),
        ):
            return redirect("desk-account", slug)
    title = gettext("Renew the licence") if follows else gettext("Open a licence")
    return _form_page(request, account, form, title=title)


def licence_end(request: HttpRequest, key: int) -> HttpResponse:
    """Say the last day of a licence."""
    licence = licence_read(request, key)
    given = request.POST if request.method == "POST" else None
    initial = {"last_day": periods.last_day(licence.period) or local_day(clock.now())}
    form = EndForm(given, begins=licence.period.lower, initial=initial)
    if form.is_bound and form.is_valid():
        before = history.days_of(licence)
        licence.period = DateRange(licence.period.lower, form.cleaned_data["last_day"] + periods.ONE_DAY)
        if _is_kept(
            request,
            form,
            licence,
            "ended",
            gettext("The licence ends: {period}.").format(period=periods.through(licence.period)),
            before,
        ):
            return redirect("desk-account", licence.account.slug)
    return _form_page(request, licence.account, form, title=gettext("End the licence"), licence=licence)


def _is_kept(
    request: HttpRequest,
    form: Any,
    licence: Licence,
    act: str,
    said: str,
    before: history.Said = history.NOTHING,
) -> bool:
    try:
        keep_licence(licence, act, by=request.user, in_force=policy_in_force(clock.now()), before=before)
    except Overlaps as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, said)
    return True


def _form_page(request: HttpRequest, account: Account, form: Any, **shown: Any) -> HttpResponse:
    now = clock.now()
    return shell.page(
        request,
        "office/agreements/licence_form.html",
        now=now,
        policy=policy_in_force(now),
        status=422 if form.is_bound else 200,
        section="desk-accounts",
        account=account,
        form=form,
        **shown,
    )
