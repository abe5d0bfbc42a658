"""``/desk/policy/drafts/N/publication``: all of it once more, and then it is a version."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from watchkeeper.office.publishing.drafts import Closed
from watchkeeper.office.publishing.forms import PublicationForm
from watchkeeper.office.publishing.models import PolicyDraft
from watchkeeper.office.publishing.pages import draft_shell
from watchkeeper.office.publishing.pages.draft_shell import draft_called
from watchkeeper.office.publishing.pages.effect import effect_of
from watchkeeper.office.publishing.plan import NotPublished, obstacles_of, plan
from watchkeeper.office.publishing.publication import publish_draft
from watchkeeper.office.publishing.versions import today
from watchkeeper.office.publishing.words import said
from watchkeeper.people import clock

REFUSED, MISTYPED = 409, 422


def publication(request: HttpRequest, key: int) -> HttpResponse:
    """What would be published, when and why; posted, it is."""
    draft = draft_called(key)
    form = _form(request, draft)
    if not form.is_bound:
        return _page(request, draft, form)
    if not form.is_valid():
        return _page(request, draft, form, status=MISTYPED)
    given = form.cleaned_data
    try:
        version = publish_draft(
            draft, revision=given["revision"], valid_from=form.day(), note=given["note"], by=request.user
        )
    except NotPublished as refused:
        return _page(request, draft_called(key), form, status=REFUSED, refused=refused.reasons)
    except Closed as closed:
        return _page(request, draft_called(key), form, status=REFUSED, refused=[str(closed)])
    told = _("Version {number} is published, in force from {day}.")
    messages.success(request, told.format(number=version.number, day=said(version.valid_from)))
    return redirect("desk-policy-version", version.number)


def _form(request: HttpRequest, draft: PolicyDraft) -> PublicationForm:
    tomorrow = today(draft.based_on, clock.now()) + timedelta(days=1)
    first = {"revision": draft.revision, "when": PublicationForm.DAY, "valid_from": tomorrow, "note": draft.note}
    return PublicationForm(request.POST if request.method == "POST" else None, initial=first)


def _page(
    request: HttpRequest, draft: PolicyDraft, form: PublicationForm, *, status: int = 200, **shown: Any
) -> HttpResponse:
    now = clock.now()
    valid_from = form.day() if form.is_bound and form.is_valid() else form.initial["valid_from"]
    try:
        planned = plan(draft.text, valid_from=valid_from, at=now)
        obstacles = obstacles_of(draft, planned)
    except NotPublished as unsound:
        planned, obstacles = None, unsound.reasons
    return draft_shell.page(
        request,
        "publication.html",
        draft,
        now=now,
        status=status,
        form=form,
        planned=planned,
        obstacles=obstacles,
        **effect_of(draft),
        **shown,
    )
