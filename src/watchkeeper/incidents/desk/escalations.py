"""The escalations of the accounts a person serves, each with its own clock: what is owed first."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext

from watchkeeper.clocks.models import Commitment
from watchkeeper.core import lifecycle
from watchkeeper.core.policy import ESCALATION_ANSWER
from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.escalated import Escalation, escalations_of
from watchkeeper.incidents.desk.time_left import as_core, time_left_for_the_team
from watchkeeper.incidents.live.seen import address_to_ask, fingerprint, nothing_new
from watchkeeper.incidents.models import Incident, IncidentQuerySet
from watchkeeper.people import access, clock
from watchkeeper.policies.terms import promise_of
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui.time_left import TimeLeft

MOST = 200


class Row(NamedTuple):
    """One escalation in the list."""

    escalation: Escalation
    incident: Incident
    severity_name: str
    left: TimeLeft

    @property
    def urgency(self) -> tuple[bool, datetime]:
        return not self.escalation.is_owed, self.left.due_at or self.escalation.opened.at

    @property
    def shown(self) -> tuple[object, ...]:
        """What of it is on the page; the time left goes by itself."""
        incident, escalation = self.incident, self.escalation
        told = (incident.reference, incident.title, incident.state, incident.severity, self.left.outcome)
        return (*told, self.left.due_at, escalation.nth, escalation.is_owed, escalation.is_open)


def escalations(request: HttpRequest) -> HttpResponse:
    """Those that are open, what is owed first; with ``ended=yes`` those that are over, the latest first.

    204 when the page that asks shows them as they are.
    """
    ended = request.GET.get("ended") == "yes"
    seen = Incident.objects.seen_by(request.user)
    now = clock.now()
    rows = _in_order(_rows(seen, now, ended=ended), ended=ended)
    count = seen.filter(is_escalated=True).count()
    shows = fingerprint([row.shown for row in rows], count)
    return nothing_new(request, shows) or shell.page(
        request,
        "desk/escalations.html",
        now=now,
        section="desk-escalations",
        rows=rows,
        pulse=address_to_ask(request, shows),
        most=MOST if len(rows) >= MOST else None,
        may_answer=access.may(request.user, "answer escalation"),
        ended=ended,
        tabs=[
            {"label": pgettext("escalations", "Open"), "href": "?", "is_current": not ended, "count": count},
            {"label": pgettext("escalations", "Over"), "href": "?ended=yes", "is_current": ended, "count": None},
        ],
    )


def _in_order(rows: list[Row], *, ended: bool) -> list[Row]:
    if ended:
        return sorted(rows, key=lambda row: row.escalation.opened.at, reverse=True)
    return sorted(rows, key=lambda row: row.urgency)


def _rows(seen: IncidentQuerySet, now: datetime, *, ended: bool) -> list[Row]:
    open_ones = seen.filter(is_escalated=True)
    answers = Commitment.objects.filter(metric=ESCALATION_ANSWER).select_related("promise__version")
    if ended:
        answers = answers.filter(incident_id__in=seen.values("pk")).order_by("-opened_at")
    else:
        answers = answers.filter(incident_id__in=open_ones.values("pk")).order_by("due_at")
    clocks = {(clock.incident_id, clock.nth): clock for clock in answers[:MOST]}
    keys = {incident_id for incident_id, _nth in clocks}
    incidents = seen.select_related("account__account_executive", "policy_version").in_bulk(keys)
    return [
        _row(one, incidents[one.incident_id], clocks[one.incident_id, one.nth], now)
        for one in escalations_of(keys)
        if (one.incident_id, one.nth) in clocks and _is_over(one, incidents[one.incident_id]) is ended
    ]


def _is_over(escalation: Escalation, incident: Incident) -> bool:
    return not escalation.is_open or incident.state == lifecycle.CLOSED


def _row(escalation: Escalation, incident: Incident, clock: Commitment, now: datetime) -> Row:
    severity = policy_of(incident.policy_version).severity_numbered(incident.severity)
    left = time_left_for_the_team(as_core(clock, promise_of(clock.promise)), now=now)
    return Row(escalation, incident, severity.name, left)
