"""The forms of a review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.zones import opening
from watchkeeper.people.models import Account
from watchkeeper.premium.models import IncidentGroup, ReviewWords
from watchkeeper.premium.reviews.periods import spelled
from watchkeeper.premium.reviews.words import HEADINGS
from watchkeeper.ui.sections import SectionsForm

LONGEST_TEXT = 20_000
LONGEST_COMMENT = 10_000

_HINTS = {
    "summary": gettext_lazy("What the period was like, in two or three sentences: it is read first."),
    "volume": gettext_lazy("Why there was more or less of something, where you know it."),
    "acknowledgement": gettext_lazy("What was behind a late answer, and what was changed since."),
    "causes": gettext_lazy("What these have in common, and what would end them."),
    "longest": gettext_lazy("What they waited for."),
    "ahead": gettext_lazy("What you or the customer plan, beside what the calendar says."),
    "recommendations": gettext_lazy("What should be decided when the review is held."),
}


class WordsForm(SectionsForm):
    """What people write."""

    headings, hints, longest = HEADINGS, _HINTS, LONGEST_TEXT

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, auto_id="review_%s", **named)

    @classmethod
    def of(cls, words: ReviewWords) -> WordsForm:
        return cls(initial=words.sections | {"seen": words.number})


class DraftForm(forms.Form):
    """Which account's review of which period is begun."""

    account = forms.ModelChoiceField(
        queryset=Account.objects.none(),
        to_field_name="slug",
        label=gettext_lazy("Account"),
        empty_label=None,
        error_messages={"invalid_choice": gettext_lazy("No account that you serve and that holds service reviews.")},
    )
    period = forms.ChoiceField(label=gettext_lazy("Period"))

    def __init__(self, *given: Any, accounts: Iterable[Account], periods: Iterable[str], **named: Any) -> None:
        super().__init__(*given, auto_id="draft_%s", **named)
        self.fields["account"].queryset = Account.objects.filter(pk__in=[account.pk for account in accounts])  # type: ignore[attr-defined]
        self.fields["period"].choices = [(name, spelled(name)) for name in periods]  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """What a group is called; empty: as the desk suggested."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)


class MergeForm(forms.Form):
    """Into which other group of the same review a group goes."""

    into = forms.ModelChoiceField(queryset=IncidentGroup.objects.none(), label=gettext_lazy("Put together with"))

    def __init__(self, *given: Any, group: IncidentGroup, **named: Any) -> None:
        super().__init__(*given, **named)
        others = IncidentGroup.objects.filter(review_id=group.review_id, into=None, dropped_at=None)
        self.fields["into"].queryset = others.exclude(pk=group.pk)  # type: ignore[attr-defined]


class DateForm(forms.Form):
    """When a review is held, by the clock of the desk's zone."""

    meets_at = forms.DateTimeField(
        label=gettext_lazy("Held on"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("Write a day and a time, such as 2026-05-04 14:00.")},
    )

    def instant(self, zone: str) -> datetime:
        """The instant that the form names in a zone."""
        local: datetime = self.cleaned_data["meets_at"]
        return opening(local.replace(tzinfo=None), zone).astimezone(UTC)


class HoldingForm(forms.Form):
    """What was agreed when a review was held."""

    agreed = forms.CharField(
        label=gettext_lazy("What was agreed"),
        help_text=gettext_lazy("The customer reads it beneath the review. Markdown is understood."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what was agreed; where that is nothing, write so.")},
    )


class CommentForm(forms.Form):
    """What somebody says about a review."""

    text = forms.CharField(
        label=gettext_lazy("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )


def first_fault(form: forms.Form) -> str:
    """The first thing that is wrong with a form of one field, for a message."""
    return next((str(errors[0]) for errors in form.errors.values()), gettext("That could not be read."))
