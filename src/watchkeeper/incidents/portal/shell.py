"""What the shell around every page of the portal needs to know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from watchkeeper.core.policy import Policy
from watchkeeper.policies.support_levels.around import around


def page(
    request: HttpRequest, template: str, *, now: datetime, policy: Policy, status: int = 200, **shown: Any
) -> HttpResponse:
    """Render a page in the portal's shell; times are written in the zone of ``policy``."""
    known = {"account_name": request.user.account.name, **around(policy, now)}
    return render(request, template, known | shown, status=status)
