"""``/desk/places``: what is known of each account's place, and the changes that were announced."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.refusals import shown
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.premium.models import AnnouncedChange, RunBookNote
from watchkeeper.premium.places import acts
from watchkeeper.premium.places.calendar import calendar_answer
from watchkeeper.premium.places.changing import announced
from watchkeeper.premium.places.entitled import designated_for, holds_ongoing_support, level_with_ongoing_support
from watchkeeper.premium.places.shown import shown_changes, shown_notes

SECTION = "desk-places"
PAST = timedelta(days=30)
"""How long a change that is over still stands on a page."""

AT_MOST = 200


def places(request: HttpRequest) -> HttpResponse:
    """Every account that the reader works on, and what will be changed at any of them."""
    now = clock.now()
    coming = AnnouncedChange.objects.seen_by(request.user).in_force().filter(ends_at__gt=now)
    return shell.page(
        request,
        "premium/places/places.html",
        now=now,
        section=SECTION,
        accounts=access.accounts_served_by(request.user).order_by("name"),
        changes=shown_changes(coming.select_related("account", "announced_by")[:AT_MOST], now),
    )


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """One account's place."""
    account = account_served(request, slug)
    now = clock.now()
    notes = RunBookNote.objects.filter(account=account).select_related("changed_by")
    changes = AnnouncedChange.objects.filter(account=account, ends_at__gt=now - PAST)
    return shell.page(
        request,
        "premium/places/place.html",
        now=now,
        section=SECTION,
        account=account,
        is_held=holds_ongoing_support(account, at=now),
        level=level_with_ongoing_support(policy_in_force(now)),
        engineers=designated_for(account, at=now),
        notes=shown_notes(notes),
        changes=shown_changes(changes.select_related("announced_by", "called_off_by")[:AT_MOST], now),
        may_keep=access.may(request.user, acts.KEEP),
        may_announce=access.may(request.user, acts.ANNOUNCE),
    )


def place_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The account's announced changes as a calendar file."""
    account = account_served(request, slug)
    changes = AnnouncedChange.objects.filter(account=account, ends_at__gt=clock.now() - PAST)
    return calendar_answer(changes.select_related("account"), name=account.name)


@shown
def new_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a change that a customer told of by other ways."""
    account = account_served(request, slug)
    now = clock.now()
    change, form = announced(request, account, policy_in_force(now))
    if change is not None:
        messages.success(request, gettext("The change is announced."))
        return redirect("desk-place", slug)
    return shell.page(
        request,
        "premium/places/new_change.html",
        now=now,
        status=422 if form.is_bound else 200,
        section=SECTION,
        account=account,
        form=form,
    )


@shown
def change_calling_off(request: HttpRequest, key: str) -> HttpResponse:
    """It will not happen."""
    seen = AnnouncedChange.objects.seen_by(request.user).select_related("account")
    change = get_object_or_404(seen, key=key)
    acts.call_off(change, by=request.user)
    messages.success(request, gettext("{change} is called off.").format(change=change.title))
    return redirect("desk-place", change.account.slug)


def account_served(request: HttpRequest, slug: str) -> Account:
    """The account of this name if the asker works on it; else there is no such page."""
    return get_object_or_404(access.accounts_served_by(request.user), slug=slug)
