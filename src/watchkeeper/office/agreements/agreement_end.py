"""Ending an agreement, and calling off one that has not begun."""

from __future__ import annotations

from django.contrib import messages
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from watchkeeper.incidents.desk import shell
from watchkeeper.office.agreements import history, words
from watchkeeper.office.agreements.door import agreement_to_change
from watchkeeper.office.agreements.keeping import Overlaps, keep_agreement
from watchkeeper.office.agreements.period_form import EndForm
from watchkeeper.people import clock
from watchkeeper.policies import periods
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.versions import local_day, policy_in_force


def agreement_end(request: HttpRequest, key: int) -> HttpResponse:
    """Say the last day of an agreement."""
    shown = agreement_to_change(request, key)
    now = clock.now()
    given = request.POST if request.method == "POST" else None
    form = EndForm(given, begins=shown.period.lower, initial={"last_day": local_day(now)})
    if form.is_bound and form.is_valid() and _is_ended(request, shown, form):
        return redirect("desk-agreement", key)
    return shell.page(
        request,
        "office/agreements/agreement_end.html",
        now=now,
        policy=policy_in_force(now),
        status=422 if form.is_bound else 200,
        section="desk-accounts",
        account=shown.account,
        agreement=shown,
        form=form,
    )


def _is_ended(request: HttpRequest, agreement: Agreement, form: EndForm) -> bool:
    in_force = policy_in_force(clock.now())
    before = history.said_of_agreement(agreement, in_force)
    agreement.period = DateRange(agreement.period.lower, form.cleaned_data["last_day"] + periods.ONE_DAY)
    try:
        keep_agreement(agreement, "ended", by=request.user, in_force=in_force, before=before)
    except Overlaps as error:
        form.add_error(None, str(error))
        return False
    messages.success(
        request,
        gettext("{agreement} holds {period}.").format(
            agreement=words.called(agreement, in_force), period=periods.through(agreement.period)
        ),
    )
    return True


def calling_off(request: HttpRequest, key: int) -> HttpResponse:
    """Take away an agreement that has not begun; its history stays."""
    shown = agreement_to_change(request, key)
    now = clock.now()
    if shown.period.lower <= local_day(now):
        messages.error(request, gettext("It has begun: an agreement that holds, or held, is ended and not called off."))
        return redirect("desk-agreement", key)
    account, in_force = shown.account, policy_in_force(now)
    name, said = words.called(shown, in_force), history.said_of_agreement(shown, in_force)
    on_record = words.called_on_record(shown, in_force)
    try:
        shown.delete()
    except ProtectedError:
        messages.error(request, gettext("Incidents were promised its terms, so it stays. End it instead."))
        return redirect("desk-agreement", key)
    history.record(account, "called off", on_record, by=request.user, before=said)
    messages.success(request, gettext("{name} is called off.").format(name=name))
    return redirect("desk-account", account.slug)
