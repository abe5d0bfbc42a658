"""What the shell around every page of the desk needs to know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from watchkeeper.core.policy import Policy
from watchkeeper.incidents.models import Incident
from watchkeeper.people import access
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.support_levels.around import around
from watchkeeper.policies.versions import policy_of


def page(
    request: HttpRequest,
    template: str,
    *,
    now: datetime,
    policy: Policy | None = None,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """Render a page in the desk's shell. Times are written in the zone of ``policy``, by default the newest one's."""
    policy = policy or newest_policy()
    known = {
        **(around(policy, now) if policy else {"server_now": now}),
        "queue_count": Incident.objects.seen_by(request.user).in_earnest().open().count,  # asked by the template alone
        "may_report": access.may(request.user, "report"),
        "may_read_the_outbox": access.may(request.user, "read the outbox"),
    }
    return render(request, template, known | shown, status=status)


def newest_policy() -> Policy | None:
    """The policy published last and not withdrawn, or nothing before the first."""
    newest = PolicyVersion.objects.standing().first()
    return policy_of(newest) if newest else None
