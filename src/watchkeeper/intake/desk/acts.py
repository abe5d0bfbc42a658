"""What a person does with a mail that waits for them: read it again, report it for its sender, or leave it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from watchkeeper.incidents.refusals import REFUSALS, status_of, words_of
from watchkeeper.intake.desk.forms import ReportForm
from watchkeeper.intake.desk.pages import mail_page, mail_seen
from watchkeeper.intake.mail import settling

MISTYPED = 422


def again(request: HttpRequest, key: str) -> HttpResponse:
    """Try once more to read it and to take it, with all the time a slow mail is given."""
    found = mail_seen(request, key)
    if settling.try_again(found):
        messages.success(request, gettext("It is being read again."))
    else:
        messages.error(request, _settled_already())
    return redirect("desk-mail-in", key)


def report(request: HttpRequest, key: str) -> HttpResponse:
    """Report it for a customer; its clock counts from when the mail came in."""
    found = mail_seen(request, key)
    form = ReportForm(request.POST, by=request.user)
    if not form.is_valid():
        return mail_page(request, found, form, MISTYPED)
    try:
        incident = settling.report_for(found, person=form.cleaned_data["email"], by=request.user)
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return mail_page(request, found, form, status_of(refusal))
    if incident is None:
        messages.error(request, _settled_already())
        return redirect("desk-mail-in", key)
    words = gettext("{incident} is reported for {person}; its clock counts from when the mail came in.")
    messages.success(request, words.format(incident=incident.reference, person=incident.reporter.name))
    return redirect("desk-incident", incident.reference)


def dropping(request: HttpRequest, key: str) -> HttpResponse:
    """Leave it without effect; it stays kept as it came."""
    found = mail_seen(request, key)
    if settling.drop(found, by=request.user):
        messages.success(request, gettext("It is left without effect, and kept as it came."))
    else:
        messages.error(request, _settled_already())
    return redirect("desk-mails-in")


def _settled_already() -> str:
    return gettext("It does not wait any more: somebody was faster.")
