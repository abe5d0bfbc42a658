"""``/desk/letters``: every letter in every language, and the page where one is worded and looked at meanwhile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from watchkeeper.incidents.desk import shell
from watchkeeper.notify import letters
from watchkeeper.notify.models import LetterWording
from watchkeeper.notify.wording.letters import LETTERS
from watchkeeper.notify.wording.template import Template
from watchkeeper.notify.wording.unsound import LONGEST_BODY, LONGEST_SUBJECT, complaints
from watchkeeper.office.letters.preview import Typed, brought, carried, previewed, previewed_page
from watchkeeper.people import clock
from watchkeeper.ui.framed import framed

MISTYPED = 422
_VERSIONS_SHOWN = 20


class WordsForm(forms.Form):
    """The subject and the words of a letter. What is wrong with them is told by the letter itself."""

    subject = forms.CharField(label=gettext_lazy("Subject"), required=False)
    body = forms.CharField(label=gettext_lazy("What it says"), required=False, strip=False)

    def __init__(self, *given: Any, kind: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self._letter = LETTERS[kind]
        self.template = Template("", "")
        if self._letter.is_about_an_incident:
            self.fields["subject"].help_text = _(
                "The reference stands before it, so that mail programs keep it together."
            )
        self.fields["subject"].widget.attrs = {"maxlength": LONGEST_SUBJECT, "autocomplete": "off"}
        self.fields["body"].widget = forms.Textarea(
            attrs={"rows": 16, "maxlength": LONGEST_BODY, "spellcheck": "true", "lang": ""}
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.template = Template(said.get("subject", ""), said.get("body", "").replace("\r\n", "\n").strip("\n"))
        for field, several in complaints(self._letter, self.template).items():
            for each in several:
                self.add_error(field, each)
        return said


def all_letters(request: HttpRequest) -> HttpResponse:
    """Every letter, and in which languages it says something else than it is shipped with."""
    ours = {(each.kind, each.language): each for each in _in_force()}
    rows = [
        {
            "kind": kind,
            "letter": letter,
            "languages": [
                {"key": f"{kind}.{code}", "name": name, "ours": ours.get((kind, code))}
                for code, name in settings.LANGUAGES
            ],
        }
        for kind, letter in LETTERS.items()
    ]
    return shell.page(request, "office/letters/letters.html", now=clock.now(), rows=rows)


def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One letter in one language; posted, its words hold from then on."""
    kind, language = _named(key)
    if request.method != "POST":
        in_force = letters.wording_in_force(kind, language)
        form = WordsForm(initial={"subject": in_force.subject, "body": in_force.body}, kind=kind)
        return _page(request, kind, language, form, in_force)
    form = WordsForm(request.POST, kind=kind)
    if not form.is_valid():
        return _page(request, kind, language, form, form.template, status=MISTYPED)
    letters.word(kind, language, form.template, by=request.user)
    messages.success(request, _("The letter is kept: it says this from now on."))
    return redirect("desk-letter", key)


def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What is being typed, filled in: the part of the page that shows it."""
    kind, language = _named(key)
    form = WordsForm(request.POST, kind=kind)
    form.is_valid()
    return render(request, "office/letters/preview.html", _shown(Typed(kind, language, form.template)))


def page_in_a_frame(_request: HttpRequest, words: str) -> HttpResponse:
    """The page of a mail in the words that are typed, for the frame beside them."""
    typed = brought(words)
    if typed is None:
        raise Http404
    return framed(previewed_page(typed))


def shipped(request: HttpRequest, key: str) -> HttpResponse:
    """Go back to the words that are shipped."""
    kind, language = _named(key)
    letters.go_back_to_shipped(kind, language, by=request.user)
    messages.success(request, _("The letter says what it is shipped with again."))
    return redirect("desk-letter", key)


def _named(key: str) -> tuple[str, str]:
    """The letter and the language of ``receipt.de``."""
    kind, _dot, language = key.partition(".")
    if kind not in LETTERS or language not in dict(settings.LANGUAGES):
        raise Http404
    return kind, language


def _in_force() -> list[LetterWording]:
    return [each for each in LetterWording.objects.in_force().select_related("written_by") if not each.is_shipped]


def _shown(typed: Typed) -> dict[str, Any]:
    wrong = complaints(LETTERS[typed.kind], typed.template)
    return {
        "words": previewed(typed),
        "carried": carried(typed),
        "wrong": [each for several in wrong.values() for each in several],
    }


def _page(
    request: HttpRequest, kind: str, language: str, form: WordsForm, template: Template, *, status: int = 200
) -> HttpResponse:
    kept = list(LetterWording.objects.of(kind, language).select_related("written_by")[:_VERSIONS_SHOWN])
    found = LETTERS[kind]
    return shell.page(
        request,
        "office/letters/letter.html",
        now=clock.now(),
        status=status,
        form=form,
        key=f"{kind}.{language}",
        letter=found,
        language_name=dict(settings.LANGUAGES)[language],
        others=[(f"{kind}.{code}", name) for code, name in settings.LANGUAGES if code != language],
        variables=[
            {"name": name, "is": what, "must": name in found.must_say, "is_block": name in found.blocks}
            for name, what in found.known.items()
        ],
        versions=kept,
        is_ours=bool(kept) and not kept[0].is_shipped,
        **_shown(Typed(kind, language, template)),
    )
