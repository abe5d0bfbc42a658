"""``/desk/accounts/<slug>/promises``: laying the promise of now on open incidents, after it was seen what it moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from watchkeeper.incidents import flow, verbs
from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.door import for_those_who_may
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.refusals import REFUSALS, words_of
from watchkeeper.office.agreements.door import MANAGE, account_read
from watchkeeper.office.agreements.moves import Move, moves_of
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.terms import policy_in_force


class PromisesForm(forms.Form):
    """Which of the incidents that would move."""

    incidents = forms.MultipleChoiceField(
        error_messages={"required": "Choose at least one.", "invalid_choice": "%(value)s would not move any more."}
    )

    def __init__(self, *given: Any, moves: Iterable[Move], **named: Any) -> None:
        super().__init__(*given, **named)
        self.known = {move.incident.reference: move.incident for move in moves}
        self.fields["incidents"].choices = [(reference, reference) for reference in self.known]

    def clean_incidents(self) -> list[Incident]:
        chosen = (self.known[reference] for reference in self.cleaned_data["incidents"])
        return sorted(chosen, key=lambda incident: incident.pk)


class LaterPromisesForm(PromisesForm):
    """The same where it is later for the customer, and so needs a reason."""

    reason = forms.CharField(
        label="Reason",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands on the timeline of each, with your name.",
    )


@for_those_who_may(MANAGE)
@require_safe
def promises(request: HttpRequest, slug: str) -> HttpResponse:
    """What the promise of now would move at the open incidents of an account."""
    return _page(request, account_read(request, slug))


@for_those_who_may(MANAGE)
@require_POST
def better_promises(request: HttpRequest, slug: str) -> HttpResponse:
    """Lay the promise of now on the incidents that were chosen: the earliest due time holds."""
    account = account_read(request, slug)
    form = PromisesForm(request.POST, moves=moves_of(account, at=clock.now()).better)
    if not form.is_valid():
        return _page(request, account, better=form, status=422)
    return _applied(request, account, form, lambda incident: verbs.apply_promise(incident, by=request.user))


@for_those_who_may("apply a later promise")
@require_POST
def later_promises(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the promise of now replace what the chosen incidents were given, though that is later."""
    account = account_read(request, slug)
    form = LaterPromisesForm(request.POST, moves=moves_of(account, at=clock.now()).later)
    if not form.is_valid():
        return _page(request, account, later=form, status=422)
    reason = form.cleaned_data["reason"]
    return _applied(
        request, account, form, lambda incident: verbs.apply_later_promise(incident, by=request.user, reason=reason)
    )


def after_a_change(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Where a change of an agreement leads: to the open incidents that would be due earlier now, else to itself."""
    if moves_of(agreement.account, at=clock.now()).better:
        messages.info(request, "Open incidents keep their promise. By the one of now these would be due earlier.")
        return redirect("desk-account-promises", agreement.account.slug)
    return redirect("desk-agreement", agreement.pk)


def _applied(
    request: HttpRequest, account: Account, form: PromisesForm, apply: Callable[[Incident], object]
) -> HttpResponse:
    chosen = form.cleaned_data["incidents"]
    try:
        with transaction.atomic():
            flow.hold(*chosen)
            for incident in chosen:
                apply(incident)
    except REFUSALS as refusal:
        messages.error(request, f"Nothing was applied. {words_of(refusal)}")
        return redirect("desk-account-promises", account.slug)
    number = len(chosen)
    messages.success(request, f"The promise of now is applied to {number} open incident{'' if number == 1 else 's'}.")
    return redirect("desk-account", account.slug)


def _page(
    request: HttpRequest,
    account: Account,
    *,
    better: PromisesForm | None = None,
    later: LaterPromisesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    moves = moves_of(account, at=now)
    return shell.page(
        request,
        "office/agreements/promises.html",
        now=now,
        policy=policy_in_force(now),
        status=status,
        section="desk-accounts",
        account=account,
        moves=moves,
        better=better,
        later=later or LaterPromisesForm(moves=moves.later),
    )
