"""The acts on an incident that are asked for in a dialog, and the words around their forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy

from watchkeeper.incidents import verbs
from watchkeeper.incidents.desk.incident import forms
from watchkeeper.incidents.desk.incident.conversation import Said
from watchkeeper.incidents.desk.incident.promises import Promised
from watchkeeper.incidents.disputed import Told
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person


class Dialog(NamedTuple):
    """``name`` is the resource that is posted to; ``act`` must be offered for the dialog to be shown."""

    name: str
    act: str
    title: str
    lead: str
    button: str
    form_class: type[forms.ActForm]

    @property
    def url_name(self) -> str:
        return f"desk-{self.name.replace('_', '-')}"

    @property
    def id(self) -> str:
        return f"dialog-{self.name.replace('_', '-')}"


DIALOGS = (
    Dialog(
        "acknowledgement",
        "acknowledge",
        gettext_lazy("Acknowledge"),
        gettext_lazy("The customer reads these words. It counts from the moment you send them."),
        gettext_lazy("Acknowledge"),
        forms.AcknowledgementForm,
    ),
    Dialog(
        "dispatch",
        "dispatch",
        gettext_lazy("Dispatch"),
        gettext_lazy("To a person who serves the account; who suits best stands first, with the reasons."),
        gettext_lazy("Dispatch"),
        forms.DispatchForm,
    ),
    Dialog(
        "severity",
        "classify",
        gettext_lazy("Change the severity"),
        gettext_lazy(
            "A raise starts the faster clock at once; lowering goes back to the milder one, counted from receipt."
        ),
        gettext_lazy("Change the severity"),
        forms.SeverityForm,
    ),
    Dialog(
        "subject",
        "classify",
        gettext_lazy("What it is about"),
        gettext_lazy("The promise stays the one the incident was given."),
        gettext_lazy("Save"),
        forms.SubjectForm,
    ),
    Dialog(
        "resumption",
        "resume",
        gettext_lazy("Stop waiting for the customer"),
        gettext_lazy("The clocks of updates and resolution go on."),
        gettext_lazy("Go on"),
        forms.ReasonForm,
    ),
    Dialog(
        "closure",
        "close",
        gettext_lazy("Close"),
        gettext_lazy("It can then no longer be reopened."),
        gettext_lazy("Close"),
        forms.ReasonForm,
    ),
    Dialog(
        "reopening",
        "reopen",
        gettext_lazy("Reopen"),
        gettext_lazy("The customer is told why."),
        gettext_lazy("Reopen"),
        forms.ReopeningForm,
    ),
    Dialog(
        "escalation_answer",
        "answer escalation",
        gettext_lazy("Answer the escalation"),
        gettext_lazy("In public; it meets the promise to answer."),
        gettext_lazy("Send the answer"),
        forms.EscalationAnswerForm,
    ),
    Dialog(
        "escalation_end",
        "end escalation",
        gettext_lazy("End the escalation"),
        gettext_lazy("What it asked for is settled."),
        gettext_lazy("End the escalation"),
        forms.ReasonForm,
    ),
    Dialog(
        "participants",
        "add participants",
        gettext_lazy("Add a participant"),
        gettext_lazy("They may read and follow it."),
        gettext_lazy("Add"),
        forms.ParticipantForm,
    ),
    Dialog(
        "links",
        "link",
        gettext_lazy("Link to another incident"),
        gettext_lazy("For the team alone, on both incidents."),
        gettext_lazy("Link"),
        forms.LinkForm,
    ),
    Dialog(
        "outage",
        "link",
        gettext_lazy("Part of an outage"),
        gettext_lazy("An update of that incident then reaches this one too. No customer learns of another."),
        gettext_lazy("Put it under"),
        forms.OutageForm,
    ),
    Dialog(
        "merge",
        "merge",
        gettext_lazy("Merge into an older incident"),
        gettext_lazy("This one is closed and goes on there. Its reporter is told, which acknowledges it."),
        gettext_lazy("Merge"),
        forms.MergeForm,
    ),
    Dialog(
        "calls",
        "log a call",
        gettext_lazy("Log a call"),
        gettext_lazy("It stands on the timeline when it was made, and its words are for the team alone."),
        gettext_lazy("Log it"),
        forms.CallForm,
    ),
    Dialog(
        "erasures",
        "redact",
        gettext_lazy("Erase what was said"),
        gettext_lazy(
            "Its words and files are gone for good, in the mails that were kept too. "
            "That it was said stays on the record."
        ),
        gettext_lazy("Erase it"),
        forms.ErasureForm,
    ),
    Dialog(
        "promise",
        "apply promise",
        gettext_lazy("Apply the promise of now"),
        gettext_lazy("What the account has now joins what it had at receipt: the earliest due time holds."),
        gettext_lazy("Apply"),
        forms.PromiseForm,
    ),
    Dialog(
        "exclusions",
        "exclude",
        gettext_lazy("Leave out of attainment"),
        gettext_lazy("The commitment stays on the record and no longer counts in attainment."),
        gettext_lazy("Leave it out"),
        forms.ExclusionForm,
    ),
    Dialog(
        "dispute_answer",
        "answer dispute",
        gettext_lazy("Answer the dispute"),
        gettext_lazy(
            "The customer reads it. What was counted stays so; the dispute and its answer are told beside it."
        ),
        gettext_lazy("Send the answer"),
        forms.DisputeAnswerForm,
    ),
)


class Asked(NamedTuple):
    """A dialog with the form to show in it."""

    dialog: Dialog
    form: forms.ActForm


def dialogs_for(
    incident: Incident,
    *,
    person: Person,
    offered: frozenset[str],
    promised: Sequence[Promised],
    said: Sequence[Said],
    now: datetime,
    typed: Mapping[str, forms.ActForm],
    disputes: Sequence[Told],
) -> dict[str, Asked]:
    """The dialogs of what is offered, by their names. Of ``typed`` forms, what was typed into them is kept."""
    shown = {}
    for dialog in DIALOGS:
        if dialog.act in offered:
            form = typed.get(dialog.name) or dialog.form_class(incident=incident, by=person)
            form.auto_id = f"{dialog.name}_%s"
            if isinstance(form, forms.DisputeAnswerForm):
                form.suggest([(each.key, each.about) for each in disputes if each.is_open])
            if _has_choice(form, offered, promised, said, now):
                shown[dialog.name] = Asked(dialog, form)
    return shown


def _has_choice(
    form: forms.ActForm, offered: frozenset[str], promised: Sequence[Promised], said: Sequence[Said], now: datetime
) -> bool:
    """Whether there is anything to choose in the form, after what is offered was put into it."""
    if isinstance(form, forms.AcknowledgementForm):
        form.fields["text"].initial = verbs.acknowledgement_by(form.by, to=form.incident.reporter)
    if isinstance(form, forms.ExclusionForm):
        return form.suggest([(one.key, one.name) for one in promised if not one.commitment.excluded])
    if isinstance(form, forms.ErasureForm):
        return form.suggest([(one.number, f"{one.author}: {one.opening}") for one in said if not one.erased_at])
    if isinstance(form, forms.CallForm):
        form.fields["called_at"].initial = now.astimezone(form.zone).replace(tzinfo=None)
    if isinstance(form, forms.DispatchForm):
        return form.suggest(now)
    if isinstance(form, forms.ParticipantForm):
        return form.suggest()
    if isinstance(form, forms.OutageForm):
        return form.incident.parent_id is None
    if isinstance(form, forms.PromiseForm) and "apply a later promise" not in offered:
        form.offer_no_later_promise()
    return True
