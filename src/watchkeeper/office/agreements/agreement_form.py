"""What is said of an agreement, but for its SLA: level, what it covers, from when until when, by which version."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.incidents.desk.team import people_who_serve
from watchkeeper.office.agreements import words
from watchkeeper.office.agreements.period_form import PeriodForm, said_of
from watchkeeper.people.models import Account, Person
from watchkeeper.policies import periods
from watchkeeper.policies.following import from_now_on, obstacle_ahead
from watchkeeper.policies.models import Agreement, PolicyVersion
from watchkeeper.policies.versions import policy_of

Scope = Agreement.Scope


class AgreementForm(PeriodForm):
    """An agreement of ``account``. ``version`` is the policy in force; what is said must fit ``sla_text``."""

    level = forms.ChoiceField(
        label=gettext_lazy("Level"), help_text=gettext_lazy("What is promised; an SLA may change it.")
    )
    scope = forms.ChoiceField(label=gettext_lazy("It covers"), choices=Scope.choices, widget=forms.RadioSelect)
    scope_value = forms.CharField(
        label=gettext_lazy("Which product or environment?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As it stands in reports. Empty where it covers everything."),
        widget=forms.TextInput(attrs={"list": "known-scopes"}),
    )
    pinned_version = forms.ModelChoiceField(
        PolicyVersion.objects.none(),
        label=gettext_lazy("Policy"),
        required=False,
        empty_label=gettext_lazy("It follows the policy in force"),
        help_text=gettext_lazy("A pinned version holds for new incidents too, whatever is published later."),
    )
    designated_engineers = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Designated engineers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The customer sees their names."),
    )
    field_order = ("level", "scope", "scope_value", "first_day", "last_day", "pinned_version", "designated_engineers")

    def __init__(
        self, *given: Any, account: Account, version: PolicyVersion, agreement: Agreement, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.version, self.agreement = version, agreement
        versions = PolicyVersion.objects.all()
        self.fields["level"].choices = _levels(version, *versions)
        self.fields["pinned_version"].queryset = versions
        self.fields["pinned_version"].label_from_instance = _version_called
        designated = agreement.designated_engineers.all() if agreement.pk else Person.objects.none()
        self.fields["designated_engineers"].queryset = (
            Person.objects.filter(pk__in=people_who_serve(account)) | Person.objects.filter(pk__in=designated)
        ).order_by("name")

    def clean_scope_value(self) -> str:
        return " ".join(self.cleaned_data["scope_value"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        scope, value = cleaned.get("scope"), cleaned.get("scope_value", "")
        if scope == Scope.ALL and value:
            self.add_error(
                "scope_value", gettext("It covers everything: leave this empty, or choose a product or environment.")
            )
        elif scope == Scope.PRODUCT and not value:
            self.add_error("scope_value", gettext("Name the product that it covers."))
        elif scope == Scope.ENVIRONMENT and not value:
            self.add_error("scope_value", gettext("Name the environment that it covers."))
        if "level" in cleaned and "pinned_version" in cleaned and "first_day" in cleaned and "last_day" in cleaned:
            self._require_versions_that_carry_it()
        return cleaned

    def _require_versions_that_carry_it(self) -> None:
        said = copy.copy(self.agreement)
        self._say(said)
        obstacle = obstacle_ahead(said, from_now_on(self.version))
        if obstacle is not None:
            self.add_error("level", words.of_obstacle(obstacle, self.version))

    def apply(self) -> None:
        """Let the agreement say what was typed; its engineers are set once it is kept."""
        self._say(self.agreement)

    def _say(self, agreement: Agreement) -> None:
        for name in ("level", "scope", "scope_value", "pinned_version"):
            setattr(agreement, name, self.cleaned_data.get(name))
        agreement.period = self.period


def initially(agreement: Agreement) -> dict[str, Any]:
    """What a form about an agreement begins with."""
    return {
        **said_of(agreement.period),
        **{name: getattr(agreement, name) for name in ("level", "scope", "scope_value", "pinned_version")},
        "designated_engineers": list(agreement.designated_engineers.all()),
    }


def _levels(*versions: PolicyVersion) -> list[tuple[str, str]]:
    """The levels to choose among, as the policy in force, the first of ``versions``, calls them; then those of old."""
    named: dict[str, str] = {}
    for version in versions:
        for level in policy_of(version).levels:
            named.setdefault(level.key, level.name)
    return list(named.items())


def _version_called(version: PolicyVersion) -> str:
    since = periods.day(version.valid_from)
    return gettext("Version {version}, valid from {since}").format(version=version.number, since=since) + (
        f": {version.note}" if version.note else ""
    )
