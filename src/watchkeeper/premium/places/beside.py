"""``/desk/incidents/…/place``: what is known of the place of an incident, for the incident's page to show beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from watchkeeper.incidents.desk.door import incident_seen
from watchkeeper.incidents.models import Incident
from watchkeeper.people import clock
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.versions import policy_of
from watchkeeper.premium.models import AnnouncedChange, RunBookNote
from watchkeeper.premium.places.entitled import designated_for
from watchkeeper.premium.places.shown import ShownChange, shown_changes, shown_notes

AROUND = timedelta(hours=24)
"""How far from its report a change may lie to be shown beside an incident."""

NOTHING_KNOWN = 204


def incident_place(request: HttpRequest, reference: str) -> HttpResponse:
    """Changes within a day of the report, those of the same part first; the run book's notes on it; the engineers. Or
    204 where nothing is known."""
    incident = incident_seen(request, reference)
    now = clock.now()
    engineers = list(designated_for(incident.account, at=now))
    notes = RunBookNote.objects.seen_by(request.user).filter(account=incident.account).select_related("changed_by")
    about = [note for note in notes if note.is_about(incident)]
    changes = changes_beside(incident, now)
    if not (engineers or notes or changes):
        return HttpResponse(status=NOTHING_KNOWN)
    shown = {
        "incident": incident,
        "engineers": engineers,
        "notes": shown_notes(sorted(about, key=lambda note: -len(note.part))),
        "further_notes": len(notes) - len(about),
        "changes": changes,
        **around(policy_of(incident.policy_version), now),
    }
    return render(request, "premium/places/beside.html", shown)


def changes_beside(incident: Incident, now: datetime) -> list[tuple[ShownChange, bool]]:
    """Each with whether it is about the same part of the place; those first, and in time."""
    at = incident.received_at
    near = AnnouncedChange.objects.in_force().filter(account=incident.account).touching(at - AROUND, at + AROUND)
    found = [(shown, shown.change.is_about(incident)) for shown in shown_changes(near, now)]
    return sorted(found, key=lambda pair: not pair[1])
