"""While a report is written: open incidents like it, so that a second person joins rather than repeats.

Where the account keeps incidents apart, of those that the reader may not read nothing is told but that one may ask to
join.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models.functions import Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident, IncidentQuerySet
from watchkeeper.incidents.refusals import REFUSALS, words_of
from watchkeeper.people import clock
from watchkeeper.people.models import Person
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.versions import policy_in_force

AT_MOST = 3
FEWEST_CHARACTERS = 5
ALIKE = 0.4
"""From 0, nothing in common, to 1: how much of the three-letter pieces of two titles must be the same."""


def portal_report_similar(request: HttpRequest) -> HttpResponse:
    """Those like ``?title=``, as a fragment; empty where there is none."""
    now = clock.now()
    title = _title(request.GET.get("title", ""))
    similar = similar_to(title, reader=request.user)
    apart = None if similar else kept_apart_like(title, reader=request.user)
    has_asked = apart is not None and verbs.asking(apart).filter(pk=request.user.pk).exists()
    shown = {"similar": similar, "apart": apart is not None, "has_asked": has_asked}
    return render(request, "portal/similar.html", {**shown, **around(policy_in_force(now), now)})


def portal_report_joining(request: HttpRequest) -> HttpResponse:
    """Ask to join the incident most like the title that is posted, without learning which it is."""
    incident = kept_apart_like(_title(request.POST.get("title", "")), reader=request.user)
    if incident is None:
        messages.info(request, gettext("Nothing like it is open any more: report it."))
    else:
        try:
            verbs.ask_to_join(incident, by=request.user)
        except REFUSALS as refusal:
            messages.warning(request, words_of(refusal))
        else:
            words = gettext("You have asked to join. Whoever follows it is told; you hear once they let you.")
            messages.success(request, words)
    return redirect("portal-report")


def similar_to(title: str, *, reader: Person) -> list[Incident]:
    """The open incidents that the reader sees whose titles are most like this one, the most alike first."""
    return list(_alike(Incident.objects.seen_by(reader), title).select_related("reporter")[:AT_MOST])


def kept_apart_like(title: str, *, reader: Person) -> Incident | None:
    """The open incident of the reader's account most like this title, of those that the reader may not read."""
    if not reader.account.sees_only_own:
        return None
    unseen = Incident.objects.filter(account=reader.account).exclude(
        pk__in=Incident.objects.seen_by(reader).values("pk")
    )
    return _alike(unseen, title).first()


def _title(given: str) -> str:
    return given.replace("\x00", "").strip()[:200]


def _alike(among: IncidentQuerySet, title: str) -> IncidentQuerySet:
    if len(title) < FEWEST_CHARACTERS:
        return among.none()
    likeness = Greatest(TrigramSimilarity("title", title), TrigramWordSimilarity(title, "title"))
    alike = among.open().annotate(likeness=likeness).filter(likeness__gte=ALIKE)
    return alike.order_by("-likeness", "-received_at", "-pk")
