"""What is asked before holidays are proposed: for which calendar, into which draft, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from watchkeeper.core.holiday_calendars.bank_holidays import DIVISIONS
from watchkeeper.core.holiday_calendars.country import PUBLIC, Country, UnknownPlace, read_country
from watchkeeper.core.holiday_calendars.reading import LARGEST, Reading, Unreadable, plain_name
from watchkeeper.office.holidays.calendars import Calendar
from watchkeeper.office.holidays.limited import read_limited
from watchkeeper.office.holidays.target import NEW, NoTarget, Target, target_called
from watchkeeper.office.holidays.words import why_no_country, why_unreadable
from watchkeeper.office.publishing.models import PolicyDraft

YEARS_AHEAD = 5
"""So many years after this one are proposed from a file, however far it goes."""


_CATEGORIES = {
    "public": gettext_lazy("Public"),
    "bank": gettext_lazy("Bank"),
    "government": gettext_lazy("Government"),
    "school": gettext_lazy("School"),
    "optional": gettext_lazy("Optional"),
    "unofficial": gettext_lazy("Unofficial"),
    "workday": gettext_lazy("Workday"),
    "catholic": gettext_lazy("Catholic"),
    "christian": gettext_lazy("Christian"),
    "orthodox": gettext_lazy("Orthodox"),
    "hebrew": gettext_lazy("Hebrew"),
    "islamic": gettext_lazy("Islamic"),
    "hindu": gettext_lazy("Hindu"),
    "armed_forces": gettext_lazy("Armed forces"),
    "armenian": gettext_lazy("Armenian"),
    "de_facto": gettext_lazy("De facto"),
    "protestant": gettext_lazy("Protestant"),
}


def _category(key: str) -> str:
    """What a category of holidays is called; a country's own are called as the library of holidays does."""
    return str(_CATEGORIES[key]) if key in _CATEGORIES else _capital(key.replace("_", " "))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


class TargetForm(forms.Form):
    """For which calendar, and into which draft."""

    into = forms.ChoiceField(label=gettext_lazy("Write them into"), initial=NEW)
    calendar = forms.ChoiceField(label=gettext_lazy("For the hours"))

    def __init__(self, *given: Any, drafts: Mapping[str, PolicyDraft], known: Mapping[str, Calendar], **named: Any):
        super().__init__(*given, **named)
        self.fields["into"].choices = [(NEW, _("A new draft of the policy")), *((k, d.note) for k, d in drafts.items())]
        self.fields["calendar"].choices = [(key, calendar.label) for key, calendar in known.items()]
        self.target: Target | None = None
        self.chosen: Calendar | None = None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if {"into", "calendar"} <= said.keys():
            try:
                self.target = target_called(said["into"])
            except NoTarget as none:
                self.add_error("into", str(none))
                return said
            self.chosen = self.target.calendars.get(said["calendar"])
            if self.chosen is None:
                self.add_error(
                    "calendar", _("{draft} has no hours of this name.").format(draft=_capital(self.target.title))
                )
        return said


class CountryForm(TargetForm):
    """Which holidays of a country."""

    country = forms.CharField(widget=forms.HiddenInput)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    categories = forms.MultipleChoiceField(label=gettext_lazy("Which days"), widget=forms.CheckboxSelectMultiple)
    first_year = forms.IntegerField(label=gettext_lazy("From the year"))
    last_year = forms.IntegerField(label=gettext_lazy("To the year"))

    def __init__(self, *given: Any, country: Country, today: date, **named: Any):
        initial = {
            "country": country.code,
            "categories": [PUBLIC],
            "first_year": today.year,
            "last_year": today.year + 1,
        }
        super().__init__(*given, initial=initial, **named)
        everywhere = _("All of {country}").format(country=country.name)
        self.fields["region"].choices = [("", everywhere), *((k, f"{n} ({k})") for k, n in country.regions.items())]
        self.fields["categories"].choices = [(each, _category(each)) for each in country.categories]
        if not country.regions:
            del self.fields["region"]
        self.reading: Reading | None = None

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors:
            years = range(said["first_year"], said["last_year"] + 1)
            try:
                self.reading = read_country(said["country"], said.get("region", ""), said["categories"], years)
            except UnknownPlace as unknown:
                self.add_error(None, f"{_capital(why_no_country(str(unknown)))}.")
        return said


class FileForm(TargetForm):
    """A file of holidays."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        allow_empty_file=True,
        help_text=format_lazy(
            gettext_lazy("An iCalendar file (.ics) or the bank holidays of GOV.UK (.json), up to {most} MB."),
            most=LARGEST // 1_000_000,
        ),
    )
    division = forms.ChoiceField(
        label=gettext_lazy("Part of the United Kingdom"),
        choices=[("", "–"), *DIVISIONS.items()],
        required=False,
        help_text=gettext_lazy("For bank holidays in JSON."),
    )

    def __init__(self, *given: Any, today: date, **named: Any):
        super().__init__(*given, **named)
        self.today = today
        self.reading: Reading | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            told = _("{name} has {count} bytes; at most {most} are read.")
            count, most = (number_format(number, force_grouping=True) for number in (file.size, LARGEST))
            raise forms.ValidationError(told.format(name=file.name, count=count, most=most))
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors:
            until = date(self.today.year + YEARS_AHEAD, 12, 31)
            try:
                read = read_limited(said["file"].read(), until=until, division=said["division"])
                self.reading = read._replace(title=read.title or plain_name(said["file"].name))
            except Unreadable as unreadable:
                self.add_error("file", f"{said['file'].name}: {why_unreadable(str(unreadable))}")
        return said
