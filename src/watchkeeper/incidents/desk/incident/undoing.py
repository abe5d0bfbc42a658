"""What the reader can undo on an incident: the newest of their own acts that can be, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core import leaving
from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import as_core
from watchkeeper.people.models import Person

TAKEN_BACK = {
    t.DISPATCHED: gettext_lazy("The dispatch is taken back."),
    t.CLASSIFIED: gettext_lazy("The severity is what it was; the customer is told."),
    t.REPLIED: gettext_lazy("Your reply is taken back before it left; the customer knows nothing of it."),
    t.ASKED: gettext_lazy("Your question is taken back before it left; the customer knows nothing of it."),
}
"""What the page says once it is undone."""


class Undoable(NamedTuple):
    """An act that can be undone ``until`` then; ``leaves_at`` is set where it is held until then."""

    number: int
    words: str
    until: datetime
    leaves_at: datetime | None


def undoable(
    incident: Incident, timeline: Sequence[Event], *, policy: Policy, by: Person, now: datetime
) -> Undoable | None:
    """Of a timeline, given in its order, the newest that this person can undo."""
    found = verbs.can_be_taken_back(incident, timeline, by=by, now=now)
    if not found:
        return None
    newest = found[-1]
    words = _words(newest, incident, policy)
    return Undoable(newest.number, words, verbs.taken_back_until(newest), leaving.leaves_at(as_core(newest)))


def _words(event: Event, incident: Incident, policy: Policy) -> str:
    if event.kind == t.DISPATCHED:
        person = incident.assignee.name if incident.assignee else gettext("nobody")
        return gettext("Dispatched to {person}").format(person=person)
    if event.kind == t.CLASSIFIED:
        name = policy.severity_numbered(event.data["severity"]).name
        return gettext("Changed to {severity}").format(severity=name)
    return gettext("Reply not sent yet") if event.kind == t.REPLIED else gettext("Question not sent yet")
