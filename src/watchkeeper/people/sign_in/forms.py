"""The forms of signing in and of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.zones import zone_names
from watchkeeper.people.models import Person
from watchkeeper.people.sign_in import attempts

LONGEST_PASSWORD = 4096


def _too_often() -> ValidationError:
    words = gettext(
        "Too many attempts for this address. Wait {minutes} minutes, or ask for a link to set a new password."
    )
    return ValidationError(words.format(minutes=attempts.PASSWORDS.window.seconds // 60))


class SignInForm(forms.Form):
    """An address and a password. Whoever is unknown, or may not sign in, gets the answer of a wrong password."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *given: Any, request: HttpRequest, **named: Any) -> None:
        super().__init__(*given, **named)
        self.request = request
        self.person: Person | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        address = cleaned["email"].lower()
        if not attempts.count(attempts.PASSWORDS, address):
            raise _too_often()
        self.person = authenticate(self.request, username=address, password=cleaned["password"])
        if self.person is None:
            raise ValidationError(gettext("That address and that password do not belong together."))
        attempts.forget(attempts.PASSWORDS, address)
        return cleaned


class AboutMeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person says about themselves."""

    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        choices=lambda: [
            ("", gettext("as my browser says")),
            *((name, name.replace("_", " ")) for name in sorted(zone_names())),
        ],
        help_text=gettext_lazy(
            "Promised times are written for you in this zone too; they are counted in the desk's own."
        ),
    )

    class Meta:
        model = Person
        fields = ("name", "zone")


class NewPasswordForm(forms.Form):
    """A new password for a person who has shown who they are."""

    new = forms.CharField(
        label=gettext_lazy("New password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text=gettext_lazy("At least 10 characters; a few words that nobody would say together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.person = person

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.person)
        return new

    def save(self) -> Person:
        """Set the password. Every session that was opened with the old one ends."""
        self.person.set_password(self.cleaned_data["new"])
        self.person.save(update_fields=["password"])
        return self.person


class PasswordForm(NewPasswordForm):
    """A new password, asked for with the present one; guessing at that one is limited as signing in is."""

    present = forms.CharField(
        label=gettext_lazy("Present password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("present", "new")

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not attempts.count(attempts.PASSWORDS, self.person.email):
            raise _too_often()
        if not self.person.check_password(present):
            raise ValidationError(gettext("This is not your present password."))
        attempts.forget(attempts.PASSWORDS, self.person.email)
        return present
