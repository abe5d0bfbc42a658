"""The pages on which an agreement is made and changed. What was given as a promise before stays given."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from watchkeeper.incidents.desk import shell
from watchkeeper.office.agreements import history, period_form, words
from watchkeeper.office.agreements.agreement_form import AgreementForm, initially
from watchkeeper.office.agreements.door import account_read, agreement_to_change, renewed
from watchkeeper.office.agreements.keeping import Overlaps, keep_agreement
from watchkeeper.office.agreements.open_incidents import after_a_change
from watchkeeper.office.agreements.seen import changed_since, last_change
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.policies import periods
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.versions import local_day, policy_in_force, policy_of, version_in_force


def new_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Make an agreement; ``?renews=`` names one that it follows and whose terms it takes over, its SLA too."""
    account = account_read(request, slug)
    follows = renewed(request, account.agreements.all())
    made = Agreement(account=account, sla_text=follows.sla_text if follows else "")
    initial = _after(follows) if follows else {"scope": Agreement.Scope.ALL, "first_day": local_day(clock.now())}
    form = _form(request, made, initial)
    if form.is_bound and form.is_valid() and _is_kept(request, form, "renewed" if follows else "made"):
        return after_a_change(request, made)
    return _page(request, account, form, renews=follows)


def agreement_edit(request: HttpRequest, key: int) -> HttpResponse:
    """Change an agreement, unless somebody else did since the form was shown."""
    shown = agreement_to_change(request, key)
    form = _form(request, shown, initially(shown))
    if form.is_bound and form.is_valid():
        changed = changed_since(request, shown)
        before = history.said_of_agreement(shown, policy_in_force(clock.now()))
        if changed:
            form.add_error(None, changed)
        elif _is_kept(request, form, "changed", before):
            return after_a_change(request, shown)
    return _page(request, shown.account, form, agreement=shown, seen=last_change(shown))


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


def _is_kept(request: HttpRequest, form: AgreementForm, act: str, before: history.Said = history.NOTHING) -> bool:
    form.apply()
    agreement, in_force = form.agreement, policy_of(form.version)
    engineers = form.cleaned_data["designated_engineers"]
    try:
        keep_agreement(agreement, act, by=request.user, in_force=in_force, engineers=engineers, before=before)
    except Overlaps as error:
        form.add_error(None, str(error))
        return False
    messages.success(
        request,
        gettext("{agreement} is kept, {period}.").format(
            agreement=words.called(agreement, in_force), period=periods.through(agreement.period)
        ),
    )
    return True


def _page(request: HttpRequest, account: Account, form: AgreementForm, **shown: Any) -> HttpResponse:
    now = clock.now()
    return shell.page(
        request,
        "office/agreements/agreement_form.html",
        now=now,
        policy=policy_in_force(now),
        status=422 if form.is_bound else 200,
        section="desk-accounts",
        account=account,
        form=form,
        known_scopes=_known_scopes(account),
        **shown,
    )


def _known_scopes(account: Account) -> list[str]:
    """Products and environments that agreements or reports of the account name: to choose from."""
    agreed = account.agreements.exclude(scope_value="").values_list("scope_value", flat=True)
    reported = (
        account.incidents.exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()[:50]
        for field in ("product", "environment")
    )
    return sorted({*agreed, *(name for names in reported for name in names)})
