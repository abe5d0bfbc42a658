"""From when until when: the first and the last day, as people say it; a period is kept half-open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.policies import periods

EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
"""The days a licence or an agreement can begin or end on."""


def day_field(label: str, **named: Any) -> forms.DateField:
    """A field for one day."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": EARLIEST, "max": LATEST}),
        error_messages={"invalid": gettext_lazy("This is no day; write it as 2026-12-31.")},
        **named,
    )


class PeriodForm(forms.Form):
    """A first day, and a last one where there is an end."""

    first_day = day_field(gettext_lazy("First day"), help_text=gettext_lazy("It holds from the beginning of this day."))
    last_day = day_field(
        gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("It holds through this day. Empty: without end."),
    )

    def clean_first_day(self) -> date:
        return _in_reach(self.cleaned_data["first_day"])

    def clean_last_day(self) -> date | None:
        last = self.cleaned_data["last_day"]
        return _in_reach(last) if last else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error(
                "last_day", gettext("It lies before the first day, {first}.").format(first=periods.day(first))
            )
        return cleaned

    @property
    def period(self) -> DateRange:
        """What was said, once it is valid."""
        last = self.cleaned_data["last_day"]
        return DateRange(self.cleaned_data["first_day"], last + periods.ONE_DAY if last else None)


class EndForm(forms.Form):
    """The last day of something that begins on ``begins``."""

    last_day = day_field(
        gettext_lazy("Last day"), help_text=gettext_lazy("It holds through this day, and not on the next.")
    )

    def __init__(self, *given: Any, begins: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.begins = begins

    def clean_last_day(self) -> date:
        last = _in_reach(self.cleaned_data["last_day"])
        if last < self.begins:
            raise forms.ValidationError(
                gettext("It lies before the first day, {begins}.").format(begins=periods.day(self.begins))
            )
        return last


def said_of(period: DateRange) -> dict[str, Any]:
    """What a form begins with about a period."""
    return {"first_day": period.lower, "last_day": periods.last_day(period)}


def after(period: DateRange) -> dict[str, Any]:
    """What a form begins with about the year that follows a period."""
    begins = period.upper
    return {"first_day": begins, "last_day": _a_year_from(begins) - periods.ONE_DAY}


def _a_year_from(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _in_reach(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise forms.ValidationError(
            gettext("Write a day from {EARLIEST} to {LATEST}.").format(
                EARLIEST=periods.day(EARLIEST), LATEST=periods.day(LATEST)
            )
        )
    return day
