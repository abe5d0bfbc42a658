"""The notes of a run book: how a part of an account's place runs, kept by the team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from watchkeeper.incidents.desk import shell
from watchkeeper.incidents.refusals import REFUSALS, words_of
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.premium.models import RunBookNote
from watchkeeper.premium.places import acts
from watchkeeper.premium.places.desk import SECTION, account_served
from watchkeeper.premium.places.forms import NoteForm


def new_note(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the first note of a part; ``?component=`` and its like say of which."""
    account = account_served(request, slug)
    asked = {name: request.GET.get(name, "").replace("\0", "")[:200] for name in acts.Part._fields}
    form = NoteForm(_given(request), account=account, by=request.user, initial=asked)
    if form.is_bound and form.is_valid():
        try:
            acts.write_note(account, by=request.user, part=form.part, text=form.cleaned_data["text"])
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
        else:
            messages.success(request, gettext("The note is kept."))
            return redirect("desk-place", slug)
    return _page(request, form, account, None)


def note(request: HttpRequest, key: int) -> HttpResponse:
    """Change a note; its part stays."""
    kept = _note(request, key)
    said = {name: getattr(kept, name) for name in acts.Part._fields}
    form = NoteForm(
        _given(request), account=kept.account, by=request.user, initial={"text": kept.text, "seen": kept.number, **said}
    )
    for name in acts.Part._fields:
        form.fields[name].disabled = True
    if form.is_bound and form.is_valid():
        text, seen = form.cleaned_data["text"], form.cleaned_data["seen"] or 0
        try:
            acts.rewrite_note(kept, by=request.user, text=text, seen=seen)
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
        else:
            messages.success(request, gettext("The note is kept."))
            return redirect("desk-place", kept.account.slug)
    return _page(request, form, kept.account, kept)


def note_removal(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a note."""
    kept = _note(request, key)
    acts.remove_note(kept, by=request.user)
    messages.success(request, gettext("The note is removed."))
    return redirect("desk-place", kept.account.slug)


def _given(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None


def _note(request: HttpRequest, key: int) -> RunBookNote:
    return get_object_or_404(RunBookNote.objects.seen_by(request.user).select_related("account"), pk=key)


def _page(request: HttpRequest, form: NoteForm, account: Account, kept: RunBookNote | None) -> HttpResponse:
    return shell.page(
        request,
        "premium/places/note.html",
        now=clock.now(),
        status=422 if form.is_bound else 200,
        section=SECTION,
        account=account,
        form=form,
        note=kept,
    )
