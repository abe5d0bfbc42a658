"""The acts on an incident that are asked for in a dialog, and the words around their forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from watchkeeper.incidents import verbs
from watchkeeper.incidents.desk.incident import forms
from watchkeeper.incidents.desk.incident.conversation import Said
from watchkeeper.incidents.desk.incident.promises import Promised
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
        "Acknowledge",
        "The customer reads these words. It counts from the moment you send them.",
        "Acknowledge",
        forms.AcknowledgementForm,
    ),
    Dialog(
        "dispatch",
        "dispatch",
        "Dispatch",
        "To a person who serves the account; who suits best stands first, with the reasons.",
        "Dispatch",
        forms.DispatchForm,
    ),
    Dialog(
        "severity",
        "classify",
        "Change the severity",
        "A raise starts the faster clock at once; lowering goes back to the milder one, counted from receipt.",
        "Change the severity",
        forms.SeverityForm,
    ),
    Dialog(
        "subject",
        "classify",
        "What it is about",
        "The promise stays the one the incident was given.",
        "Save",
        forms.SubjectForm,
    ),
    Dialog(
        "resumption",
        "resume",
        "Stop waiting for the customer",
        "The clocks of updates and resolution go on.",
        "Go on",
        forms.ReasonForm,
    ),
    Dialog("closure", "close", "Close", "It can then no longer be reopened.", "Close", forms.ReasonForm),
    Dialog("reopening", "reopen", "Reopen", "The customer is told why.", "Reopen", forms.ReopeningForm),
    Dialog(
        "escalation_answer",
        "answer escalation",
        "Answer the escalation",
        "In public; it meets the promise to answer.",
        "Send the answer",
        forms.EscalationAnswerForm,
    ),
    Dialog(
        "escalation_end",
        "end escalation",
        "End the escalation",
        "What it asked for is settled.",
        "End the escalation",
        forms.ReasonForm,
    ),
    Dialog(
        "participants",
        "add participants",
        "Add a participant",
        "They may read and follow it.",
        "Add",
        forms.ParticipantForm,
    ),
    Dialog(
        "links", "link", "Link to another incident", "For the team alone, on both incidents.", "Link", forms.LinkForm
    ),
    Dialog(
        "merge",
        "merge",
        "Merge into an older incident",
        "This one is closed and goes on there. Its reporter is told, which acknowledges it.",
        "Merge",
        forms.MergeForm,
    ),
    Dialog(
        "calls",
        "log a call",
        "Log a call",
        "It stands on the timeline when it was made, and its words are for the team alone.",
        "Log it",
        forms.CallForm,
    ),
    Dialog(
        "erasures",
        "redact",
        "Erase what was said",
        "Its words and files are gone for good, in the mails that were kept too. That it was said stays on the record.",
        "Erase it",
        forms.ErasureForm,
    ),
    Dialog(
        "promise",
        "apply promise",
        "Apply the promise of now",
        "What the account has now joins what it had at receipt: the earliest due time holds.",
        "Apply",
        forms.PromiseForm,
    ),
    Dialog(
        "exclusions",
        "exclude",
        "Leave out of attainment",
        "The commitment stays on the record and no longer counts in attainment.",
        "Leave it out",
        forms.ExclusionForm,
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
) -> dict[str, Asked]:
    """The dialogs of what is offered, by their names. Of ``typed`` forms, what was typed into them is kept."""
    shown = {}
    for dialog in DIALOGS:
        if dialog.act in offered:
            form = typed.get(dialog.name) or dialog.form_class(incident=incident, by=person)
            form.auto_id = f"{dialog.name}_%s"
            if _has_choice(form, offered, promised, said, now):
                shown[dialog.name] = Asked(dialog, form)
    return shown


def _has_choice(
    form: forms.ActForm, offered: frozenset[str], promised: Sequence[Promised], said: Sequence[Said], now: datetime
) -> bool:
    """Whether there is anything to choose in the form, after what is offered was put into it."""
    if isinstance(form, forms.AcknowledgementForm):
        form.fields["text"].initial = verbs.acknowledgement_by(form.by)
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
    if isinstance(form, forms.PromiseForm) and "apply a later promise" not in offered:
        form.offer_no_later_promise()
    return True
