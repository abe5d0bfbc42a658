"""``/desk/policy/versions/N/``: a version as it was published, and withdrawing one that is planned."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from watchkeeper.core import published
from watchkeeper.core.differences import differences
from watchkeeper.incidents.desk import shell
from watchkeeper.office.publishing.forms import ReasonForm
from watchkeeper.office.publishing.pages.draft import as_file
from watchkeeper.office.publishing.publication import NotWithdrawn, withdraw
from watchkeeper.office.publishing.versions import before, lives
from watchkeeper.people import clock
from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui.translated import translated

REFUSED, MISTYPED = 409, 422


def version(request: HttpRequest, number: int) -> HttpResponse:
    """Its life, what it changed, its page and its text."""
    return _page(request, _version(number), ReasonForm())


def file(request: HttpRequest, number: int) -> HttpResponse:
    """The text as a file."""
    return as_file(_version(number).text, f"policy-version-{number}.yaml")


def withdrawal(request: HttpRequest, number: int) -> HttpResponse:
    """Let a planned version never come into force."""
    found, form = _version(number), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=MISTYPED)
    try:
        withdraw(found, reason=form.cleaned_data["reason"], by=request.user)
    except NotWithdrawn as refused:
        return _page(request, found, form, status=REFUSED, refused=refused)
    told = _("Version {number} is withdrawn and will not come into force.")
    messages.success(request, told.format(number=number))
    return redirect("desk-policy-version", number)


def _version(number: int) -> PolicyVersion:
    return get_object_or_404(PolicyVersion, number=number)


def _page(
    request: HttpRequest, found: PolicyVersion, form: ReasonForm, *, status: int = 200, **shown: Any
) -> HttpResponse:
    now = clock.now()
    policy, earlier = policy_of(found), before(found)
    return shell.page(
        request,
        "office/publishing/version.html",
        now=now,
        status=status,
        section="desk-policy",
        title=_("Version {number}").format(number=found.number),
        life=next(life for life in lives(now) if life.version == found),
        earlier=earlier,
        differences=differences(policy_of(earlier), policy) if earlier else (),
        page=translated(published.page(policy)),
        lines=found.text.splitlines(),
        form=form,
        **shown,
    )
