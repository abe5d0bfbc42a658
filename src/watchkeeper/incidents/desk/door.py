"""Which incident a page of the desk is about: one that the reader sees. Who comes in says ``people.doors``."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from watchkeeper.incidents.models import Incident


def incident_seen(request: HttpRequest, reference: str) -> Incident:
    """The incident of this name if the asker sees it; else there is no such page."""
    along = ("account__account_executive", "account__team", "assignee", "reporter", "policy_version")
    seen = Incident.objects.seen_by(request.user).select_related(*along)
    return get_object_or_404(seen, reference=reference)
