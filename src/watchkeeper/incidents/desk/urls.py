"""The desk's addresses, below ``/desk/``. A page is a noun; an act is a resource of its incident to post to."""

from django.urls import path

from watchkeeper.incidents.desk import hand_over, report_after
from watchkeeper.incidents.desk.bulk.page import bulk
from watchkeeper.incidents.desk.escalations import escalations
from watchkeeper.incidents.desk.incident import acts
from watchkeeper.incidents.desk.incident.others import others
from watchkeeper.incidents.desk.incident.page import incident
from watchkeeper.incidents.desk.outbox import mail, outbox
from watchkeeper.incidents.desk.queue import saved
from watchkeeper.incidents.desk.queue.page import queue
from watchkeeper.incidents.desk.reply_templates import pages as templates
from watchkeeper.incidents.desk.reply_templates.choosing import choices
from watchkeeper.incidents.desk.report import report
from watchkeeper.incidents.desk.wall import wall

INCIDENT = "incidents/<str:reference>"

urlpatterns = [
    path("", queue, name="desk-queue"),
    path("bulk", bulk, name="desk-bulk"),
    path("views", saved.saved_views, name="desk-saved-views"),
    path("views/<int:key>/removal", saved.removal, name="desk-saved-view-removal"),
    path("wall", wall, name="desk-wall"),
    path("hand-over", hand_over.hand_over, name="desk-hand-over"),
    path("hand-overs/<int:key>/reading", hand_over.reading, name="desk-hand-over-reading"),
    path("report", report, name="desk-report"),
    path("escalations", escalations, name="desk-escalations"),
    path("outbox", outbox, name="desk-outbox"),
    path("outbox/<uuid:key>", mail, name="desk-mail"),
    path("templates", templates.templates, name="desk-templates"),
    path("templates/new", templates.new_template, name="desk-new-template"),
    path("templates/<int:key>", templates.template, name="desk-template"),
    path("templates/<int:key>/removal", templates.removal, name="desk-template-removal"),
    path(INCIDENT, incident, name="desk-incident"),
    path(f"{INCIDENT}/report", report_after.published, name="desk-incident-report"),
    path(f"{INCIDENT}/report/draft", report_after.draft, name="desk-incident-report-draft"),
    path(f"{INCIDENT}/report/publication", report_after.publication, name="desk-incident-report-publication"),
    path(f"{INCIDENT}/acknowledgement", acts.acknowledgement, name="desk-acknowledgement"),
    path(f"{INCIDENT}/replies", acts.replies, name="desk-replies"),
    path(f"{INCIDENT}/questions", acts.questions, name="desk-questions"),
    path(f"{INCIDENT}/notes", acts.notes, name="desk-notes"),
    path(f"{INCIDENT}/resolution", acts.resolution, name="desk-resolution"),
    path(f"{INCIDENT}/dispatch", acts.dispatch, name="desk-dispatch"),
    path(f"{INCIDENT}/severity", acts.severity, name="desk-severity"),
    path(f"{INCIDENT}/subject", acts.subject, name="desk-subject"),
    path(f"{INCIDENT}/resumption", acts.resumption, name="desk-resumption"),
    path(f"{INCIDENT}/closure", acts.closure, name="desk-closure"),
    path(f"{INCIDENT}/reopening", acts.reopening, name="desk-reopening"),
    path(f"{INCIDENT}/escalation-answer", acts.escalation_answer, name="desk-escalation-answer"),
    path(f"{INCIDENT}/escalation-end", acts.escalation_end, name="desk-escalation-end"),
    path(f"{INCIDENT}/exclusions", acts.exclusions, name="desk-exclusions"),
    path(f"{INCIDENT}/disputes/answer", acts.dispute_answer, name="desk-dispute-answer"),
    path(f"{INCIDENT}/merge", acts.merge, name="desk-merge"),
    path(f"{INCIDENT}/links", acts.links, name="desk-links"),
    path(f"{INCIDENT}/outage", acts.outage, name="desk-outage"),
    path(f"{INCIDENT}/outage/end", acts.outage_end, name="desk-outage-end"),
    path(f"{INCIDENT}/sender-confirmation", acts.sender_confirmation, name="desk-sender-confirmation"),
    path(f"{INCIDENT}/calls", acts.calls, name="desk-calls"),
    path(f"{INCIDENT}/erasures", acts.erasures, name="desk-erasures"),
    path(f"{INCIDENT}/presence", others, name="desk-presence"),
    path(f"{INCIDENT}/templates", choices, name="desk-incident-templates"),
    path(f"{INCIDENT}/undoing", acts.undoing, name="desk-undoing"),
    path(f"{INCIDENT}/participants", acts.participants, name="desk-participants"),
    path(f"{INCIDENT}/departures", acts.departures, name="desk-departures"),
    path(f"{INCIDENT}/promise", acts.promise, name="desk-promise"),
]
