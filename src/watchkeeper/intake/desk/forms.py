"""The form with which a person of the team takes a mail for somebody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.people import access
from watchkeeper.people.models import Person


class ReportForm(forms.Form):
    """Whose report a mail is. ``cleaned_data["email"]`` is a person of an account that the form's user serves."""

    email = forms.CharField(
        label=gettext_lazy("Whose report is it?"),
        max_length=320,
        help_text=gettext_lazy("The address of a person of an account. They hear of it as if they had reported it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the address of a customer.")},
    )

    def __init__(self, *given: Any, by: Person, **named: Any) -> None:
        super().__init__(*given, auto_id="mail-in_%s", **named)
        self._by = by

    def clean_email(self) -> Person:
        written = self.cleaned_data["email"].strip()
        served = Person.objects.filter(account__in=access.accounts_served_by(self._by), is_active=True)
        person = served.select_related("account").filter(email__iexact=written).first()
        if person is None:
            words = gettext("Nobody of an account that you serve has the address {address}.")
            raise forms.ValidationError(words.format(address=written))
        return person
