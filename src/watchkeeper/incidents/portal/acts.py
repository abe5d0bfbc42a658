"""What a customer does to an incident: each act is a resource of it, each a form, one verb, and the page again.

A form that is not sound comes back with 422, an act that was refused with 403 or 409: both with every word kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.portal import forms
from watchkeeper.incidents.portal.door import incident_seen
from watchkeeper.incidents.portal.incident import incident_page, people_to_add, severer_than_now
from watchkeeper.incidents.reading import standing_of
from watchkeeper.incidents.refusals import REFUSALS, status_of, words_of
from watchkeeper.policies.versions import policy_of

Said = dict[str, Any]


def answers(request: HttpRequest, reference: str) -> HttpResponse:
    """Say something to the team."""
    incident = incident_seen(request, reference)
    form = forms.AnswerForm(request.POST, request.FILES, auto_id="answer_%s")

    def act(said: Said) -> None:
        verbs.reply(incident, by=request.user, text=said["text"], given_files=said["files"])

    return _acted(request, incident, "answer", form, act, done=gettext("Your message is sent."))


def escalation(request: HttpRequest, reference: str) -> HttpResponse:
    """Escalate, or join the escalation that is open."""
    incident = incident_seen(request, reference)
    form = forms.EscalationForm(request.POST, auto_id="escalation_%s")

    def act(said: Said) -> None:
        verbs.escalate(incident, by=request.user, text=said["text"])

    return _acted(
        request, incident, "escalation", form, act, done=gettext("Escalated: who answers for it is told now.")
    )


def withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the report back."""
    incident = incident_seen(request, reference)
    form = forms.ReasonForm(request.POST, auto_id="withdrawal_%s")

    def act(said: Said) -> None:
        verbs.withdraw(incident, by=request.user, reason=said["reason"])

    return _acted(
        request, incident, "withdrawal", form, act, done=gettext("The report is taken back, the incident closed.")
    )


def confirmation(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree that it is solved."""
    incident = incident_seen(request, reference)
    form = forms.ConfirmationForm(request.POST, auto_id="confirmation_%s")

    def act(_said: Said) -> None:
        verbs.confirm(incident, by=request.user)

    return _acted(request, incident, "confirmation", form, act, done=gettext("Thank you: the incident is closed."))


def reopening(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it is not solved after all."""
    incident = incident_seen(request, reference)
    form = forms.ReasonForm(request.POST, auto_id="reopening_%s")

    def act(said: Said) -> None:
        verbs.reopen(incident, by=request.user, reason=said["reason"])

    return _acted(request, incident, "reopening", form, act, done=gettext("The incident is open again."))


def rating(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer how it was, or change the answer."""
    incident = incident_seen(request, reference)
    form = forms.RatingForm(request.POST, auto_id="rating_%s")

    def act(said: Said) -> None:
        verbs.rate(incident, by=request.user, score=said["score"], remark=said["remark"])

    return _acted(request, incident, "rating", form, act, done=gettext("Thank you: the team reads your answer."))


def disputes(request: HttpRequest, reference: str) -> HttpResponse:
    """Contest a severity, an exclusion or a *met*."""
    incident = incident_seen(request, reference)
    form = forms.DisputeForm(request.POST, subjects=verbs.contestable(standing_of(incident)), auto_id="dispute_%s")

    def act(said: Said) -> None:
        verbs.dispute(incident, by=request.user, subject=said["subject"], text=said["text"])

    done = gettext("Your dispute stands on the record; a manager answers it.")
    return _acted(request, incident, "dispute", form, act, done=done)


def severity(request: HttpRequest, reference: str) -> HttpResponse:
    """Raise the severity."""
    incident = incident_seen(request, reference)
    severer = severer_than_now(incident, policy_of(incident.policy_version))
    form = forms.SeverityForm(request.POST, severer=severer, auto_id="raise_%s")

    def act(said: Said) -> None:
        verbs.classify(incident, by=request.user, severity=said["severity"], reason=said["reason"])

    return _acted(request, incident, "raise_to", form, act, done=gettext("The severity is raised."))


def participants(request: HttpRequest, reference: str) -> HttpResponse:
    """Let somebody of the account follow the incident."""
    incident = incident_seen(request, reference)
    form = forms.ParticipantForm(request.POST, people=people_to_add(incident), auto_id="participant_%s")

    def act(said: Said) -> None:
        verbs.add_participant(incident, person=said["person"], by=request.user)

    return _acted(
        request, incident, "participant", form, act, done=gettext("Added: they follow the incident from now on.")
    )


def departures(request: HttpRequest, reference: str) -> HttpResponse:
    """Follow the incident no longer; a customer manager may say so of somebody else."""
    incident = incident_seen(request, reference)
    form = forms.DepartureForm(request.POST, account=incident.account, auto_id="departure_%s")
    leaves = request.POST.get("person") == str(request.user.pk)

    def act(said: Said) -> None:
        verbs.remove_participant(incident, person=said["person"], by=request.user)

    if leaves:  # who does may not read it any more
        done, to = (
            gettext("You follow {incident} no longer.").format(incident=incident.reference),
            ("portal-incidents",),
        )
        return _acted(request, incident, "departure", form, act, done=done, to=to)
    return _acted(request, incident, "departure", form, act, done=gettext("They follow the incident no longer."))


def _acted(
    request: HttpRequest,
    incident: Incident,
    name: str,
    form: BaseForm,
    act: Callable[[Said], None],
    *,
    done: str,
    to: tuple[str, ...] = (),
) -> HttpResponse:
    """Act with what the form says; the page shows ``form`` under ``name`` again when that cannot be done. It leads on
    to the incident, or ``to`` another page."""
    if not form.is_valid():
        return incident_page(request, incident, status=422, **{name: form})
    try:
        act(form.cleaned_data)
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return incident_page(request, incident, status=status_of(refusal), **{name: form})
    messages.success(request, done)
    return redirect(*(to or ("portal-incident", incident.reference)))
