"""Announcing a change: the same form on both sides."""

from __future__ import annotations

from django.http import HttpRequest

from watchkeeper.core.policy import Policy
from watchkeeper.incidents.refusals import REFUSALS, words_of
from watchkeeper.people.models import Account
from watchkeeper.premium.models import AnnouncedChange
from watchkeeper.premium.places import acts
from watchkeeper.premium.places.forms import ChangeForm


def announced(request: HttpRequest, account: Account, policy: Policy) -> tuple[AnnouncedChange | None, ChangeForm]:
    """What was announced, or the form: blank, or with what is wrong."""
    form = ChangeForm(
        request.POST if request.method == "POST" else None, account=account, by=request.user, policy=policy
    )
    if not (form.is_bound and form.is_valid()):
        return None, form
    starts_at, ends_at = form.span
    said = form.cleaned_data
    words = {"title": " ".join(said["title"].split()), "text": said["text"]}
    try:
        change = acts.announce(account, by=request.user, part=form.part, starts_at=starts_at, ends_at=ends_at, **words)
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return None, form
    return change, form
