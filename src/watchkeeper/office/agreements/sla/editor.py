"""``/desk/agreements/<key>/sla``: writing an SLA; nothing unsound is kept, and nothing that was typed is lost."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.door import for_those_who_may
from watchkeeper.office.agreements import history, words
from watchkeeper.office.agreements.door import MANAGE, agreement_read
from watchkeeper.office.agreements.keeping import keep_agreement
from watchkeeper.office.agreements.seen import changed_since, last_change
from watchkeeper.office.agreements.sla.check import Checked, checked
from watchkeeper.people import clock
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.terms import policy_of, version_in_force


class TextForm(forms.Form):
    """An SLA as YAML."""

    text = forms.CharField(
        label="The SLA",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "autocomplete": "off", "class": "code"}),
        help_text="What it does not mention stays as the level says. Empty: no SLA.",
    )

    def clean_text(self) -> str:
        """The text with the line ends that files have; nothing where there is no word in it."""
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip("\n")
        return f"{text}\n" if text.strip() else ""


@for_those_who_may(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def sla(request: HttpRequest, key: int) -> HttpResponse:
    """The editor. A POST keeps the text, or with ``check`` only says what it comes to."""
    agreement = agreement_read(request, key)
    if request.method != "POST":
        text = agreement.sla_text or _beginning(agreement)
        return _page(request, agreement, TextForm(initial={"text": text}), checked(agreement, text, at=clock.now()))
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, agreement, form, None, status=422)
    text = form.cleaned_data["text"]
    found = checked(agreement, text, at=clock.now())
    if "check" in request.POST or not found.is_sound or changed_since(request, agreement, form):
        status = 200 if "check" in request.POST else 422
        return _page(request, agreement, form, found, status=status)
    return _kept(request, agreement, text)


@for_those_who_may(MANAGE)
@require_POST
def sla_check(request: HttpRequest, key: int) -> HttpResponse:
    """What the text comes to, as a fragment, while it is typed."""
    agreement = agreement_read(request, key)
    form = TextForm(request.POST)
    now = clock.now()
    found = checked(agreement, form.cleaned_data["text"], at=now) if form.is_valid() else None
    shown = {"checked": found, "form": form, **around(policy_of(version_in_force(now)), now)}
    return render(request, "office/agreements/sla/checked.html", shown)


def _kept(request: HttpRequest, agreement: Agreement, text: str) -> HttpResponse:
    version = version_in_force(clock.now())
    before = history.said_of_agreement(agreement, version)
    agreement.sla_text = text
    keep_agreement(agreement, "changed", by=request.user, version=version, before=before)
    messages.success(request, f"The SLA is kept. {words.called(agreement, version)} holds as it says from now on.")
    return redirect("desk-agreement", agreement.pk)


def _beginning(agreement: Agreement) -> str:
    return f"sla: {agreement.account.name} {agreement.period.lower.year}\n"


def _page(
    request: HttpRequest, agreement: Agreement, form: TextForm, found: Checked | None, *, status: int = 200
) -> HttpResponse:
    now = clock.now()
    version = version_in_force(now)
    return shell.page(
        request,
        "office/agreements/sla/editor.html",
        now=now,
        policy=policy_of(version),
        status=status,
        section="desk-accounts",
        agreement=agreement,
        account=agreement.account,
        name=words.called(agreement, version),
        followed=words.policy_followed_by(agreement, version),
        seen=last_change(agreement),
        form=form,
        checked=found,
    )
