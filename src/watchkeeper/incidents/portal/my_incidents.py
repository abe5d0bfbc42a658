"""``/incidents``: what the reader's account has reported, what is open first, with the time left of each."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from watchkeeper.core import lifecycle
from watchkeeper.core.commitments import Commitment
from watchkeeper.core.policy import Severity
from watchkeeper.incidents.live.seen import address_to_ask, fingerprint, nothing_new
from watchkeeper.incidents.models import Incident, IncidentQuerySet
from watchkeeper.incidents.portal import shell
from watchkeeper.incidents.portal.clocks import left_for_you
from watchkeeper.incidents.portal.door import for_customers
from watchkeeper.incidents.portal.standings import clocks_of
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_of, version_in_force
from watchkeeper.ui.time_left import OUTSIDE, TimeLeft

PAGE = 50
OPEN, RESOLVED, CLOSED, ALL = "open", "resolved", "closed", "all"
_STATES = {OPEN: lifecycle.OPEN_STATES, RESOLVED: (lifecycle.RESOLVED,), CLOSED: (lifecycle.CLOSED,)}
_LABELS = {OPEN: "Open", RESOLVED: "Resolved", CLOSED: "Closed", ALL: "All"}


class Row(NamedTuple):
    """One incident of the list."""

    incident: Incident
    severity: Severity
    left: TimeLeft

    @property
    def shown(self) -> tuple[object, ...]:
        """What of it is on the page; the time left goes by itself."""
        incident, left = self.incident, self.left
        told = (incident.reference, incident.title, incident.state, incident.severity, incident.acknowledged_at)
        return (
            *told,
            incident.assignee_id,
            incident.may_be_escalated,
            left.metric,
            left.outcome,
            left.due_at,
            left.words,
        )


class Side(NamedTuple):
    """One tab above the list."""

    label: str
    href: str
    is_current: bool
    count: int


@for_customers
@require_safe
def portal_incidents(request: HttpRequest) -> HttpResponse:
    """The list, or 204 when it still is as the page that asks shows it.

    ``?show=`` open, resolved, closed or all, ``?q=`` words of the title or a reference.
    """
    now = clock.now()
    policy = policy_of(version_in_force(now))
    asked, words = request.GET.get("show", OPEN), request.GET.get("q", "").replace("\x00", "").strip()
    show = asked if asked in _LABELS else OPEN
    seen = Incident.objects.seen_by(request.user)
    found = _in_order(_matching(_in(seen, show), words), show).select_related("assignee", "policy_version")
    paged = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows, sides = _rows(list(paged.object_list), now), _sides(seen, show, words)
    shows = fingerprint([row.shown for row in rows], sides)
    return nothing_new(request, shows) or shell.page(
        request,
        "portal/my_incidents.html",
        now=now,
        policy=policy,
        rows=rows,
        sides=sides,
        pulse=address_to_ask(request, shows),
        show=show,
        words=words,
        paged=paged,
    )


def _in(seen: IncidentQuerySet, show: str) -> IncidentQuerySet:
    return seen if show == ALL else seen.filter(state__in=_STATES[show])


def _matching(incidents: IncidentQuerySet, words: str) -> IncidentQuerySet:
    return incidents.filter(Q(title__icontains=words) | Q(reference__iexact=words)) if words else incidents


def _in_order(incidents: IncidentQuerySet, show: str) -> IncidentQuerySet:
    return incidents.by_time_left() if show == OPEN else incidents.order_by("-received_at", "-pk")


def _rows(incidents: list[Incident], now: datetime) -> list[Row]:
    clocks = clocks_of(incidents)
    return [Row(incident, _severity(incident), _left(clocks[incident.pk], now)) for incident in incidents]


def _severity(incident: Incident) -> Severity:
    return policy_of(incident.policy_version).severity_numbered(incident.severity)


def _left(commitment: Commitment | None, now: datetime) -> TimeLeft:
    if commitment is None:
        return TimeLeft(OUTSIDE, now, words="outside your level")
    return left_for_you(commitment, now)


def _sides(seen: IncidentQuerySet, show: str, words: str) -> list[Side]:
    return [
        Side(label, f"?show={key}", key == show, _matching(_in(seen, key), words).count())
        for key, label in _LABELS.items()
    ]
