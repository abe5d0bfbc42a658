"""What managers do with agreements: make one, change it, end it, call off one that has not begun."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.door import for_those_who_may
from watchkeeper.office.agreements import history, period_form, words
from watchkeeper.office.agreements.agreement_form import AgreementForm, initially
from watchkeeper.office.agreements.door import MANAGE, account_read, agreement_read, renewed
from watchkeeper.office.agreements.keeping import Overlaps, keep_agreement
from watchkeeper.office.agreements.period_form import EndForm
from watchkeeper.office.agreements.promises import after_a_change
from watchkeeper.office.agreements.seen import changed_since, last_change
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.policies import periods
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.terms import local_day, policy_in_force, policy_of, version_in_force

EDITED = ["GET", "HEAD", "POST"]


@for_those_who_may(MANAGE)
@require_http_methods(EDITED)
def new_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an agreement; ``?renews=`` names one that it follows and whose terms it takes over, its SLA too."""
    account = account_read(request, slug)
    follows = renewed(request, account.agreements.all())
    made = Agreement(account=account, sla_text=follows.sla_text if follows else "")
    initial = _after(follows) if follows else {"scope": "all", "first_day": local_day(clock.now())}
    form = _form(request, made, initial)
    if form.is_bound and form.is_valid():
        form.apply()
        if _is_kept(request, form, "renewed" if follows else "made"):
            return after_a_change(request, made)
    return _form_page(request, account, form, renews=follows)


@for_those_who_may(MANAGE)
@require_http_methods(EDITED)
def agreement_edit(request: HttpRequest, key: int) -> HttpResponse:
    """Change an agreement. What was given as a promise before stays given."""
    shown = agreement_read(request, key)
    form = _form(request, shown, initially(shown))
    if form.is_bound and form.is_valid() and not _is_written_over(request, shown, form):
        before = history.said_of_agreement(shown, policy_in_force(clock.now()))
        form.apply()
        if _is_kept(request, form, "changed", before):
            return after_a_change(request, shown)
    return _form_page(request, shown.account, form, agreement=shown, seen=last_change(shown))


@for_those_who_may(MANAGE)
@require_http_methods(EDITED)
def agreement_end(request: HttpRequest, key: int) -> HttpResponse:
    """Say the last day of an agreement."""
    shown = agreement_read(request, key)
    given = request.POST if request.method == "POST" else None
    initial = {"last_day": local_day(clock.now())}
    form = EndForm(given, begins=shown.period.lower, initial=initial)
    in_force = policy_in_force(clock.now())
    if form.is_bound and form.is_valid():
        before = history.said_of_agreement(shown, in_force)
        shown.period = DateRange(shown.period.lower, form.cleaned_data["last_day"] + periods.ONE_DAY)
        if _try_to_keep(request, form, shown, "ended", before):
            messages.success(request, f"It ends: {words.called(shown, in_force)}, {periods.through(shown.period)}.")
            return redirect("desk-agreement", key)
    return _page(request, "office/agreements/agreement_end.html", shown.account, form, agreement=shown)


@for_those_who_may(MANAGE)
@require_POST
def calling_off(request: HttpRequest, key: int) -> HttpResponse:
    """Take away an agreement that has not begun; its history stays."""
    shown = agreement_read(request, key)
    now = clock.now()
    if shown.period.lower <= local_day(now):
        messages.error(request, "It has begun: an agreement that holds, or held, is ended and not called off.")
        return redirect("desk-agreement", key)
    in_force = policy_in_force(now)
    name, said = words.called(shown, in_force), history.said_of_agreement(shown, in_force)
    account = shown.account
    try:
        shown.delete()
    except ProtectedError:
        messages.error(request, "Incidents were promised its terms, so it stays. End it instead.")
        return redirect("desk-agreement", key)
    history.record(account, "called off", name, by=request.user, before=said)
    messages.success(request, f"{name} is called off.")
    return redirect("desk-account", account.slug)


def _after(follows: Agreement) -> dict[str, Any]:
    return {**initially(follows), **period_form.after(follows.period)}


def _form(request: HttpRequest, agreement: Agreement, initial: dict[str, Any]) -> AgreementForm:
    return AgreementForm(
        request.POST if request.method == "POST" else None,
        account=agreement.account,
        version=version_in_force(clock.now()),
        agreement=agreement,
        initial=initial,
    )


def _is_written_over(request: HttpRequest, agreement: Agreement, form: AgreementForm) -> bool:
    changed = changed_since(request, agreement)
    if changed:
        form.add_error(None, changed)
    return bool(changed)


def _is_kept(request: HttpRequest, form: AgreementForm, act: str, before: history.Said = history.NOTHING) -> bool:
    agreement, engineers = form.agreement, form.cleaned_data["designated_engineers"]
    if not _try_to_keep(request, form, agreement, act, before, engineers=engineers):
        return False
    name = words.called(agreement, policy_of(form.version))
    messages.success(request, f"{name} is kept, {periods.through(agreement.period)}.")
    return True


def _try_to_keep(
    request: HttpRequest, form: Any, agreement: Agreement, act: str, before: history.Said, **also: Any
) -> bool:
    in_force = policy_in_force(clock.now())
    try:
        keep_agreement(agreement, act, by=request.user, in_force=in_force, before=before, **also)
    except Overlaps as error:
        form.add_error(None, str(error))
        return False
    return True


def _form_page(request: HttpRequest, account: Account, form: AgreementForm, **shown: Any) -> HttpResponse:
    known = account.agreements.exclude(scope_value="").values_list("scope_value", flat=True)
    reported = account.incidents.exclude(environment="").values_list("environment", flat=True).distinct()[:50]
    scopes = sorted({*known, *reported, *account.incidents.exclude(product="").values_list("product", flat=True)[:50]})
    return _page(request, "office/agreements/agreement_form.html", account, form, known_scopes=scopes, **shown)


def _page(request: HttpRequest, template: str, account: Account, form: Any, **shown: Any) -> HttpResponse:
    now = clock.now()
    return shell.page(
        request,
        template,
        now=now,
        policy=policy_in_force(now),
        status=422 if form.is_bound else 200,
        section="desk-accounts",
        account=account,
        form=form,
        **shown,
    )
