"""What is said of a person: who they are, what they may do, whether they may sign in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.people.models import Account, Person, Team
from watchkeeper.people.sides import misfit

Role = Person.Role


def of_the_vendor() -> list[tuple[str, str]]:
    """The roles of the vendor's people, in the language of the page."""
    return [(each.value, capfirst(str(each.label))) for each in Role if each not in Person.CUSTOMER_ROLES]


OF_A_CUSTOMER = [
    (Role.CUSTOMER.value, gettext_lazy("Customer: reports, answers, escalates")),
    (Role.CUSTOMER_MANAGER.value, gettext_lazy("Customer manager: lets colleagues in as well")),
]


class PersonForm(forms.Form):
    """Somebody of one side: of an account where ``account`` is given, else of the vendor.

    ``person`` is who is changed, ``None`` for somebody new; their address is how they are known and stays.
    """

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, help_text=gettext_lazy("They sign in with it; it stays as it is.")
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    roles = forms.MultipleChoiceField(label=gettext_lazy("Roles"), widget=forms.CheckboxSelectMultiple)
    teams = forms.ModelMultipleChoiceField(
        Team.objects.order_by("name"), label=gettext_lazy("Teams"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("May sign in"),
        required=False,
        help_text=gettext_lazy("Without it every session ends; what they did stays."),
    )
    invites = forms.BooleanField(
        label=gettext_lazy("Mail them a link to set a password"),
        required=False,
        initial=True,
        help_text=gettext_lazy("It works for an hour; “Forgotten your password?” sends another."),
    )

    def __init__(self, *given: Any, account: Account | None, person: Person | None, by: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.account, self.person, self.by = account, person, by
        self.fields["roles"].choices = OF_A_CUSTOMER if account else of_the_vendor()
        if account or not Team.objects.exists():
            del self.fields["teams"]
        if person is None:
            del self.fields["is_active"]
        else:
            del self.fields["email"]
        if person is not None or settings.WATCHKEEPER_SMTP is None:
            del self.fields["invites"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        known = Person.objects.filter(email=email).select_related("account").first()
        if known is not None and (known.account == self.account or not self.by.is_customer):
            raise forms.ValidationError(gettext("{known} has this address already.").format(known=known.name))
        if known is not None:
            raise forms.ValidationError(gettext("This address cannot be added here; ask the desk."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        found = misfit(roles=cleaned["roles"], account=self.account, has_teams=bool(cleaned.get("teams")))
        if found is not None:
            self.add_error(found.field, found.says)
        elif self.person is not None:
            self._require_somebody_to_manage(cleaned, self.person)
        return cleaned

    def _require_somebody_to_manage(self, cleaned: dict[str, Any], person: Person) -> None:
        if person == self.by and not cleaned["is_active"]:
            self.add_error("is_active", gettext("You cannot shut yourself out; somebody else can."))
            return
        stays = cleaned["is_active"] and Role.MANAGER.value in cleaned["roles"]
        if not stays and person.has_role(Role.MANAGER) and Person.objects.would_be_without_a_manager(person):
            self.add_error(None, gettext("This is the last manager who may sign in; make somebody else one first."))

    def save(self) -> Person:
        """The person as said, with their teams."""
        cleaned = self.cleaned_data
        person = self.person or Person.objects.create_person(
            cleaned["email"], name=cleaned["name"], password=None, roles=cleaned["roles"], account=self.account
        )
        person.name, person.roles = cleaned["name"], sorted(cleaned["roles"])
        person.is_active = cleaned.get("is_active", True)
        person.save(update_fields=["name", "roles", "is_active"])
        if "teams" in cleaned:
            person.teams.set(cleaned["teams"])
        return person


class TeamForm(forms.Form):
    """A new team."""

    name = forms.CharField(label=gettext_lazy("New team"), max_length=200)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if Team.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(gettext("There is a team {name} already.").format(name=name))
        return name


def said_of(person: Person) -> dict[str, Any]:
    """What a form about a person begins with."""
    teams = [] if person.is_customer else list(person.teams.all())
    return {"name": person.name, "roles": person.roles, "teams": teams, "is_active": person.is_active}
