"""Following an incident no longer, by the link of a mail: whoever has it need not sign in."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt

from watchkeeper.incidents import verbs
from watchkeeper.incidents.leaving_links import bound_to
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_as


@csrf_exempt  # a mail program posts without having seen the page; nothing counts but the link
def unfollow(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop, and stop. Who has stopped already is told the same."""
    bound = bound_to(token)
    if bound is None:
        raise Http404
    person = get_object_or_404(Person, pk=bound.person, is_active=True, account__isnull=False)
    stand_as(person)
    incident = get_object_or_404(Incident, reference=bound.reference)
    if request.method == "POST":
        with suppress(verbs.NotPossible):
            verbs.remove_participant(incident, person=person, by=person)
    return render(
        request,
        "portal/unfollow.html",
        {"reference": incident.reference, "is_done": request.method == "POST"},
    )
