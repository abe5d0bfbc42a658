"""The report after an incident at the desk: written as a draft, published, and read as the customer reads it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.policy import POST_INCIDENT_REPORT
from watchkeeper.incidents import refusals, verbs
from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.door import incident_seen
from watchkeeper.incidents.desk.time_left import time_left_for_the_team
from watchkeeper.incidents.models import Incident, PublishedReport, ReportDraft
from watchkeeper.incidents.portal.forms import LONGEST_TEXT
from watchkeeper.incidents.reading import standing_of
from watchkeeper.incidents.report_after.drafts import SavedMeanwhile, draft_of, save_draft
from watchkeeper.incidents.report_after.reading import HEADINGS, shown_report
from watchkeeper.incidents.report_after.record import Milestone, as_markdown, record_of
from watchkeeper.people import access, clock
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui.sections import SectionsForm

MISTYPED = 422


_HINTS = {
    "summary": gettext_lazy("What happened, in two or three sentences."),
    "impact": gettext_lazy("What the customer could not do, and for how long."),
    "timeline": gettext_lazy("It begins with what the record says. Add what it does not know."),
    "cause": gettext_lazy("Why it happened, and why it was not noticed earlier."),
    "done": gettext_lazy("How service was restored, and what was changed since."),
    "to_do": gettext_lazy("What will keep it from happening again, by when."),
}


class DraftForm(SectionsForm):
    """The parts of a report."""

    headings, hints, longest, rows = HEADINGS, _HINTS, LONGEST_TEXT, {"timeline": 8}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, auto_id="report_%s", **named)

    def is_complete(self) -> bool:
        """Whether it is sound and says something in every part, as what is published must."""
        if self.is_valid():
            for name in HEADINGS:
                if not self.cleaned_data[name]:
                    self.add_error(
                        name, gettext("A published report says something here; where there is nothing, say that.")
                    )
        return self.is_valid()


def published(request: HttpRequest, reference: str) -> HttpResponse:
    """The newest version, or that of ``?version=``."""
    incident = incident_seen(request, reference)
    return shell.page(
        request,
        "desk/report_after/published.html",
        now=clock.now(),
        policy=policy_of(incident.policy_version),
        section="desk-queue",
        incident=incident,
        may_write=access.may(request.user, "write report"),
        shown=shown_report(incident, request.GET.get("version", "")),
    )


def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """The form with the draft, else with what the record says; a POST keeps what was written for the team."""
    incident = incident_seen(request, reference)
    if request.method != "POST":
        return _page(request, incident)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, incident, form, MISTYPED)
    try:
        _save(request, incident, form)
    except refusals.REFUSALS as refusal:
        return _refused(request, incident, form, refusal)
    messages.success(request, gettext("The draft is kept. The customer sees nothing of it."))
    return redirect("desk-incident-report-draft", reference)


def publication(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep what was written and show it to the customer: both or neither."""
    incident = incident_seen(request, reference)
    form = DraftForm(request.POST)
    if not form.is_complete():
        return _page(request, incident, form, MISTYPED)
    try:
        with transaction.atomic():
            _save(request, incident, form)
            report = verbs.publish_report(incident, by=request.user, written=form.cleaned_data)
    except refusals.REFUSALS as refusal:
        return _refused(request, incident, form, refusal)
    words = gettext("Version {number} of the report is published; who follows the incident is told.")
    messages.success(request, words.format(number=report.version))
    return redirect("desk-incident-report", reference)


def _save(request: HttpRequest, incident: Incident, form: DraftForm) -> ReportDraft:
    return save_draft(incident, by=request.user, parts=form.cleaned_data, seen=form.cleaned_data["seen"])


def _refused(request: HttpRequest, incident: Incident, form: DraftForm, refusal: Exception) -> HttpResponse:
    if isinstance(refusal, SavedMeanwhile):
        form.data = form.data.copy()
        form.data["seen"] = str(refusal.number)
    form.add_error(None, refusals.words_of(refusal))
    return _page(request, incident, form, refusals.status_of(refusal))


def _page(request: HttpRequest, incident: Incident, form: DraftForm | None = None, status: int = 200) -> HttpResponse:
    now, policy = clock.now(), policy_of(incident.policy_version)
    events = incident.events.select_related("person", "token").order_by("number")
    record, saved, standing = record_of(events, policy), draft_of(incident), standing_of(incident)
    versions = list(incident.reports.select_related("published_by"))
    owed = next((each for each in standing.commitments if each.metric == POST_INCIDENT_REPORT), None)
    return shell.page(
        request,
        "desk/report_after/draft.html",
        now=now,
        policy=policy,
        status=status,
        section="desk-queue",
        incident=incident,
        form=form or _first(saved, versions, record),
        saved=saved,
        record=record,
        owed=time_left_for_the_team(owed, now=now) if owed else None,
        may_be_published=standing.facts.resolved_at is not None,
        versions=versions,
    )


def _first(saved: ReportDraft | None, versions: list[PublishedReport], record: list[Milestone]) -> DraftForm:
    """The form with the draft, else with the newest version, else with what the record says."""
    if saved is not None:
        return DraftForm(initial=saved.written | {"seen": saved.number})
    begun = versions[0].written if versions else {"timeline": as_markdown(record)}
    return DraftForm(initial=begun | {"seen": 0})
