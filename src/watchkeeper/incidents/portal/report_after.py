"""``/incidents/<reference>/report``: what the vendor wrote after the incident, for whoever sees it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from watchkeeper.incidents.portal import shell
from watchkeeper.incidents.portal.door import incident_seen
from watchkeeper.incidents.report_after.reading import shown_report
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_of


def portal_incident_report(request: HttpRequest, reference: str) -> HttpResponse:
    """The newest version, or that of ``?version=``."""
    incident = incident_seen(request, reference)
    return shell.page(
        request,
        "portal/report_after.html",
        now=clock.now(),
        policy=policy_of(incident.policy_version),
        section="portal-incidents",
        incident=incident,
        shown=shown_report(incident, request.GET.get("version", "")),
    )
