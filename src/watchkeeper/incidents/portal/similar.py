"""``/report/similar``: open incidents like the one that is being written down, so that a second person joins."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.portal.door import for_customers
from watchkeeper.people import clock
from watchkeeper.people.models import Person
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.versions import policy_in_force

AT_MOST = 3
FEWEST_CHARACTERS = 5
ALIKE = 0.4
"""From 0, nothing in common, to 1: how much of the three-letter pieces of two titles must be the same."""


@for_customers
@require_safe
def portal_report_similar(request: HttpRequest) -> HttpResponse:
    """Those like ``?title=``, as a fragment; empty where there is none."""
    now = clock.now()
    title = request.GET.get("title", "").replace("\x00", "").strip()[:200]
    shown = {"similar": similar_to(title, reader=request.user), **around(policy_in_force(now), now)}
    return render(request, "portal/similar.html", shown)


def similar_to(title: str, *, reader: Person) -> list[Incident]:
    """The open incidents that the reader sees whose titles are most like this one, the most alike first."""
    if len(title) < FEWEST_CHARACTERS:
        return []
    likeness = Greatest(TrigramSimilarity("title", title), TrigramWordSimilarity(title, "title"))
    seen = Incident.objects.seen_by(reader).open().annotate(likeness=likeness)
    alike = seen.filter(likeness__gte=ALIKE).select_related("reporter")
    return list(alike.order_by("-likeness", "-received_at", "-pk")[:AT_MOST])
