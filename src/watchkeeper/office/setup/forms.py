"""What is asked on the walk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.core.zones import zone_names
from watchkeeper.office.setup import starting_points
from watchkeeper.office.setup.starting_points import EMPTY, EXAMPLE, SHIPPED, Choice
from watchkeeper.people.models import Person
from watchkeeper.people.sign_in.forms import LONGEST_PASSWORD


class ManagerForm(forms.Form):
    """The first person who may sign in. A password that was given before stays when none is typed."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        max_length=254,
        help_text=gettext_lazy("You sign in with it, and the desk writes to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *given: Any, kept_password: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.kept_password = kept_password
        self.fields["password"].required = not kept_password
        hint = gettext("At least 10 characters; a few words that nobody would say together are good.")
        self.fields["password"].help_text = gettext("Kept. Type another to change it.") if kept_password else hint

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("password"):
            try:
                password_validation.validate_password(
                    cleaned["password"], Person(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
                )
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def answers(self) -> dict[str, str]:
        """What is kept of it: of the password a hash, and only of a good one."""
        good = self.is_valid() and self.cleaned_data["password"]
        return {
            "name": self.data.get("name", "")[:200],
            "email": self.data.get("email", "")[:254].strip().lower(),
            "password": make_password(self.cleaned_data["password"]) if good else self.kept_password,
        }


class PolicyForm(forms.Form):
    """What the desk promises at first."""

    start = forms.ChoiceField(label=gettext_lazy("Start from"), widget=forms.RadioSelect)
    example = forms.ChoiceField(label=gettext_lazy("Which example?"), required=False)
    vendor = forms.CharField(
        label=gettext_lazy("Your company"),
        max_length=200,
        help_text=gettext_lazy("As your customers read it on the page."),
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Your time zone"),
        required=False,
        choices=lambda: [(name, name.replace("_", " ")) for name in sorted(zone_names())],
        help_text=gettext_lazy("For the empty policy; the others keep the zone of their page until you change it."),
    )
    escalation = forms.EmailField(
        label=gettext_lazy("Who is told of a breach?"),
        max_length=254,
        help_text=gettext_lazy("A mailing list is best: every breach that may be escalated is mailed to it."),
    )
    desk = forms.EmailField(
        label=gettext_lazy("Who is told while nobody is in charge?"),
        max_length=254,
        help_text=gettext_lazy(
            "The desk's own address: for warnings about what nobody is assigned to, and for customers."
        ),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        found = starting_points.examples()
        self.fields["start"].choices = [
            (
                SHIPPED,
                gettext("The page that comes with the program: {starting_points}").format(
                    starting_points=starting_points.shipped_title()
                ),
            ),
            *([(EXAMPLE, gettext("An example: the page of another vendor"))] if found else []),
            (EMPTY, gettext("Nearly nothing: one level, three severities, weekdays from nine to five")),
        ]
        self.fields["example"].choices = [(example.key, example.title) for example in found]
        if not found:
            del self.fields["example"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("start") == EXAMPLE and not cleaned.get("example"):
            self.add_error("example", gettext("Choose one of the examples."))
        if cleaned.get("start") == EMPTY and not cleaned.get("zone"):
            self.add_error("zone", gettext("Choose the zone in which your hours are meant."))
        if not self.errors:
            self._require_a_sound_policy()
        return cleaned

    def _require_a_sound_policy(self) -> None:
        try:
            self.choice().policy()
        except PolicyFileErrors as errors:
            self.add_error(None, str(errors.problems[0]))

    def clean_vendor(self) -> str:
        return " ".join(self.cleaned_data["vendor"].split())

    def answers(self) -> dict[str, str]:
        """What is kept of it, right or wrong, so that nothing is typed twice."""
        return {name: self.data.get(name, "")[:300] for name in self.fields}

    def choice(self) -> Choice:
        """What was chosen, of a form that is valid."""
        return Choice(**{name: self.cleaned_data[name] for name in self.fields})
