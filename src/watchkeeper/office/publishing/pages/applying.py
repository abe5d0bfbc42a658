"""``/desk/policy/promises``: lay what is promised now on incidents that are open, chosen one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.models import Incident
from watchkeeper.office.publishing.applying import Done, apply, apply_later
from watchkeeper.office.publishing.forms import LONGEST_NOTE
from watchkeeper.office.publishing.moves import preview
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.people.wall import for_the_desk, stands_for_itself
from watchkeeper.policies.versions import version_in_force

MOST_AT_ONCE = 200
MISTYPED = 422
NO_REASON = gettext_lazy("Later for the customer needs a reason: they may ask for it.")


@stands_for_itself
def promises(request: HttpRequest) -> HttpResponse:
    """The open incidents whose due times applying would move, of all accounts or of ``?account=``; those chosen are
    moved, each in a transaction of its own: none waits for another while it holds what others wait for."""
    if request.method != "POST":
        return _page(request)
    chosen = {name: _references(request.POST.getlist(name)) for name in ("sooner", "later")}
    reason = request.POST.get("reason", "").replace("\0", "").strip()[:LONGEST_NOTE]
    if not chosen["sooner"] and not chosen["later"]:
        return _page(request, status=MISTYPED, wrong=_("Choose at least one incident."), reason=reason)
    if chosen["later"] and not reason:
        return _page(request, status=MISTYPED, wrong=NO_REASON, chosen=chosen)
    sooner = [each for each in chosen["sooner"] if each not in chosen["later"]]
    _tell(request, apply(sooner, by=request.user))
    _tell(request, apply_later(chosen["later"], reason=reason, by=request.user))
    return redirect(request.get_full_path())


def _references(given: list[str]) -> list[str]:
    return [each for each in given[:MOST_AT_ONCE] if "\0" not in each]


def _tell(request: HttpRequest, done: Done) -> None:
    if done.applied:
        count = len(done.applied)
        told = ngettext("Applied to {count} incident: {some}.", "Applied to {count} incidents: {some}.", count)
        messages.success(request, told.format(count=count, some=", ".join(done.applied)))
    for reference, reason in done.refused:
        messages.error(request, _("Not applied to {reference}: {reason}.").format(reference=reference, reason=reason))


def _account(request: HttpRequest) -> Account | None:
    slug = request.GET.get("account", "").replace("\0", "")
    return get_object_or_404(Account, slug=slug) if slug else None


def _page(request: HttpRequest, *, status: int = 200, **shown: Any) -> HttpResponse:
    with for_the_desk():
        now = clock.now()
        account = _account(request)
        every = Incident.objects.seen_by(request.user).open().select_related("account", "policy_version")
        every = every.filter(account=account) if account else every
        seen = preview(every.order_by("account__name", "received_at"), at=now)
        return shell.page(
            request,
            "office/publishing/promises.html",
            now=now,
            status=status,
            section="desk-accounts" if account else "desk-policy",
            account=account,
            sooner=seen.sooner[:MOST_AT_ONCE],
            later=seen.later[:MOST_AT_ONCE],
            counts={"sooner": len(seen.sooner), "later": len(seen.later)},
            impossible=seen.impossible[:MOST_AT_ONCE],
            in_force=version_in_force(now),
            most=MOST_AT_ONCE,
            **shown,
        )
