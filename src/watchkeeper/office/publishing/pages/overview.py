"""``/desk/policy/``: every version there was, is and will be, and the drafts of the next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from watchkeeper.incidents.desk import shell
from watchkeeper.office.publishing.drafts import open_draft
from watchkeeper.office.publishing.forms import NewDraftForm
from watchkeeper.office.publishing.models import PolicyDraft
from watchkeeper.office.publishing.versions import lives, replaceable
from watchkeeper.office.publishing.words import state_name
from watchkeeper.people import clock
from watchkeeper.policies.models import PolicyVersion

MOST_CLOSED = 20


def policy(request: HttpRequest) -> HttpResponse:
    """The list of versions and drafts."""
    return _page(request, _form(request))


def drafts(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    form = _form(request)
    if not form.is_valid():
        return _page(request, form, status=422)
    draft = open_draft(form.text(), based_on=_based_on(form), note=form.cleaned_data["note"], by=request.user)
    messages.success(request, _("The draft is begun. Nothing changes before it is published."))
    return redirect("desk-policy-draft", draft.pk)


def _based_on(form: NewDraftForm) -> PolicyVersion:
    """The version to start from; where that one is past, the last to come into force."""
    versions = [life.version for life in replaceable(clock.now())]
    start = form.cleaned_data["start"]
    return start if start in versions else versions[0]


def _form(request: HttpRequest) -> NewDraftForm:
    now = clock.now()
    words = _("version {number}, {state}")
    versions = [
        (life.version.number, words.format(number=life.version.number, state=state_name(life.state)))
        for life in sorted(lives(now), key=lambda life: -life.version.number)
    ]
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    return NewDraftForm(*given, versions=versions, initial={"start": replaceable(now)[0].version.number})


def _page(request: HttpRequest, form: NewDraftForm, *, status: int = 200) -> HttpResponse:
    now = clock.now()
    every_draft = PolicyDraft.objects.select_related("based_on", "author", "changed_by", "published_as").defer("text")
    return shell.page(
        request,
        "office/publishing/overview.html",
        now=now,
        status=status,
        section="desk-policy",
        form=form,
        lives=sorted(lives(now), key=lambda life: -life.version.number),
        drafts=every_draft.open(),
        closed=every_draft.filter(discarded_at__isnull=False)[:MOST_CLOSED],
    )
