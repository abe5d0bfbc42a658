"""``/desk/wall``: what the whole room has to know, to be read from across it on a big screen."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from watchkeeper.core import lifecycle
from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.desk.queue.rows import rows_of
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.urgency import OWED
from watchkeeper.people import clock

ROWS = 8
SOON = timedelta(hours=1)


class Figure(NamedTuple):
    """A number of incidents and what it counts. ``tone`` is that of a badge while there is any."""

    count: int
    words: str
    tone: str = ""


def wall(request: HttpRequest) -> HttpResponse:
    """The most urgent incidents that the reader sees, and how many stand how."""
    now = clock.now()
    seen = Incident.objects.seen_by(request.user).in_earnest()
    urgent = list(seen.open().by_urgency().select_related("account", "assignee")[:ROWS])
    counts = seen.aggregate(
        owed=_open(queue_rank=OWED),
        escalated=Count("pk", filter=Q(is_escalated=True)),
        soon=_open(queue_rank__gt=OWED, due_at__lte=now + SOON),
        nobodys=_open(assignee__isnull=True),
        waiting=Count("pk", filter=Q(state=lifecycle.WAITING)),
        open=_open(),
    )
    figures = [
        Figure(counts["owed"], "breached and owed", "breach"),
        Figure(counts["escalated"], "escalated", "breach"),
        Figure(counts["soon"], "due within the hour", "warn"),
        Figure(counts["nobodys"], "nobody’s", "info"),
        Figure(counts["waiting"], "wait for the customer"),
        Figure(counts["open"], "open"),
    ]
    return shell.page(request, "desk/wall.html", now=now, rows=rows_of(urgent, now=now), figures=figures)


def _open(**narrowing: object) -> Count:
    return Count("pk", filter=Q(state__in=lifecycle.OPEN_STATES, **narrowing))
