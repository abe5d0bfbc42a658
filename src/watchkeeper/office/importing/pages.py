"""``/desk/import``: give a table, look at what it would do, and then do it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from watchkeeper.incidents.desk import shell
from watchkeeper.office.importing import carrying
from watchkeeper.office.importing.carrying import Checked, Given
from watchkeeper.office.importing.kinds import KINDS, Kind
from watchkeeper.office.importing.text import CP1252, LARGEST
from watchkeeper.office.models import ImportedTable
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.ui.translated import again, translated

MOST_SHOWN = 200
LARGEST_SLA = 256 * 1024
ENCODINGS = [
    ("", gettext_lazy("UTF-8 or UTF-16, as the file shows")),
    (CP1252, gettext_lazy("Windows-1252, as older spreadsheets save")),
]


class SeveralFilesInput(forms.FileInput):
    """A picker of several files at once."""

    allow_multiple_selected = True


class SlaFiles(forms.FileField):
    """Files that hold SLAs, cleaned to their texts by name."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> dict[str, str]:
        texts = {}
        for each in data or ():
            given = super().clean(each, initial)
            if given.size > LARGEST_SLA:
                told = _("{name} is larger than {most} kB.").format(name=given.name, most=LARGEST_SLA // 1024)
                raise forms.ValidationError(told)
            try:
                texts[given.name] = given.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                told = _("{name} is not text in UTF-8.").format(name=given.name)
                raise forms.ValidationError(told) from None
        return texts


class TableForm(forms.Form):
    """A file, and how it is meant."""

    kind = forms.ChoiceField(label=gettext_lazy("What is in it?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("The table"),
        allow_empty_file=True,
        help_text=format_lazy(
            gettext_lazy("Comma-separated values, up to {most} MB. Semicolons and tabs will do as well."),
            most=LARGEST // 1024 // 1024,
        ),
    )
    sla_files = SlaFiles(
        label=gettext_lazy("SLA files"),
        required=False,
        help_text=gettext_lazy("For agreements: the files that the column sla_file names."),
    )
    encoding = forms.ChoiceField(label=gettext_lazy("Letters"), choices=ENCODINGS, required=False)
    invites = forms.BooleanField(
        label=gettext_lazy("Mail new people a link to set a password"),
        required=False,
        help_text=gettext_lazy("For people. The link works for an hour; “Forgotten your password?” sends another."),
    )

    def __init__(self, *given: Any, by: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kind"].choices = [(kind.key, _capital(translated(kind.name))) for kind in kinds_for(by)]
        if settings.WATCHKEEPER_SMTP is None:
            del self.fields["invites"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            told = _("{name} is larger than {most} MB; split it.").format(name=file.name, most=LARGEST // 1024 // 1024)
            raise forms.ValidationError(told)
        return file

    def given(self) -> Given:
        """What is to be checked."""
        cleaned = self.cleaned_data
        kind = KINDS[cleaned["kind"]]
        return Given(
            kind=kind,
            file_name=cleaned["file"].name,
            content=cleaned["file"].read(),
            encoding=cleaned["encoding"],
            sla_files=cleaned["sla_files"] if kind.key == "agreements" else {},
            invites=kind.key == "people" and cleaned.get("invites", False),
        )


def kinds_for(person: Person) -> list[Kind]:
    """The kinds of table that a person may import."""
    return [kind for kind in KINDS.values() if access.may(person, kind.act)]


def tables(request: HttpRequest) -> HttpResponse:
    """What can be imported, what was, and a form that takes a table and leads to what it would do."""
    is_post = request.method == "POST"
    form = TableForm(*((request.POST, request.FILES) if is_post else ()), by=request.user)
    if form.is_bound and form.is_valid():
        return redirect("desk-imported", carrying.keep(form.given(), by=request.user).key)
    return shell.page(
        request,
        "office/importing/tables.html",
        now=clock.now(),
        status=422 if form.is_bound else 200,
        section="desk-import",
        form=form,
        kinds=kinds_for(request.user),
        done=_seen_by(request.user).filter(done_at__isnull=False).select_related("by")[:20],
    )


def table(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What a table would do, or what it did."""
    kept = get_object_or_404(_seen_by(request.user).select_related("by"), pk=key)
    if kept.done_at is not None:
        return _page(request, kept, outcome=kept.outcome)
    return _checked_page(request, kept, carrying.check(_given(kept)))


def doing(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Import a table that was checked. It is checked again: the desk may have changed since."""
    kept = get_object_or_404(_seen_by(request.user).select_for_update(of=("self",)), pk=key)
    if kept.done_at is not None:
        return redirect("desk-imported", key)
    try:
        checked = carrying.carry_out(_given(kept), by=request.user)
    except carrying.Changed as error:
        messages.error(request, translated(error.args[0]))
        return redirect("desk-imported", key)
    if not checked.plan.is_sound:
        return _checked_page(request, kept, checked, status=422)
    carrying.finish(kept, checked)
    messages.success(request, _("{name} is imported.").format(name=kept.file_name))
    return redirect("desk-imported", key)


def _seen_by(person: Person) -> QuerySet[ImportedTable]:
    """The tables of the kinds that a person may import; those not imported yet are for who gave them alone."""
    of_their_kinds = ImportedTable.objects.filter(kind__in=[kind.key for kind in kinds_for(person)])
    return of_their_kinds.filter(Q(done_at__isnull=False) | Q(by=person))


def _given(kept: ImportedTable) -> Given:
    if kept.kind not in KINDS:
        raise Http404
    return Given(
        kind=KINDS[kept.kind],
        file_name=kept.file_name,
        content=bytes(kept.content),
        encoding=kept.encoding,
        sla_files=kept.sla_files,
        invites=kept.invites,
    )


def _checked_page(request: HttpRequest, kept: ImportedTable, checked: Checked, *, status: int = 200) -> HttpResponse:
    plan = checked.plan
    return _page(
        request,
        kept,
        status=status,
        outcome=carrying.outcome(checked),
        problems=plan.problems[:MOST_SHOWN],
        problem_count=len(plan.problems),
        unseen=max(0, len(plan.problems) - MOST_SHOWN),
        invited=len(list(plan.to_invite())) if kept.invites else 0,
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _in_words(outcome: dict[str, Any]) -> dict[str, Any]:
    """What a table comes to, in the language of the page."""
    steps = [
        {**step, "about": again(step["about"]), "says": [again(said) for said in step["says"]]}
        for step in outcome["steps"]
    ]
    beside = [again(said) for said in outcome["beside"]]
    return {**outcome, "steps": steps, "beside": beside, "read_as": again(outcome["read_as"])}


def _page(
    request: HttpRequest, kept: ImportedTable, *, outcome: dict[str, Any], status: int = 200, **shown: Any
) -> HttpResponse:
    return shell.page(
        request,
        "office/importing/table.html",
        now=clock.now(),
        status=status,
        section="desk-import",
        kept=kept,
        outcome=_in_words(outcome),
        **shown,
    )
