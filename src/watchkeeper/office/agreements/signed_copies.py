"""The signed contract of an agreement, a PDF: given by managers, and read by those whose contract it is."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.incidents import files
from watchkeeper.incidents.download import download
from watchkeeper.office.agreements import history, words
from watchkeeper.office.agreements.door import agreement_read
from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.policies.models import Agreement, SignedCopy, SignedCopyChunk
from watchkeeper.policies.versions import policy_in_force

MOST = files.LARGEST // 1024 // 1024


class SignedCopyForm(forms.Form):
    """A PDF."""

    file = forms.FileField(
        label=gettext_lazy("Signed copy"),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text=format_lazy(
            gettext_lazy("A PDF of at most {most} MB. The account's customer managers can download it."), most=MOST
        ),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > files.LARGEST:
            raise forms.ValidationError(
                gettext("{file} is larger than {most} MB.").format(file=files.safe_name(file.name), most=MOST)
            )
        if b"%PDF-" not in file.read(1024):
            raise forms.ValidationError(gettext("{file} is no PDF.").format(file=files.safe_name(file.name)))
        file.seek(0)
        return file


def new_copy(request: HttpRequest, key: int) -> HttpResponse:
    """Keep a signed copy with an agreement."""
    agreement = agreement_read(request, key)
    form = SignedCopyForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, gettext("Nothing was kept. {why}").format(why=form.errors["file"][0]))
        return redirect("desk-agreement", key)
    copy = _keep(agreement, form.cleaned_data["file"], by=request.user)
    _record(agreement, "attached a signed copy", by=request.user, after=_said(copy))
    messages.success(request, gettext("{copy} is kept with the agreement.").format(copy=copy.name))
    return redirect("desk-agreement", key)


def removal(request: HttpRequest, key: str) -> HttpResponse:
    """Take a signed copy away; the history keeps its name and digest."""
    copy = get_object_or_404(_read_by(request.user), key=key)
    agreement = copy.agreement
    _record(agreement, "took a signed copy away", by=request.user, before=_said(copy))
    copy.delete()
    messages.success(request, gettext("{copy} is taken away.").format(copy=copy.name))
    return redirect("desk-agreement", agreement.pk)


def signed_copy(request: HttpRequest, key: str) -> FileResponse:
    """Download a signed copy. Whoever may not have it gets the answer of no such file."""
    copy = get_object_or_404(_read_by(request.user), key=key)
    return download(files.content_of(copy), name=copy.name, size=copy.size)


def _read_by(person: Person) -> Any:
    accounts = access.accounts_with_agreements_read_by(person)
    return SignedCopy.objects.filter(account__in=accounts).select_related("agreement__account")


def _keep(agreement: Agreement, file: UploadedFile, *, by: Person) -> SignedCopy:
    data = file.read()
    copy = SignedCopy.objects.create(
        account=agreement.account,
        agreement=agreement,
        key=secrets.token_urlsafe(32),
        name=files.safe_name(file.name),
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        given_at=clock.now(),
        given_by=by,
    )
    SignedCopyChunk.objects.bulk_create(
        SignedCopyChunk(copy=copy, account=agreement.account, number=number, data=part)
        for number, part in enumerate(files.parts(data))
    )
    return copy


def _said(copy: SignedCopy) -> history.Said:
    return {"Signed copy": f"{copy.name}, SHA-256 {copy.digest}"}


def _record(agreement: Agreement, act: str, *, by: Person, **said: history.Said) -> None:
    about = words.called_on_record(agreement, policy_in_force(clock.now()))
    history.record(agreement.account, act, about, by=by, agreement=agreement, **said)
