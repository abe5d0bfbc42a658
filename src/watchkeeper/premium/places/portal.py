"""``/changes``: what the reader's organisation announced it will change, and who of the team knows its place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from watchkeeper.incidents.portal import shell
from watchkeeper.incidents.refusals import shown
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.premium.models import AnnouncedChange
from watchkeeper.premium.places import acts
from watchkeeper.premium.places.calendar import calendar_answer
from watchkeeper.premium.places.changing import announced
from watchkeeper.premium.places.desk import AT_MOST, PAST
from watchkeeper.premium.places.entitled import designated_for, holds_ongoing_support, level_with_ongoing_support
from watchkeeper.premium.places.shown import shown_changes

SECTION = "portal-changes"


def changes(request: HttpRequest) -> HttpResponse:
    """What is announced, or which level includes ongoing support."""
    now = clock.now()
    policy = policy_in_force(now)
    account = request.user.account
    rows = AnnouncedChange.objects.seen_by(request.user).filter(ends_at__gt=now - PAST)
    return shell.page(
        request,
        "premium/places/your_changes.html",
        now=now,
        policy=policy,
        is_held=holds_ongoing_support(account, at=now),
        level=level_with_ongoing_support(policy),
        executive=account.account_executive,
        engineers=designated_for(account, at=now),
        changes=shown_changes(rows.select_related("announced_by", "called_off_by")[:AT_MOST], now),
    )


@shown
def new_change(request: HttpRequest) -> HttpResponse:
    """Announce one."""
    now = clock.now()
    policy = policy_in_force(now)
    account = request.user.account
    if not holds_ongoing_support(account, at=now):
        return redirect("portal-changes")
    change, form = announced(request, account, policy)
    if change is not None:
        messages.success(request, gettext("Announced. Whoever is on duty then sees it beside your incidents."))
        return redirect("portal-changes")
    return shell.page(
        request,
        "premium/places/your_new_change.html",
        now=now,
        policy=policy,
        status=422 if form.is_bound else 200,
        section=SECTION,
        form=form,
    )


@shown
def change_calling_off(request: HttpRequest, key: str) -> HttpResponse:
    """It will not happen."""
    change = get_object_or_404(AnnouncedChange.objects.seen_by(request.user), key=key)
    acts.call_off(change, by=request.user)
    messages.success(request, gettext("{change} is called off.").format(change=change.title))
    return redirect("portal-changes")


def changes_calendar(request: HttpRequest) -> HttpResponse:
    """The same as a calendar file."""
    rows = AnnouncedChange.objects.seen_by(request.user).filter(ends_at__gt=clock.now() - PAST)
    return calendar_answer(rows.select_related("account"), name=request.user.account.name)
