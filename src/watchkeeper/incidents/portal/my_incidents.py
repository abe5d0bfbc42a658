"""``/incidents``: what the reader's account has reported, what is open first, with the time left of each."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext_lazy

from watchkeeper.core import lifecycle
from watchkeeper.core.commitments import Commitment
from watchkeeper.core.policy import Severity
from watchkeeper.incidents.live.seen import address_to_ask, fingerprint, nothing_new
from watchkeeper.incidents.models import Incident, IncidentQuerySet
from watchkeeper.incidents.portal import shell
from watchkeeper.incidents.portal.clocks import left_for_you
from watchkeeper.incidents.portal.standings import clocks_of
from watchkeeper.incidents.search import found
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_of, version_in_force
from watchkeeper.ui.time_left import OUTSIDE, TimeLeft

PAGE = 50
OPEN, RESOLVED, CLOSED, ALL = "open", "resolved", "closed", "all"
_STATES = {OPEN: lifecycle.OPEN_STATES, RESOLVED: (lifecycle.RESOLVED,), CLOSED: (lifecycle.CLOSED,)}
_LABELS = {
    OPEN: pgettext_lazy("incidents", "Open"),
    RESOLVED: pgettext_lazy("incidents", "Resolved"),
    CLOSED: pgettext_lazy("incidents", "Closed"),
    ALL: pgettext_lazy("incidents", "All"),
}


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


def portal_incidents(request: HttpRequest) -> HttpResponse:
    """The list, or 204 when it still is as the page that asks shows it.

    ``?show=`` open, resolved, closed or all, ``?q=`` a reference, a part of the title or words said.
    """
    now = clock.now()
    policy = policy_of(version_in_force(now))
    asked, words = request.GET.get("show", OPEN), request.GET.get("q", "").replace("\x00", "").strip()
    show = asked if asked in _LABELS else OPEN
    seen = Incident.objects.seen_by(request.user)
    matching = seen.filter(found(words, reader=request.user))
    listed = _in_order(_in(matching, show), show).select_related("assignee", "policy_version")
    paged = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    rows, sides = _rows(list(paged.object_list), now), _sides(matching, show, words)
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


def _in_order(incidents: IncidentQuerySet, show: str) -> IncidentQuerySet:
    return incidents.by_urgency() if show == OPEN else incidents.order_by("-received_at", "-pk")


def _rows(incidents: list[Incident], now: datetime) -> list[Row]:
    clocks = clocks_of(incidents, now=now)
    return [Row(incident, _severity(incident), _left(clocks[incident.pk], now)) for incident in incidents]


def _severity(incident: Incident) -> Severity:
    return policy_of(incident.policy_version).severity_numbered(incident.severity)


def _left(commitment: Commitment | None, now: datetime) -> TimeLeft:
    if commitment is None:
        return TimeLeft(OUTSIDE, now, words=gettext("outside your level"))
    return left_for_you(commitment, now)


def _sides(matching: IncidentQuerySet, show: str, words: str) -> list[Side]:
    counted = matching.order_by().values_list("state").annotate(Count("pk", distinct=True))
    counts = Counter(dict(counted))
    of_side = {side: sum(counts[state] for state in states) for side, states in _STATES.items()} | {ALL: counts.total()}
    asked = {"q": words} if words else {}
    return [
        Side(str(label), f"?{urlencode({'show': key} | asked)}", key == show, of_side[key])
        for key, label in _LABELS.items()
    ]
