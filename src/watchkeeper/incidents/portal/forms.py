"""The forms of the portal. What is typed is text: it is kept as it is, and made harmless where it is shown."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, ngettext

from watchkeeper.core import survey
from watchkeeper.core.disputes import Subject
from watchkeeper.core.policy import Policy, Severity
from watchkeeper.incidents.disputed import choices, subject_named
from watchkeeper.incidents.files import LARGEST, GivenFile, too_large
from watchkeeper.people.models import Account, Person
from watchkeeper.ui.translated import translated

LONGEST_TEXT = 100_000
MOST_FILES = 10


class SeveralFilesInput(forms.FileInput):
    """A picker of several files at once."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Up to ``MOST_FILES`` files, each of at most ``files.LARGEST`` bytes, cleaned to a list of ``GivenFile``."""

    widget = SeveralFilesInput

    def __init__(self, **named: Any) -> None:
        size = LARGEST // 1024 // 1024
        words = gettext_lazy(
            "Up to {most} files of {size} MB each: logs, screenshots, traces. Choose, drop or paste them."
        )
        hint = format_lazy(words, most=MOST_FILES, size=size)
        label = gettext_lazy("Files")
        super().__init__(**{"required": False, "allow_empty_file": True, "label": label, "help_text": hint} | named)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What the page's script holds files to before they are sent."""
        return {**super().widget_attrs(widget), "data-most": MOST_FILES, "data-largest": LARGEST}

    def clean(self, data: Sequence[UploadedFile] | None, initial: Any = None) -> list[GivenFile]:
        given = [super(SeveralFiles, self).clean(each, initial) for each in data or ()]
        if len(given) > MOST_FILES:
            words = ngettext(
                "{count} file was given; a message takes {most}.",
                "{count} files were given; a message takes {most}.",
                len(given),
            )
            raise ValidationError(words.format(count=len(given), most=MOST_FILES))
        for each in given:
            if each.size > LARGEST:
                raise ValidationError(f"{too_large(each.name, each.size, most=LARGEST)}.")
        return [GivenFile(each.name, each.content_type or "", each.read()) for each in given]


def text(label: str, *, rows: int = 4, required: bool = True, **named: Any) -> forms.CharField:
    """A field for several lines of Markdown."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        **named,
    )


class ReportForm(forms.Form):
    """A report. ``key`` is random: a form that is sent twice leads to one incident."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    severity = forms.TypedChoiceField(
        label=gettext_lazy("How bad is it?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the severity that fits best.")},
    )
    product = forms.CharField(
        label=gettext_lazy("Product"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-products"}),
    )
    component = forms.CharField(label=gettext_lazy("Component"), max_length=200, required=False)
    environment = forms.CharField(
        label=gettext_lazy("Environment"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-environments"}),
    )
    title = forms.CharField(
        label=gettext_lazy("What is wrong, in one line?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say what is wrong, in a few words.")},
    )
    body = text(
        gettext_lazy("What happened?"),
        rows=8,
        required=False,
        help_text=gettext_lazy(
            "Since when, what you see, what you tried. Markdown is understood; put logs between lines of ```."
        ),
    )
    files = SeveralFiles()
    is_test = forms.BooleanField(
        label=gettext_lazy("This is only a test"),
        required=False,
        help_text=gettext_lazy(
            "It is promised, answered and escalated like any other, is marked as a test, and counts nowhere."
        ),
    )

    def __init__(self, *given: Any, policy: Policy, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["severity"].choices = severities(policy.severities)

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


def keep_drafts(form: forms.BaseForm, *fields: str, of: str, sent: int) -> None:
    """Let the browser keep what is written in these fields, under ``of``, until more than ``sent`` have arrived."""
    for name in fields:
        form.fields[name].widget.attrs |= {"data-draft": f"{of}-{name}", "data-events": sent}


class AnswerForm(forms.Form):
    """A message to the team."""

    text = text(gettext_lazy("Your message"), rows=5, help_text=gettext_lazy("Markdown is understood."))
    files = SeveralFiles()


class EscalationForm(forms.Form):
    """An escalation, with or without words."""

    text = text(gettext_lazy("What should they know?"), rows=3, required=False)


class ReasonForm(forms.Form):
    """Why: a reopening or a withdrawal says so to everybody who follows."""

    reason = text(gettext_lazy("Why?"), rows=3)


class ConfirmationForm(forms.Form):
    """That it is solved; nothing to fill in."""


class RatingForm(forms.Form):
    """How it was, with a remark for the team."""

    score = forms.TypedChoiceField(
        label=gettext_lazy("Your answer"),
        coerce=int,
        choices=lambda: [(str(score), translated(words)) for score, words in survey.ANSWERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the five answers.")},
    )
    remark = text(gettext_lazy("What should the team know?"), rows=3, required=False)

    @property
    def given(self) -> str:
        """The answer given before, in words."""
        return str(translated(survey.ANSWERS[int(self.initial["score"])]))


class SeverityForm(forms.Form):
    """A raise of the severity, with its reason."""

    severity = forms.TypedChoiceField(label=gettext_lazy("Raise to"), coerce=int)
    reason = text(gettext_lazy("What changed?"), rows=3)

    def __init__(self, *given: Any, severer: Iterable[Severity], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["severity"].choices = severities(severer)


class ParticipantForm(forms.Form):
    """Somebody of the account who shall follow the incident."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Add somebody"), queryset=Person.objects.none(), empty_label=None
    )

    def __init__(self, *given: Any, people: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["person"].queryset = people


class DepartureForm(forms.Form):
    """Somebody of the account who shall follow the incident no longer."""

    person = forms.ModelChoiceField(queryset=Person.objects.none())

    def __init__(self, *given: Any, account: Account, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["person"].queryset = Person.objects.filter(account=account)


def severities(those: Iterable[Severity]) -> list[tuple[str, str]]:
    """Severities as a choice: the number, and how the vendor writes it."""
    return [(str(each.number), f"{each.number}: {each.name}") for each in those]


class DisputeForm(forms.Form):
    """What is contested, of what can be, and why."""

    subject = forms.ChoiceField(label=gettext_lazy("What you contest"))
    text = text(
        gettext_lazy("Why"), help_text=gettext_lazy("A manager of the team answers it; both stay on the record.")
    )

    def __init__(self, *given: Any, subjects: Iterable[Subject], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["subject"].choices = choices(subjects)

    def clean_subject(self) -> Subject:
        """The subject that was chosen."""
        return subject_named(self.cleaned_data["subject"])
