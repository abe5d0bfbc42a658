"""Who comes in: people of an account. To everybody else these pages do not exist, nor does what they do not see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from watchkeeper.incidents.models import Incident

View = Callable[..., HttpResponse]


def for_customers(view: View) -> View:
    """A page of the portal: a stranger is asked to sign in, the team gets the answer of an address without a page."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_customer:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def incident_seen(request: HttpRequest, reference: str) -> Incident:
    """The incident of this name if the asker sees it; else there is no such page."""
    seen = Incident.objects.seen_by(request.user).select_related(
        "account__account_executive", "assignee", "reporter", "policy_version"
    )
    return get_object_or_404(seen, reference=reference)
