"""``/desk/agreements/<key>/sla``: writing an SLA; nothing unsound is kept, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.incidents.desk import shell
from watchkeeper.office.agreements import history, words
from watchkeeper.office.agreements.door import agreement_read, agreement_to_change
from watchkeeper.office.agreements.keeping import keep_agreement
from watchkeeper.office.agreements.open_incidents import after_a_change
from watchkeeper.office.agreements.seen import changed_since, last_change
from watchkeeper.office.agreements.sla.check import checked
from watchkeeper.office.agreements.sla.draft import FORM, YAML, Draft, first_draft, sheet_of, typed
from watchkeeper.office.agreements.sla.sheet_form import SheetForm
from watchkeeper.people import clock
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.versions import policy_in_force

CHECK, AWAY = "check", "away"


def sla(request: HttpRequest, key: int) -> HttpResponse:
    """The editor. A POST keeps the text, or goes on writing it: ``next`` says in which way."""
    agreement = agreement_to_change(request, key)
    if request.method != "POST":
        return _page(request, agreement, first_draft(agreement))
    draft = typed(request.POST, agreement, policy_in_force(clock.now()))
    going_on = request.POST.get("next", "")
    if going_on in (CHECK, FORM, YAML):
        return _page(request, agreement, draft._replace(way=draft.way if going_on == CHECK else going_on))
    if going_on == AWAY:
        draft = Draft("", YAML)
    is_sound = draft.fault is None and checked(agreement, draft.text, at=clock.now()).is_sound
    changed = changed_since(request, agreement)
    if not is_sound or changed:
        return _page(request, agreement, draft, changed=changed, status=422)
    return _kept(request, agreement, draft.text)


def sla_check(request: HttpRequest, key: int) -> HttpResponse:
    """What is typed comes to, as a fragment, while it is typed."""
    agreement = agreement_read(request, key)
    now = clock.now()
    in_force = policy_in_force(now)
    draft = typed(request.POST, agreement, in_force)
    shown = _shown(agreement, draft)
    return render(request, "office/agreements/sla/checked_live.html", shown | around(in_force, now))


def _kept(request: HttpRequest, agreement: Agreement, text: str) -> HttpResponse:
    in_force = policy_in_force(clock.now())
    before = history.said_of_agreement(agreement, in_force)
    agreement.sla_text = text
    keep_agreement(agreement, "changed", by=request.user, in_force=in_force, before=before)
    name = words.called(agreement, in_force)
    messages.success(
        request,
        gettext("The SLA is kept: {name} holds as it says.").format(name=name)
        if text
        else gettext("The SLA is taken away."),
    )
    return after_a_change(request, agreement)


def _shown(agreement: Agreement, draft: Draft) -> dict[str, Any]:
    """A draft as a page shows it: in the form where that can be, else as YAML; checked."""
    now = clock.now()
    found = checked(agreement, draft.text, at=now)
    problems = (draft.fault, *found.problems) if draft.fault else found.problems
    form = None
    if draft.way == FORM:
        try:
            sheet = sheet_of(draft.text, agreement, policy_in_force(now))
            form = SheetForm(sheet, draft.given or sheet.values, problems)
        except PolicyFileErrors as errors:
            problems = errors.problems
    return {
        "draft": draft,
        "form": form,
        "problems": problems,
        "compared": found.compared if not problems else None,
    }


def _page(
    request: HttpRequest, agreement: Agreement, draft: Draft, *, changed: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    in_force = policy_in_force(now)
    return shell.page(
        request,
        "office/agreements/sla/editor.html",
        now=now,
        policy=in_force,
        status=status,
        section="desk-accounts",
        agreement=agreement,
        account=agreement.account,
        name=words.called(agreement, in_force),
        followed=words.policy_followed_by(agreement, in_force),
        seen=last_change(agreement),
        changed=changed,
        **_shown(agreement, draft),
    )
