"""``/desk/accounts/<slug>``: what an account holds now and from its next end on, its licences, its agreements."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.models import Incident
from watchkeeper.office.agreements import history
from watchkeeper.office.agreements.door import MANAGE, account_read
from watchkeeper.office.agreements.holdings import Holding, holdings_of
from watchkeeper.office.agreements.open_incidents import promises_page
from watchkeeper.office.agreements.spells import Spell, spells
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.versions import local_day, midnight, policy_in_force

MOST_SHOWN = 20
"""Changes of the history on an account's page."""


class ExecutiveForm(forms.Form):
    """Who leads an account."""

    account_executive = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Account executive"),
        required=False,
        empty_label=gettext_lazy("nobody"),
    )

    def __init__(self, *given: object, account: Account, **named: object) -> None:
        super().__init__(*given, initial={"account_executive": account.account_executive_id}, **named)
        executives = Person.objects.filter(is_active=True, roles__contains=[Person.Role.ACCOUNT_EXECUTIVE])
        known = executives | Person.objects.filter(pk=account.account_executive_id)
        self.fields["account_executive"].queryset = known.order_by("name")


class Afterwards(NamedTuple):
    """What holds from a day on, when the first thing ends that nothing follows."""

    day: date
    ended: Spell
    holdings: list[Holding]


def account(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about the terms of one account."""
    return _page(request, account_read(request, slug))


def executive(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who leads an account."""
    shown = account_read(request, slug)
    form = ExecutiveForm(request.POST, account=shown)
    if not form.is_valid():
        return _page(request, shown, form, status=422)
    before, after = shown.account_executive, form.cleaned_data["account_executive"]
    shown.account_executive = after
    shown.save(update_fields=["account_executive"])
    history.record(shown, "changed", "Account executive", by=request.user, before=_named(before), after=_named(after))
    messages.success(
        request,
        gettext("{after} leads {shown} now.").format(after=after.name, shown=shown.name)
        if after
        else gettext("Nobody leads {shown} now.").format(shown=shown.name),
    )
    return redirect("desk-account", slug)


def _named(person: Person | None) -> history.Said:
    return {"Name": person.name} if person else history.NOTHING


def _page(
    request: HttpRequest, shown: Account, form: ExecutiveForm | None = None, *, status: int = 200
) -> HttpResponse:
    now = clock.now()
    in_force, today = policy_in_force(now), local_day(now)
    licences = spells(shown.licences.all(), today, in_force)
    agreements = spells(shown.agreements.select_related("pinned_version"), today, in_force)
    changes = shown.terms_changes.select_related("by")
    return shell.page(
        request,
        "office/agreements/account.html",
        now=now,
        policy=in_force,
        status=status,
        section="desk-accounts",
        account=shown,
        may_manage=access.may(request.user, MANAGE),
        holdings=holdings_of(shown, at=now),
        licences=licences,
        agreements=agreements,
        afterwards=_afterwards(shown, [*licences, *agreements], in_force.zone),
        promises_page=promises_page(shown),
        open_count=Incident.objects.in_earnest().open().filter(account=shown).count(),
        entries=history.entries(changes[:MOST_SHOWN]),
        form=form or ExecutiveForm(account=shown),
    )


def _afterwards(shown: Account, known: list[Spell], zone: str) -> Afterwards | None:
    first = min((spell for spell in known if spell.ends_soon), key=lambda spell: spell.row.period.upper, default=None)
    if first is None:
        return None
    return holds_from(shown, first, zone)


def holds_from(shown: Account, ended: Spell, zone: str) -> Afterwards:
    """What an account holds from the day on which something no longer does."""
    day: date = ended.row.period.upper
    instant: datetime = midnight(day, zone=zone)
    return Afterwards(day, ended, holdings_of(shown, at=instant))
