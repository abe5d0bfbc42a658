"""What is asked before holidays are proposed: for which calendar, into which draft, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from watchkeeper.core.holiday_calendars.bank_holidays import DIVISIONS
from watchkeeper.core.holiday_calendars.country import PUBLIC, Country, UnknownPlace, read_country
from watchkeeper.core.holiday_calendars.reading import LARGEST, Reading, Unreadable, plain_name
from watchkeeper.office.holidays.calendars import Calendar
from watchkeeper.office.holidays.limited import read_limited
from watchkeeper.office.holidays.target import NEW, NoTarget, Target, target_called
from watchkeeper.office.publishing.models import PolicyDraft

YEARS_AHEAD = 5
"""So many years after this one are proposed from a file, however far it goes."""


class TargetForm(forms.Form):
    """For which calendar, and into which draft."""

    into = forms.ChoiceField(label="Write them into", initial=NEW)
    calendar = forms.ChoiceField(label="For the hours")

    def __init__(self, *given: Any, drafts: Mapping[str, PolicyDraft], known: Mapping[str, Calendar], **named: Any):
        super().__init__(*given, **named)
        self.fields["into"].choices = [(NEW, "A new draft of the policy"), *((k, d.note) for k, d in drafts.items())]
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
                self.add_error("calendar", f"{self.target.title.capitalize()} has no hours of this name.")
        return said


class CountryForm(TargetForm):
    """Which holidays of a country."""

    country = forms.CharField(widget=forms.HiddenInput)
    region = forms.ChoiceField(label="Region", required=False)
    categories = forms.MultipleChoiceField(label="Which days", widget=forms.CheckboxSelectMultiple)
    first_year = forms.IntegerField(label="From the year")
    last_year = forms.IntegerField(label="To the year")

    def __init__(self, *given: Any, country: Country, today: date, **named: Any):
        initial = {
            "country": country.code,
            "categories": [PUBLIC],
            "first_year": today.year,
            "last_year": today.year + 1,
        }
        super().__init__(*given, initial=initial, **named)
        everywhere = f"All of {country.name}"
        self.fields["region"].choices = [("", everywhere), *((k, f"{n} ({k})") for k, n in country.regions.items())]
        self.fields["categories"].choices = [(each, each.replace("_", " ").capitalize()) for each in country.categories]
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
                self.add_error(None, f"{str(unknown)[:1].upper()}{str(unknown)[1:]}.")
        return said


class FileForm(TargetForm):
    """A file of holidays."""

    file = forms.FileField(
        label="The file",
        allow_empty_file=True,
        help_text=f"An iCalendar file (.ics) or the bank holidays of GOV.UK (.json), up to {LARGEST // 1_000_000} MB.",
    )
    division = forms.ChoiceField(
        label="Part of the United Kingdom",
        choices=[("", "–"), *DIVISIONS.items()],
        required=False,
        help_text="For bank holidays in JSON.",
    )

    def __init__(self, *given: Any, today: date, **named: Any):
        super().__init__(*given, **named)
        self.today = today
        self.reading: Reading | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"{file.name} has {file.size:,} bytes; at most {LARGEST:,} are read.")
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors:
            until = date(self.today.year + YEARS_AHEAD, 12, 31)
            try:
                read = read_limited(said["file"].read(), until=until, division=said["division"])
                self.reading = read._replace(title=read.title or plain_name(said["file"].name))
            except Unreadable as unreadable:
                self.add_error("file", f"{said['file'].name}: {unreadable}")
        return said
