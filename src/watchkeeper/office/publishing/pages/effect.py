"""``/desk/policy/drafts/N/effect``: what the draft would have meant for the desk's own incidents, and for contracts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.office.publishing import replays
from watchkeeper.office.publishing.drafts import Closed
from watchkeeper.office.publishing.models import DraftEffect, PolicyDraft
from watchkeeper.office.publishing.pages import draft_shell
from watchkeeper.office.publishing.pages.draft_shell import draft_called
from watchkeeper.office.publishing.plan import AT_ONCE, NotPublished, plan
from watchkeeper.people import clock


def effect(request: HttpRequest, key: int) -> HttpResponse:
    """The effect as it was replayed last; posted, it is replayed anew."""
    draft = draft_called(key)
    if request.method == "POST":
        try:
            replays.ask(draft)
        except PolicyFileErrors:
            messages.error(request, _("The text has errors, so it says no policy that could be replayed."))
        except Closed as closed:
            messages.error(request, str(closed))
        return redirect("desk-policy-draft-effect", key)
    return draft_shell.page(request, "effect.html", draft, now=clock.now(), **effect_of(draft), **_broken(draft))


def effect_of(draft: PolicyDraft) -> dict[str, Any]:
    """What templates show of an effect: the ``effect`` kept with the draft, if there is one."""
    return {"effect": DraftEffect.objects.filter(draft=draft).select_related("draft").first()}


def _broken(draft: PolicyDraft) -> dict[str, Any]:
    """What the draft would break, were it published at once; nothing is known of an unsound one."""
    try:
        return {"planned": plan(draft.text, valid_from=AT_ONCE, at=clock.now())}
    except NotPublished:
        return {"is_unsound": True}
