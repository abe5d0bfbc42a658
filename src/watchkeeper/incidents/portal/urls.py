"""The addresses of the portal: an incident is a noun, each act on it a resource of it."""

from django.urls import path, re_path

from watchkeeper.incidents.portal import acts
from watchkeeper.incidents.portal.attachments import attachment
from watchkeeper.incidents.portal.incident import portal_incident
from watchkeeper.incidents.portal.my_incidents import portal_incidents
from watchkeeper.incidents.portal.report_after import portal_incident_report
from watchkeeper.incidents.portal.reporting import portal_report, portal_report_promise
from watchkeeper.incidents.portal.similar import portal_report_joining, portal_report_similar
from watchkeeper.incidents.portal.unfollowing import unfollow

INCIDENT = r"^incidents/(?P<reference>WK-[0-9A-Z]{6})"

urlpatterns = [
    path("incidents", portal_incidents, name="portal-incidents"),
    path("report", portal_report, name="portal-report"),
    path("report/promise", portal_report_promise, name="portal-report-promise"),
    path("report/similar", portal_report_similar, name="portal-report-similar"),
    path("report/joining", portal_report_joining, name="portal-report-joining"),
    re_path(rf"{INCIDENT}$", portal_incident, name="portal-incident"),
    re_path(rf"{INCIDENT}/report$", portal_incident_report, name="portal-incident-report"),
    re_path(rf"{INCIDENT}/answers$", acts.answers, name="portal-answers"),
    re_path(rf"{INCIDENT}/escalation$", acts.escalation, name="portal-escalation"),
    re_path(rf"{INCIDENT}/withdrawal$", acts.withdrawal, name="portal-withdrawal"),
    re_path(rf"{INCIDENT}/confirmation$", acts.confirmation, name="portal-confirmation"),
    re_path(rf"{INCIDENT}/reopening$", acts.reopening, name="portal-reopening"),
    re_path(rf"{INCIDENT}/rating$", acts.rating, name="portal-rating"),
    re_path(rf"{INCIDENT}/disputes$", acts.disputes, name="portal-disputes"),
    re_path(rf"{INCIDENT}/severity$", acts.severity, name="portal-severity"),
    re_path(rf"{INCIDENT}/participants$", acts.participants, name="portal-participants"),
    re_path(rf"{INCIDENT}/departures$", acts.departures, name="portal-departures"),
    re_path(r"^unfollow/(?P<token>[A-Za-z0-9._-]{1,200})$", unfollow, name="unfollow"),
    re_path(r"^attachments/(?P<key>[A-Za-z0-9_-]{43})$", attachment, name="attachment"),
]
