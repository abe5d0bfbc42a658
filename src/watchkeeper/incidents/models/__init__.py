"""The tables of incidents: the record itself, the reports written after it, and what the team keeps beside it."""

from watchkeeper.incidents.models.imports import ImportedIncident
from watchkeeper.incidents.models.incidents import (
    REFERENCE_LETTERS,
    TEAM_ONLY_KINDS,
    AcceptedRequest,
    Attachment,
    AttachmentChunk,
    Event,
    Incident,
    IncidentQuerySet,
    Message,
    Participant,
    SentForm,
    new_reference,
)
from watchkeeper.incidents.models.reports import PublishedReport, ReportDraft
from watchkeeper.incidents.models.team import HandOver, Presence, ReplyTemplate, SavedView

__all__ = [
    "REFERENCE_LETTERS",
    "TEAM_ONLY_KINDS",
    "AcceptedRequest",
    "Attachment",
    "AttachmentChunk",
    "Event",
    "HandOver",
    "ImportedIncident",
    "Incident",
    "IncidentQuerySet",
    "Message",
    "Participant",
    "Presence",
    "PublishedReport",
    "ReplyTemplate",
    "ReportDraft",
    "SavedView",
    "SentForm",
    "new_reference",
]
