"""The acts on an incident, each a resource to post to: one verb, then the incident as it is now.

A refusal shows the incident again with what was typed still there: 403 for the role, 409 for the state or the
facts of the incident, 422 for what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from watchkeeper.core import leaving
from watchkeeper.core.disputes import UPHELD
from watchkeeper.incidents import refusals, verbs
from watchkeeper.incidents.desk.door import incident_seen
from watchkeeper.incidents.desk.incident import forms
from watchkeeper.incidents.desk.incident.page import Refused, incident_page
from watchkeeper.incidents.desk.incident.undoing import TAKEN_BACK
from watchkeeper.incidents.models import Incident
from watchkeeper.people import access
from watchkeeper.people.doors import door_of
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of

MISTYPED = 422

Given = dict[str, Any]
Act = Callable[[Incident, Person, Given], str]
View = Callable[..., HttpResponse]


def act(form_class: type[forms.ActForm]) -> Callable[[Act], View]:
    """A view that posts one act, the one its door names; it answers in words what it did, if the page does not."""

    def made(done: Act) -> View:
        def posted(request: HttpRequest, reference: str) -> HttpResponse:
            incident = incident_seen(request, reference)
            form = form_class(request.POST, request.FILES, incident=incident, by=request.user)
            try:
                access.require(request.user, door_of(request).act)
                if not form.is_valid():
                    return incident_page(request, incident, Refused(done.__name__, MISTYPED, "", form))
                said = done(incident, request.user, form.cleaned_data)
            except refusals.REFUSALS as refusal:
                status, words = refusals.status_of(refusal), refusals.words_of(refusal)
                incident.refresh_from_db()
                return incident_page(request, incident, Refused(done.__name__, status, words, form))
            if said:
                messages.success(request, said)
            return redirect("desk-incident", reference)

        posted.__name__ = done.__name__
        return posted

    return made


@act(forms.AcknowledgementForm)
def acknowledgement(incident: Incident, by: Person, given: Given) -> str:
    verbs.acknowledge(incident, by=by, text=given["text"])
    return gettext("You acknowledged {incident}; the customer is told.").format(incident=incident.reference)


@act(forms.SayingForm)
def replies(incident: Incident, by: Person, given: Given) -> str:
    said = {"text": given["text"], "reached": given["reached"], "given_files": given["files"]}
    if given["to_all"]:
        verbs.reply_to_all(incident, among=given["to_all"].split(), by=by, held_for=leaving.HELD_FOR, **said)
    else:
        verbs.reply(incident, by=by, held_for=leaving.HELD_FOR, **said)
    return ""


@act(forms.SayingForm)
def questions(incident: Incident, by: Person, given: Given) -> str:
    verbs.ask(incident, by=by, text=given["text"], given_files=given["files"], held_for=leaving.HELD_FOR)
    return gettext("Updates and resolution stand still until the customer answers.")


@act(forms.SayingForm)
def notes(incident: Incident, by: Person, given: Given) -> str:
    verbs.note(incident, by=by, text=given["text"], given_files=given["files"])
    return gettext("Your note is kept for the team.")


@act(forms.ResolutionForm)
def resolution(incident: Incident, by: Person, given: Given) -> str:
    if given["to_all"]:
        verbs.resolve_all(incident, among=given["to_all"].split(), by=by, text=given["text"])
    else:
        verbs.resolve(incident, by=by, text=given["text"])
    return gettext("{incident} is resolved; the customer is asked to confirm.").format(incident=incident.reference)


@act(forms.DispatchForm)
def dispatch(incident: Incident, by: Person, given: Given) -> str:
    verbs.dispatch(incident, to=given["to"], by=by)
    words = gettext("{incident} is dispatched to {person}.")
    return words.format(incident=incident.reference, person=given["to"].name)


@act(forms.SeverityForm)
def severity(incident: Incident, by: Person, given: Given) -> str:
    verbs.classify(incident, by=by, severity=given["severity"], reason=given["reason"])
    name = policy_of(incident.policy_version).severity_numbered(incident.severity).name
    return gettext("The severity is {severity} now; the customer is told.").format(severity=name)


@act(forms.SubjectForm)
def subject(incident: Incident, by: Person, given: Given) -> str:
    verbs.describe(incident, by=by, **given)
    return gettext("What it is about is changed; its promise stays.")


@act(forms.ReasonForm)
def resumption(incident: Incident, by: Person, given: Given) -> str:
    verbs.resume(incident, by=by, reason=given["reason"])
    return gettext("The clocks of updates and resolution go on.")


@act(forms.ReasonForm)
def closure(incident: Incident, by: Person, given: Given) -> str:
    verbs.close(incident, by=by, reason=given["reason"])
    return gettext("{incident} is closed.").format(incident=incident.reference)


@act(forms.ReopeningForm)
def reopening(incident: Incident, by: Person, given: Given) -> str:
    verbs.reopen(incident, by=by, reason=given["reason"])
    return gettext("{incident} is open again.").format(incident=incident.reference)


@act(forms.EscalationAnswerForm)
def escalation_answer(incident: Incident, by: Person, given: Given) -> str:
    verbs.answer_escalation(incident, by=by, text=given["text"])
    return gettext("The escalation is answered; the customer is told.")


@act(forms.ReasonForm)
def escalation_end(incident: Incident, by: Person, given: Given) -> str:
    verbs.end_escalation(incident, by=by, reason=given["reason"])
    return gettext("The escalation is ended.")


@act(forms.ExclusionForm)
def exclusions(incident: Incident, by: Person, given: Given) -> str:
    metric, nth = given["commitment"]
    verbs.exclude(incident, by=by, metric=metric, nth=nth, reason=given["reason"])
    return gettext("It is left out of attainment, and stays on the record.")


@act(forms.DisputeAnswerForm)
def dispute_answer(incident: Incident, by: Person, given: Given) -> str:
    subject, is_upheld = given["subject"], given["answer"] == UPHELD
    verbs.answer_dispute(incident, by=by, subject=subject, is_upheld=is_upheld, text=given["text"])
    return gettext("The dispute is answered; the customer is told.")


@act(forms.MergeForm)
def merge(incident: Incident, by: Person, given: Given) -> str:
    verbs.merge(incident, into=given["into"], by=by, text=given["text"])
    words = gettext("{incident} goes on in {older}.")
    return words.format(incident=incident.reference, older=given["into"].reference)


@act(forms.LinkForm)
def links(incident: Incident, by: Person, given: Given) -> str:
    verbs.link_each_other(incident, other=given["to"], by=by)
    words = gettext("{incident} is linked to {other}.")
    return words.format(incident=incident.reference, other=given["to"].reference)


@act(forms.OutageForm)
def outage(incident: Incident, by: Person, given: Given) -> str:
    verbs.put_under(incident, parent=given["parent"], by=by)
    words = gettext("{incident} is part of {outage} now.")
    return words.format(incident=incident.reference, outage=given["parent"].reference)


@act(forms.NothingForm)
def outage_end(incident: Incident, by: Person, given: Given) -> str:
    verbs.take_out(incident, by=by)
    return gettext("{incident} is part of no outage any more.").format(incident=incident.reference)


@act(forms.ParticipantForm)
def participants(incident: Incident, by: Person, given: Given) -> str:
    verbs.add_participant(incident, person=given["person"], by=by)
    words = gettext("{person} follows {incident} now.")
    return words.format(person=given["person"].name, incident=incident.reference)


@act(forms.NothingForm)
def sender_confirmation(incident: Incident, by: Person, given: Given) -> str:
    verbs.confirm_sender(incident, by=by)
    words = gettext("{person} hears of {incident} from now on; the receipt is on its way.")
    return words.format(person=incident.reporter.name, incident=incident.reference)


@act(forms.DepartureForm)
def departures(incident: Incident, by: Person, given: Given) -> str:
    verbs.remove_participant(incident, person=given["person"], by=by)
    words = gettext("{person} does not follow {incident} any more.")
    return words.format(person=given["person"].name, incident=incident.reference)


@act(forms.CallForm)
def calls(incident: Incident, by: Person, given: Given) -> str:
    verbs.log_call(incident, by=by, **given)
    return gettext("The call is on the timeline, when it was made.")


@act(forms.ErasureForm)
def erasures(incident: Incident, by: Person, given: Given) -> str:
    verbs.redact(incident, number=given["number"], by=by, reason=given["reason"])
    return gettext("It is erased; that it was said stays on the record.")


@act(forms.UndoingForm)
def undoing(incident: Incident, by: Person, given: Given) -> str:
    verbs.take_back(incident, number=given["number"], by=by)
    return str(TAKEN_BACK[incident.events.get(number=given["number"]).kind])


@act(forms.PromiseForm)
def promise(incident: Incident, by: Person, given: Given) -> str:
    if given["supersedes"]:
        verbs.apply_later_promise(incident, by=by, reason=given["reason"])
        return gettext("The promise of now replaces the earlier one.")
    verbs.apply_promise(incident, by=by)
    return gettext("The promise of now is applied; the earliest due time holds.")
