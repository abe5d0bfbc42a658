"""Who comes in: people of the vendor. To everybody else the desk does not exist, nor does what they do not see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from watchkeeper.incidents.models import Incident
from watchkeeper.people import access

View = Callable[..., HttpResponse]


def for_the_team(view: View) -> View:
    """A page of the desk: a stranger is asked to sign in, a customer gets the answer of an address without a page."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_customer:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def for_those_who_may(act: str) -> Callable[[View], View]:
    """A page of the desk for some roles; to the others it does not exist."""

    def guard(view: View) -> View:
        @for_the_team
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not access.may(request.user, act):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


def incident_seen(request: HttpRequest, reference: str) -> Incident:
    """The incident of this name if the asker sees it; else there is no such page."""
    along = ("account__account_executive", "assignee", "reporter", "policy_version")
    seen = Incident.objects.seen_by(request.user).select_related(*along)
    return get_object_or_404(seen, reference=reference)
