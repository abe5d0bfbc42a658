"""The form of an SLA: a table of targets for each metric, the answer to an escalation, contacts and features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core import published
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Severity
from watchkeeper.core.policy_file import Problem
from watchkeeper.office.agreements.sla.sheet import WAYS, Sheet, Slot
from watchkeeper.ui.time_left import METRICS
from watchkeeper.ui.translated import in_a_sentence, translated

_PARTS = {"within": gettext_lazy("Within"), "goal": gettext_lazy("Goal"), "hours": gettext_lazy("Counted in")}
_WAYS = {
    "name": gettext_lazy("Name"),
    "emails": gettext_lazy("E-mail, several with commas"),
    "phone": gettext_lazy("Telephone"),
}


class TargetRow(NamedTuple):
    """A severity in the table of a metric: what the level says, and the fields beside it."""

    severity: Severity
    level_says: str
    fields: list[BoundField]


class MetricTable(NamedTuple):
    """The targets of one metric; ``is_open`` where it is not folded away."""

    name: str
    rows: list[TargetRow]
    is_open: bool


class ContactRow(NamedTuple):
    """A contact: whom the policy names, and the fields of whom the SLA names instead."""

    name: str
    policy_says: str
    fields: list[BoundField]


class SheetForm(forms.Form):
    """The fields of a sheet with what is ``given`` in them, and what is wrong with each."""

    def __init__(self, sheet: Sheet, given: Mapping[str, str], problems: Iterable[Problem] = ()) -> None:
        super().__init__(given)
        self.sheet = sheet
        self.fields |= dict(_fields(sheet))
        self.elsewhere: list[Problem] = []
        self.full_clean()
        for problem in problems:
            field = sheet.field_of(problem.path)
            if field in self.fields:
                self.add_error(
                    field, gettext("{message} (line {line})").format(message=problem.message, line=problem.line)
                )
            else:
                self.elsewhere.append(problem)
        for bound in self:
            bound.field.widget.attrs["aria-describedby"] = f"{bound.auto_id}-wrong"

    @property
    def tables(self) -> list[MetricTable]:
        slots = list(self.sheet.slots)
        return [self._table(metric, [slot for slot in slots if slot.metric == metric]) for metric in self.sheet.metrics]

    @property
    def contacts(self) -> list[ContactRow]:
        rows = []
        for key in self.sheet.contacts:
            known = self.sheet.policy.contacts.get(key)
            says = ", ".join(filter(None, (known.name, *known.emails, known.phone))) if known else ""
            rows.append(ContactRow(key.replace("_", " "), says, [self[f"contact-{key}-{way}"] for way in WAYS]))
        return rows

    @property
    def has_contacts(self) -> bool:
        return any(field.value() or field.errors for row in self.contacts for field in row.fields)

    def _table(self, metric: str, slots: list[Slot]) -> MetricTable:
        rows = [
            TargetRow(slot.severity, self._level_says(slot), [self[slot.field(p)] for p in _PARTS]) for slot in slots
        ]
        is_said = any(field.value() or field.errors for row in rows for field in row.fields)
        return MetricTable(str(METRICS[metric]), rows, metric == ACKNOWLEDGEMENT or is_said)

    def _level_says(self, slot: Slot) -> str:
        level = self.sheet.level
        target = level.target(slot.metric, slot.severity.number) if level else None
        return str(translated(published.wording(target._replace(published_as="")))) if target else ""


def _fields(sheet: Sheet) -> Iterable[tuple[str, forms.Field]]:
    yield (
        "sla",
        forms.CharField(
            label=gettext("Name of the contract"), help_text=gettext("The customer reads it."), required=False
        ),
    )
    if not sheet.calendars:
        yield "hours", _choice(sheet, gettext("Counted in"), gettext("All that the level counts in its own hours."))
    yield (
        "answer",
        _line(gettext("An escalation is answered within"), gettext("As 30m or 2h. Empty: as the level says.")),
    )
    yield (
        "features",
        forms.CharField(
            label=gettext("Further features"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext("One a line."),
        ),
    )
    for slot in sheet.slots:
        for part, label in _PARTS.items():
            named = f"{slot.severity.name}, {METRICS[slot.metric]}: {in_a_sentence(str(label))}"
            yield slot.field(part), _choice(sheet, named) if part == "hours" else _line(named)
    for key in sheet.contacts:
        for way, label in _WAYS.items():
            yield f"contact-{key}-{way}", _line(f"{key.replace('_', ' ').capitalize()}: {in_a_sentence(str(label))}")


def _line(label: str, hint: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, widget=widget, help_text=hint)


def _choice(sheet: Sheet, label: str, hint: str = "") -> forms.CharField:
    """A choice of hours, known to the policy or to the SLA; what else stands there can stay."""
    named = {key: hours.published_as or key for key, hours in sheet.policy.operating.items()}
    for key in (*sheet.calendars, *_hours_said(sheet)):
        named.setdefault(key, key)
    choices = [("", gettext("as the level says")), *named.items()]
    return forms.CharField(label=label, required=False, widget=forms.Select(choices=choices), help_text=hint)


def _hours_said(sheet: Sheet) -> list[str]:
    return [value for name, value in sheet.values.items() if value and (name == "hours" or name.endswith("-hours"))]
