"""``/desk/wall``: what the whole room has to know, to be read from across it on a big screen."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext

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
        Figure(counts["owed"], pgettext("a number of incidents, beside it", "breached and owed"), "breach"),
        Figure(counts["escalated"], pgettext("a number of incidents, beside it", "escalated"), "breach"),
        Figure(counts["soon"], pgettext("a number of incidents, beside it", "due within the hour"), "warn"),
        Figure(counts["nobodys"], pgettext("a number of incidents, beside it", "nobody’s"), "info"),
        Figure(counts["waiting"], pgettext("a number of incidents, beside it", "wait for the customer")),
        Figure(counts["open"], pgettext("a number of incidents, beside it", "open")),
    ]
    return shell.page(request, "desk/wall.html", now=now, rows=rows_of(urgent, now=now), figures=figures)


def _open(**narrowing: object) -> Count:
    return Count("pk", filter=Q(state__in=lifecycle.OPEN_STATES, **narrowing))
