"""``…/presence``: a page says that somebody looks at it, writes there or has left, and hears who else is there."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext

from watchkeeper.incidents import presence
from watchkeeper.incidents.desk.door import incident_seen
from watchkeeper.people import clock

LOOKING, WRITING, LEFT = "looking", "writing", "left"


def others(request: HttpRequest, reference: str) -> HttpResponse:
    """Who else is there, in words, for a page that says what its reader does; nothing for one that was left."""
    incident = incident_seen(request, reference)
    doing = request.POST.get("doing", "")
    if doing == LEFT:
        presence.leave(incident, request.user, now=clock.now())
        return HttpResponse(status=204)
    if doing not in (LOOKING, WRITING):
        return HttpResponse(f'"{doing}" is nothing to do here; say {LOOKING}, {WRITING} or {LEFT}', status=422)
    found = presence.be_there(incident, request.user, is_writing=doing == WRITING, now=clock.now())
    writing = [other.person.name for other in found if other.is_writing]
    looking = [other.person.name for other in found if not other.is_writing]
    return render(request, "desk/incident/others.html", {"writing": _writing(writing), "looking": _looking(looking)})


def _writing(names: Sequence[str]) -> str:
    words = ngettext("{names} is writing here", "{names} are writing here", len(names))
    return words.format(names=_listed(names)) if names else ""


def _looking(names: Sequence[str]) -> str:
    words = ngettext("{names} is looking at this too", "{names} are looking at this too", len(names))
    return words.format(names=_listed(names)) if names else ""


def _listed(names: Sequence[str]) -> str:
    """``Ana``, ``Ana and Bo``, ``Ana, Bo and Mia``."""
    return gettext(" and ").join(filter(None, [", ".join(names[:-1]), names[-1]]))
