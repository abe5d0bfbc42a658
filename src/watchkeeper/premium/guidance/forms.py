"""What is typed about a recommendation."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.policy import Policy
from watchkeeper.incidents.desk.team import people_who_serve
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.periods import day
from watchkeeper.premium.guidance import subjects
from watchkeeper.premium.guidance.acts import MOST_EVIDENCE, Written
from watchkeeper.premium.guidance.entitled import kinds_held
from watchkeeper.premium.models import Recommendation
from watchkeeper.premium.models.guidance import Kind

LONGEST_TEXT = 20_000


def owners_for(account: Account) -> QuerySet[Person]:
    """Who can see to it: those who serve the account, and its account executive."""
    executive = Q(pk=account.account_executive_id, is_active=True)
    return Person.objects.filter(Q(pk__in=people_who_serve(account).values("pk")) | executive).order_by("name")


def day_field(**named: Any) -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("To be done by"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("This is no day; write it as 2026-12-31.")},
        **named,
    )


class ArrangementForm(forms.Form):
    """Who sees to it, and by when."""

    owner = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Who sees to it"))
    due_on = day_field()

    def __init__(self, *given: Any, account: Account, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["owner"].queryset = owners_for(account)
        self.today = today

    def clean_due_on(self) -> date | None:
        due = self.cleaned_data["due_on"]
        if due is not None and due < self.today:
            words = gettext("{day} is over; choose today or a later day.")
            raise forms.ValidationError(words.format(day=day(due)))
        return due


class RecommendationForm(ArrangementForm):
    """All of a draft."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    title = forms.CharField(
        label=gettext_lazy("Recommendation, in one line"),
        max_length=200,
        widget=forms.TextInput(attrs={"spellcheck": "true"}),
    )
    text = forms.CharField(
        label=gettext_lazy("What you saw, what you recommend, and why"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=gettext_lazy("Markdown is understood."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "true"}),
    )
    subject = forms.ChoiceField(
        label=gettext_lazy("What is counted to see its effect"),
        required=False,
        help_text=gettext_lazy("Before it is done and after, in windows of equal length."),
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        required=False,
        help_text=gettext_lazy("References of incidents of this account, such as WK-7F3K2Q."),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    due_on = day_field(required=False, help_text=gettext_lazy("Needed before it is sent."))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("kind", "title", "text", "evidence", "subject", "owner", "due_on", "seen")

    def __init__(
        self,
        *given: Any,
        account: Account,
        by: Person,
        policy: Policy,
        now: datetime,
        draft: Recommendation | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*given, account=account, **named)
        self.account, self.by = account, by
        held = kinds_held(account, at=now) | ({draft.kind} if draft else set())
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in Kind if kind.value in held]
        chosen = draft.subject if draft else None
        self.fields["subject"].choices = list(subjects.choices_for(account, chosen, policy, now))

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_evidence(self) -> tuple[int, ...]:
        named = list(dict.fromkeys(re.findall(r"[^\s,;]+", self.cleaned_data["evidence"].upper())))
        if len(named) > MOST_EVIDENCE:
            words = gettext("These are {count} references; at most {most} stand for a recommendation.")
            raise forms.ValidationError(words.format(count=len(named), most=MOST_EVIDENCE))
        seen = Incident.objects.seen_by(self.by).filter(account=self.account, reference__in=named)
        found = dict(seen.values_list("reference", "pk"))
        missing = [reference for reference in named if reference not in found]
        if missing:
            words = gettext("You see no incident of {account} called {reference}.")
            raise forms.ValidationError(words.format(account=self.account.name, reference=", ".join(missing[:5])))
        return tuple(sorted(found.values()))

    @property
    def written(self) -> Written:
        """What was said, once it is valid."""
        said = self.cleaned_data
        return Written(
            kind=said["kind"],
            title=said["title"],
            text=said["text"],
            subject=subjects.read(said["subject"]),
            evidence=said["evidence"],
            owner=said["owner"],
            due_on=said["due_on"],
        )
