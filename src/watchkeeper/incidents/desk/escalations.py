"""The escalations of the accounts a person serves, each with its own clock: what is owed first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from watchkeeper.clocks.models import Commitment
from watchkeeper.core.policy import ESCALATION_ANSWER
from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.door import for_the_team
from watchkeeper.incidents.desk.escalated import Escalation, escalations_of
from watchkeeper.incidents.desk.time_left import as_core, time_left_for_the_team
from watchkeeper.incidents.models import Incident
from watchkeeper.people import access, clock
from watchkeeper.policies.terms import policy_of, promise_of
from watchkeeper.ui.time_left import TimeLeft

MOST_ENDED = 100


class Row(NamedTuple):
    """One escalation in the list."""

    escalation: Escalation
    incident: Incident
    severity_name: str
    left: TimeLeft

    @property
    def urgency(self) -> tuple[bool, datetime]:
        return not self.escalation.is_owed, self.left.due_at or self.escalation.opened.at


@for_the_team
@require_safe
def escalations(request: HttpRequest) -> HttpResponse:
    """Those that are open; with ``ended=yes`` those that are over, the latest first."""
    ended = request.GET.get("ended") == "yes"
    every = escalations_of(Incident.objects.seen_by(request.user))
    shown = [one for one in every if one.is_open is not ended]
    open_count = sum(one.is_open for one in every)
    now = clock.now()
    rows = _rows(request, shown[::-1][:MOST_ENDED] if ended else shown, now)
    return shell.page(
        request,
        "desk/escalations.html",
        now=now,
        section="desk-escalations",
        rows=rows if ended else sorted(rows, key=lambda row: row.urgency),
        may_answer=access.may(request.user, "answer escalation"),
        ended=ended,
        tabs=[
            {"label": "Open", "href": "?", "is_current": not ended, "count": open_count},
            {"label": "Ended", "href": "?ended=yes", "is_current": ended, "count": len(every) - open_count},
        ],
    )


def _rows(request: HttpRequest, shown: list[Escalation], now: datetime) -> list[Row]:
    keys = {one.incident_id for one in shown}
    seen = Incident.objects.seen_by(request.user).filter(pk__in=keys)
    incidents = {row.pk: row for row in seen.select_related("account__account_executive", "policy_version")}
    lefts = _lefts(keys, now)
    return [
        Row(one, incident, policy_of(incident.policy_version).severity_numbered(incident.severity).name, left)
        for one in shown
        if (incident := incidents.get(one.incident_id)) and (left := lefts.get((one.incident_id, one.nth)))
    ]


def _lefts(keys: set[int], now: datetime) -> Mapping[tuple[int, int], TimeLeft]:
    rows = Commitment.objects.filter(incident_id__in=keys, metric=ESCALATION_ANSWER).select_related("promise__version")
    return {
        (row.incident_id, row.nth): time_left_for_the_team(as_core(row, promise_of(row.promise)), now=now)
        for row in rows
    }
