"""What is asked, typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from watchkeeper.office.agreements.period_form import day_field
from watchkeeper.people.models import Account
from watchkeeper.reports.what_if.offered import Choice, Group
from watchkeeper.reports.what_if.question import LEVEL, Question

LONGEST_SLA = 4_000
USUAL = timedelta(days=90)


class PeriodForm(forms.Form):
    """Which terms, and when the incidents were received."""

    terms = forms.ChoiceField(label=gettext_lazy("What if it had been"))
    first_day = day_field(gettext_lazy("Received from"))
    last_day = day_field(gettext_lazy("through"))

    def __init__(self, *given: Any, offered: Sequence[Group | Choice], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["terms"].choices = offered

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext_lazy("It lies before the first day."))
        return cleaned

    def question(self, *, account: int | None) -> Question:
        """What is asked, once it is valid."""
        said = self.cleaned_data
        kind, _, name = said["terms"].partition(":")
        return Question(kind, name, said["first_day"], said["last_day"], account, said.get("sla", ""))


class DeskForm(PeriodForm):
    """Of one account or all, and perhaps with an SLA over a level."""

    account = forms.ModelChoiceField(
        Account.objects.none(),
        label=gettext_lazy("Account"),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("All that you see"),
    )
    sla = forms.CharField(
        label=gettext_lazy("An SLA over the level"),
        required=False,
        max_length=LONGEST_SLA,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("As an SLA file says it; only with a level."),
    )
    field_order = ("terms", "account", "first_day", "last_day", "sla")

    def __init__(self, *given: Any, accounts: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["account"].queryset = accounts.order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("sla") and not cleaned.get("terms", "").startswith(f"{LEVEL}:"):
            self.add_error("sla", gettext_lazy("An SLA lies over a level; choose a level above."))
        return cleaned


def usual_period(today: date) -> dict[str, date]:
    """The period that is offered first."""
    return {"first_day": today - USUAL, "last_day": today}
