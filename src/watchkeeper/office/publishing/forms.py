"""What is typed on the pages of drafts and versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from watchkeeper.core.policy_file.tree import LARGEST
from watchkeeper.office.publishing.plan import AT_ONCE
from watchkeeper.policies.models import PolicyVersion

LONGEST_NOTE = 2_000
_LARGEST_FILE = 4 * LARGEST


def text_of(given: UploadedFile) -> str:
    """The text of a file that was given. Raises ``ValidationError`` for what is no text or is too long."""
    if given.size is not None and given.size > _LARGEST_FILE:
        raise forms.ValidationError(
            _("{name} is too large; a policy has at most {most} characters.").format(
                name=given.name, most=number_format(LARGEST, force_grouping=True)
            )
        )
    try:
        text = given.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise forms.ValidationError(_("{name} is not text in UTF-8.").format(name=given.name)) from None
    if "\0" in text:
        raise forms.ValidationError(
            _("{name} holds characters that no text has; save it as UTF-8.").format(name=given.name)
        )
    return text


class NewDraftForm(forms.Form):
    """What a draft is for, and what it starts from."""

    note = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("It becomes the note of the version."),
    )
    start = forms.ModelChoiceField(
        PolicyVersion.objects.none(), label=gettext_lazy("Start from"), to_field_name="number"
    )
    file = forms.FileField(label=gettext_lazy("Or from a file"), required=False, allow_empty_file=True)

    def __init__(self, *given: Any, versions: list[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["start"].queryset = PolicyVersion.objects.all()
        self.fields["start"].choices = versions

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        return text_of(given) if given else ""

    def text(self) -> str:
        """The text to begin with."""
        return self.cleaned_data["file"] or self.cleaned_data["start"].text


class TextForm(forms.Form):
    """A draft's text as it was typed, or a file that takes its place, and the revision that it was made from."""

    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    text = forms.CharField(strip=False, required=False, max_length=2 * LARGEST)
    file = forms.FileField(required=False, allow_empty_file=True)

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        return text_of(given) if given else ""

    def typed(self) -> str:
        """The text to keep: the file's where one was given."""
        return self.cleaned_data["file"] or self.cleaned_data["text"]


class PublicationForm(forms.Form):
    """When a draft is to be in force, and why; with the revision that was looked at."""

    DAY, AT_ONCE = "day", "at once"

    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label=gettext_lazy("In force"),
        widget=forms.RadioSelect,
        choices=[(DAY, gettext_lazy("from a day on")), (AT_ONCE, gettext_lazy("at once"))],
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Why it changes: it stays with the version."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("when") == self.DAY and not given.get("valid_from") and "valid_from" not in self.errors:
            self.add_error("valid_from", _("Write the first day on which it holds, or choose “at once”."))
        return given

    def day(self) -> date | None:
        """The day from which it is to be in force, or ``AT_ONCE``."""
        return AT_ONCE if self.cleaned_data["when"] == self.AT_ONCE else self.cleaned_data["valid_from"]


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2})
    )
