"""``/desk/policy/drafts/N/``: the text of a draft, checked while it is typed, and the page that it would publish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from watchkeeper.core import published
from watchkeeper.office.publishing import drafts
from watchkeeper.office.publishing.checking import Checked, changed_lines, check
from watchkeeper.office.publishing.forms import TextForm
from watchkeeper.office.publishing.models import PolicyDraft
from watchkeeper.office.publishing.pages import draft_shell
from watchkeeper.office.publishing.pages.draft_shell import draft_called
from watchkeeper.office.publishing.versions import replaceable
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui.translated import translated

CONFLICT, MISTYPED = 409, 422


def draft(request: HttpRequest, key: int) -> HttpResponse:
    """The text in its editor; posted, it is saved, unless somebody else has saved meanwhile."""
    found = draft_called(key)
    if request.method != "POST":
        return _page(request, found, found.text)
    form = TextForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, request.POST.get("text", found.text), status=MISTYPED, form=form)
    typed = drafts.as_kept(form.typed())
    try:
        saved = drafts.save(found, text=typed, revision=form.cleaned_data["revision"], by=request.user)
    except drafts.ChangedMeanwhile as meanwhile:
        theirs = changed_lines(meanwhile.before, meanwhile.draft.text)
        yours = changed_lines(meanwhile.draft.text, typed)
        return _page(request, draft_called(key), typed, status=CONFLICT, theirs=theirs, yours=yours)
    except drafts.Closed as closed:
        return _page(request, draft_called(key), typed, status=CONFLICT, refusal=closed)
    messages.success(request, _("Saved as revision {number}.").format(number=saved.revision))
    return redirect("desk-policy-draft", key)


def checked(request: HttpRequest, key: int) -> HttpResponse:
    """What is found in the text that is being typed: the part of the page that tells it."""
    found = draft_called(key)
    text = drafts.as_kept(request.POST.get("text", ""))
    return render(request, "office/publishing/check.html", {"draft": found, "checked": _checked(found, text)})


def preview(request: HttpRequest, key: int) -> HttpResponse:
    """The page that customers would read."""
    found = draft_called(key)
    file = _checked(found, found.text).file
    page = translated(published.page(file.policy)) if file is not None else None
    return draft_shell.page(request, "draft_page.html", found, now=clock.now(), page=page)


def file(request: HttpRequest, key: int) -> HttpResponse:
    """The text as a file."""
    return as_file(draft_called(key).text, f"policy-draft-{key}.yaml")


def comparison(request: HttpRequest, key: int) -> HttpResponse:
    """Compare the draft with another version, one that is in force or planned."""
    chosen = request.POST.get("version", "")
    version = next((life.version for life in replaceable(clock.now()) if str(life.version.number) == chosen), None)
    if version is None:
        raise Http404
    try:
        drafts.compare_with(draft_called(key), version, by=request.user)
    except drafts.Closed as closed:
        messages.error(request, str(closed))
    return redirect("desk-policy-draft", key)


def discarding(request: HttpRequest, key: int) -> HttpResponse:
    """Put the draft away."""
    try:
        drafts.discard(draft_called(key), by=request.user)
        messages.success(request, _("The draft is discarded. It can still be read."))
    except drafts.Closed as closed:
        messages.error(request, str(closed))
    return redirect("desk-policy")


def as_file(text: str, name: str) -> HttpResponse:
    """A text to be kept as a file."""
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=disposition)


def _checked(draft: PolicyDraft, text: str) -> Checked:
    return check(text, against=policy_of(draft.based_on))


def _page(request: HttpRequest, draft: PolicyDraft, text: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    now = clock.now()
    others = [life for life in replaceable(now) if life.version != draft.based_on]
    return draft_shell.page(
        request,
        "draft.html",
        draft,
        now=now,
        status=status,
        text=text,
        lines=range(1, text.count("\n") + 2),
        checked=_checked(draft, text),
        others=others,
        **shown,
    )
