"""What the acts on an incident are given. A form knows its incident, and offers only what its actor may choose."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.disputes import DECLINED, UPHELD, Subject
from watchkeeper.core.policy import REACHED_BY_MESSAGE
from watchkeeper.incidents.desk.team import Colleague, colleagues_for, people_who_serve
from watchkeeper.incidents.disputed import UnknownSubject, subject_named
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.portal.forms import LONGEST_TEXT, SeveralFiles
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_of
from watchkeeper.ui.time_left import metric_in_a_sentence

LONGEST_REASON = 2_000
MINUTE = "%Y-%m-%dT%H:%M"


class ActForm(forms.Form):
    """A form of one act on one incident."""

    def __init__(self, *args: Any, incident: Incident, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incident = incident
        self.by = by

    def seen_incident(self, reference: str) -> Incident:
        """Another incident that the actor sees; the same answer for one they do not see and for none."""
        try:
            return Incident.objects.seen_by(self.by).select_related("account").get(reference=reference.upper())
        except Incident.DoesNotExist:
            raise forms.ValidationError(_no_incident(reference)) from None


def _no_incident(reference: str) -> str:
    return gettext("You see no incident called {reference}.").format(reference=reference)


def text_field(label: Any, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=required, widget=widget, **kwargs)


REASON = gettext_lazy("Reason")


def reason_field(label: Any = REASON, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)


def references_field() -> forms.CharField:
    """The incidents of an outage that its page said a message would reach, by their references; empty for none."""
    return forms.CharField(required=False, max_length=LONGEST_TEXT)


class AcknowledgementForm(ActForm):
    text = text_field(gettext_lazy("What the customer reads"), required=False)


class SayingForm(ActForm):
    """What the composer sends: to the customer, or as a note for the team."""

    text = text_field(gettext_lazy("Text"))
    reached = forms.ChoiceField(
        label=gettext_lazy("It says that this is there"),
        required=False,
        choices=lambda: [
            ("", gettext("an update")),
            *((metric, metric_in_a_sentence(metric)) for metric in REACHED_BY_MESSAGE),
        ],
    )
    files = SeveralFiles()
    to_all = references_field()


class ResolutionForm(ActForm):
    text = text_field(gettext_lazy("Text"))
    to_all = references_field()


class DispatchForm(ActForm):
    to = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("To"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people_who_serve(self.incident.account)

    def suggest(self, now: datetime) -> bool:
        """Offer who suits best first, each with the reasons, and choose that one. Whether there is anybody."""
        found = colleagues_for(self.incident, now=now)
        self.fields["to"].choices = [(each.person.pk, self._label(each, now)) for each in found]
        self.fields["to"].initial = found[0].person.pk if found else None
        return bool(found)

    def _label(self, colleague: Colleague, now: datetime) -> SafeString:
        reasons = " · ".join(colleague.reasons(account=self.incident.account, now=now))
        line = '<span class="colleague"><span>{}</span> <span class="muted small">{}</span></span>'
        return format_html(line, colleague.person.name, reasons)


class SeverityForm(ActForm):
    severity = forms.TypedChoiceField(label=gettext_lazy("Severity"), coerce=int)
    reason = reason_field(help_text=gettext_lazy("The customer is told, and reads it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        severities = policy_of(self.incident.policy_version).severities
        self.fields["severity"].choices = [(s.number, f"{s.number} {s.name}") for s in severities]
        self.fields["severity"].initial = self.incident.severity


class SubjectForm(ActForm):
    product = forms.CharField(label=gettext_lazy("Product"), max_length=200, required=False)
    component = forms.CharField(label=gettext_lazy("Component"), max_length=200, required=False)
    environment = forms.CharField(label=gettext_lazy("Environment"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.initial = getattr(self.incident, name)


class ReasonForm(ActForm):
    reason = reason_field()


class ReopeningForm(ActForm):
    reason = reason_field(gettext_lazy("What is not solved"), help_text=gettext_lazy("The customer reads it."))


class EscalationAnswerForm(ActForm):
    text = text_field(gettext_lazy("Answer to the customer"))


class ExclusionForm(ActForm):
    commitment = forms.CharField(label=gettext_lazy("Commitment"), max_length=60, widget=forms.Select)
    reason = reason_field(help_text=gettext_lazy("It stays on the record with your name."))

    def suggest(self, commitments: list[tuple[str, str]]) -> bool:
        """Offer these commitments. Whether there is any."""
        self.fields["commitment"].widget.choices = commitments
        return bool(commitments)

    def clean_commitment(self) -> tuple[str, int]:
        metric, _colon, nth = self.cleaned_data["commitment"].partition(":")
        if not (nth.isascii() and nth.isdigit() and len(nth) < 6):
            raise forms.ValidationError(gettext("A commitment is named like acknowledgement:1."))
        return metric, int(nth)


class DisputeAnswerForm(ActForm):
    subject = forms.CharField(label=gettext_lazy("Contested"), max_length=80, widget=forms.Select)
    answer = forms.ChoiceField(
        label=gettext_lazy("The answer"),
        choices=[
            (UPHELD, gettext_lazy("Upheld: the customer is right")),
            (DECLINED, gettext_lazy("Declined: it stays as it is counted")),
        ],
        widget=forms.RadioSelect,
    )
    text = text_field(gettext_lazy("What the customer reads"))

    def suggest(self, subjects: list[tuple[str, str]]) -> bool:
        """Offer these subjects. Whether there is any."""
        self.fields["subject"].widget.choices = subjects
        return bool(subjects)

    def clean_subject(self) -> Subject:
        try:
            return subject_named(self.cleaned_data["subject"])
        except UnknownSubject as error:
            raise forms.ValidationError(str(error)) from None


class MergeForm(ActForm):
    into = forms.CharField(
        label=gettext_lazy("Into"), max_length=16, help_text=gettext_lazy("The older incident, such as WK-7F3K2Q.")
    )
    text = text_field(
        gettext_lazy("What the customer reads"),
        required=False,
        help_text=gettext_lazy("Empty: that it goes on in the older incident."),
    )

    def clean_into(self) -> Incident:
        return self.seen_incident(self.cleaned_data["into"])


class LinkForm(ActForm):
    to = forms.CharField(
        label=gettext_lazy("To"), max_length=16, help_text=gettext_lazy("Another incident, such as WK-7F3K2Q.")
    )

    def clean_to(self) -> Incident:
        return self.seen_incident(self.cleaned_data["to"])


class OutageForm(ActForm):
    """The incident that this one becomes a part of."""

    parent = forms.CharField(
        label=gettext_lazy("The outage"), max_length=16, help_text=gettext_lazy("Another incident, such as WK-7F3K2Q.")
    )

    def clean_parent(self) -> Incident:
        return self.seen_incident(self.cleaned_data["parent"])


class NothingForm(ActForm):
    """An act that needs no words."""


class ParticipantForm(ActForm):
    person = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Person"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = self.incident.participants.values("person")
        of_account = Person.objects.filter(account=self.incident.account_id, is_active=True)
        self.fields["person"].queryset = of_account.exclude(pk__in=following)

    def suggest(self) -> bool:
        """Offer who does not follow it yet. Whether there is anybody."""
        people = self.fields["person"].queryset.order_by("name").values_list("pk", "name")
        self.fields["person"].choices = list(people)
        return bool(self.fields["person"].choices)


class DepartureForm(ActForm):
    person = forms.ModelChoiceField(Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(account=self.incident.account_id)


class CallForm(ActForm):
    """A telephone call that was made or taken: when, in the zone of the incident's policy."""

    called_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(format=MINUTE, attrs={"type": "datetime-local"}),
        input_formats=[MINUTE, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": gettext_lazy("This is no time; write it as 2026-12-31 16:30.")},
    )
    caller = forms.CharField(label=gettext_lazy("Who called"), max_length=200)
    call_back = forms.CharField(
        label=gettext_lazy("Call back"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("A number, if one was left."),
    )
    text = text_field(gettext_lazy("What was said"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = policy_of(self.incident.policy_version)
        self.zone = ZoneInfo(policy.zone)
        zone = policy.zone_label or policy.zone
        self.fields["called_at"].help_text = gettext("By the clocks of {zone}.").format(zone=zone)

    def clean_called_at(self) -> datetime:
        return self.cleaned_data["called_at"].replace(tzinfo=self.zone)


class ErasureForm(ActForm):
    """Which message shall go, by the number of its event, and why."""

    number = forms.IntegerField(
        label=gettext_lazy("What was said"), min_value=1, max_value=2**31 - 1, widget=forms.Select
    )
    reason = reason_field(
        help_text=gettext_lazy("It stays on the record with your name. Do not repeat here what shall go.")
    )

    def suggest(self, said: list[tuple[int, str]]) -> bool:
        """Offer these messages. Whether there is any."""
        self.fields["number"].widget.choices = said
        return bool(said)


class UndoingForm(ActForm):
    """Which event shall be undone, by its number."""

    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class PromiseForm(ActForm):
    reason = reason_field(required=False)
    supersedes = forms.BooleanField(
        label=gettext_lazy("Let it replace the earlier promise, even where that is later"), required=False
    )

    def offer_no_later_promise(self) -> None:
        """Show nothing of what is the manager's to decide."""
        del self.fields["supersedes"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("supersedes") and not given.get("reason"):
            self.add_error("reason", gettext("A later promise needs a reason: the customer may ask for it."))
        return given
