"""What is typed about a place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.policy import Policy
from watchkeeper.core.zones import closing, opening, zone_names
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Account, Person
from watchkeeper.premium.places.acts import Part

LONGEST_TEXT = 20_000
MINUTE = "%Y-%m-%dT%H:%M"
OFFERED = 200


class PartForm(forms.Form):
    """Which part of a place: names as the account's incidents use them are offered."""

    environment = forms.CharField(label=gettext_lazy("Environment"), max_length=200, required=False)
    product = forms.CharField(label=gettext_lazy("Product"), max_length=200, required=False)
    component = forms.CharField(label=gettext_lazy("Component"), max_length=200, required=False)

    def __init__(self, *given: Any, account: Account, by: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.account, self.by = account, by
        for name in Part._fields:
            self.fields[name].widget.attrs |= {"list": f"known-{name}", "autocomplete": "off"}

    @property
    def known(self) -> dict[str, list[str]]:
        """By the name of a field, what the incidents that its reader sees have called it."""
        seen = Incident.objects.seen_by(self.by).filter(account=self.account).order_by()
        return {
            name: sorted(seen.exclude(**{name: ""}).values_list(name, flat=True).distinct()[:OFFERED])
            for name in Part._fields
        }

    @property
    def part(self) -> Part:
        """What was said, once it is valid."""
        return Part(*(" ".join(self.cleaned_data[name].split()) for name in Part._fields))


class NoteForm(PartForm):
    """A note of the run book."""

    text = forms.CharField(
        label=gettext_lazy("How it runs"),
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy(
            "What somebody needs to know at night: what it is, what depends on it, whom to call, what to try first. "
            "Markdown is understood."
        ),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


def time_field(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(format=MINUTE, attrs={"type": "datetime-local"}),
        input_formats=[MINUTE, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": gettext_lazy("This is no time; write it as 2026-12-31 16:30.")},
    )


class ChangeForm(PartForm):
    """A change that is announced. Its times are by the clocks of a zone that is chosen."""

    title = forms.CharField(label=gettext_lazy("What changes, in one line"), max_length=200)
    starts = time_field(gettext_lazy("From"))
    ends = time_field(gettext_lazy("Until"))
    zone = forms.ChoiceField(label=gettext_lazy("By the clocks of"))
    text = forms.CharField(
        label=gettext_lazy("What whoever is on duty should know"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy("What could go wrong, how it is taken back, whom to call. Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "true"}),
    )
    field_order = ("title", "environment", "product", "component", "starts", "ends", "zone", "text")

    def __init__(self, *given: Any, policy: Policy, **named: Any) -> None:
        super().__init__(*given, **named)
        zones = dict.fromkeys(filter(None, (self.by.zone, self.account.zone, policy.zone)))
        self.fields["zone"].choices = [(name, name.replace("_", " ")) for name in zones if name in zone_names()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", gettext("It ends before it starts."))
        return cleaned

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when until when, once it is valid."""
        said = self.cleaned_data
        starts, ends = (said[name].replace(tzinfo=None) for name in ("starts", "ends"))
        return opening(starts, said["zone"]), closing(ends, said["zone"])
