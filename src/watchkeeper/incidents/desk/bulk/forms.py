"""What an act on several incidents is given once, for all of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.incidents import verbs
from watchkeeper.incidents.desk.incident.forms import reason_field, text_field
from watchkeeper.incidents.desk.team import people_who_serve_any
from watchkeeper.incidents.models import Incident
from watchkeeper.people import access
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of


class BulkForm(forms.Form):
    """A form of one act on several incidents. ``key`` is its own: sent twice, it acts once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, incidents: Sequence[Incident], by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incidents = incidents
        self.by = by


class DispatchForm(BulkForm):
    to = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("To"), empty_label=gettext_lazy("Choose a person")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people_who_serve_any({each.account for each in self.incidents})

    def clean(self) -> dict[str, Any]:
        """``serves`` are the accounts, by their keys, whose incidents the chosen person can be given."""
        given = super().clean()
        if "to" in given:
            given["serves"] = frozenset(access.accounts_served_by(given["to"]).values_list("pk", flat=True))
        return given


class SeverityForm(BulkForm):
    severity = forms.TypedChoiceField(label=gettext_lazy("Severity"), coerce=int)
    reason = reason_field(help_text=gettext_lazy("Each customer is told, and reads it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policies = {each.policy_version_id: policy_of(each.policy_version) for each in self.incidents}
        names: dict[int, str] = {}
        for _, policy in sorted(policies.items(), reverse=True):
            for severity in policy.severities:
                names.setdefault(severity.number, severity.name)
        choices = [(number, f"{number} {name}") for number, name in sorted(names.items())]
        self.fields["severity"].choices = [("", gettext("Choose a severity")), *choices]


class AcknowledgementForm(BulkForm):
    text = text_field(gettext_lazy("What each customer reads"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = verbs.acknowledgement_by(self.by, to=self._whose_language())

    def _whose_language(self) -> Person | None:
        """One of the readers where they all speak the same language, else nobody: the words are then the desk's."""
        reporters = {each.reporter for each in self.incidents}
        return next(iter(reporters), None) if len({each and each.language for each in reporters}) == 1 else None


class ReplyForm(BulkForm):
    text = text_field(gettext_lazy("What each customer reads"))


class NoteForm(BulkForm):
    text = text_field(gettext_lazy("Note"))


class LinkForm(BulkForm):
    to = forms.CharField(
        label=gettext_lazy("To"), max_length=16, help_text=gettext_lazy("One incident, such as WK-7F3K2Q.")
    )

    def clean_to(self) -> Incident:
        """The incident of this name; the same answer for one that the actor does not see and for none."""
        reference = self.cleaned_data["to"]
        try:
            return Incident.objects.seen_by(self.by).select_related("account").get(reference=reference.upper())
        except Incident.DoesNotExist:
            words = gettext("You see no incident called {reference}.")
            raise forms.ValidationError(words.format(reference=reference)) from None


class ReasonForm(BulkForm):
    reason = reason_field()
