"""Doing an act to several incidents: each by itself, so that one refusal stops none of the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID, uuid5

from watchkeeper.incidents.desk.bulk.acts import BulkAct, Given
from watchkeeper.incidents.models import Incident, SentForm
from watchkeeper.incidents.refusals import REFUSALS, words_of
from watchkeeper.people.models import Person
from watchkeeper.people.wall import for_the_desk

DONE, DONE_BEFORE, REFUSED = "done", "done before", "refused"


class Outcome(NamedTuple):
    """What became of one incident, and why where it was refused."""

    incident: Incident
    came_to: str
    words: str = ""


def carry_out(act: BulkAct, incidents: Iterable[Incident], *, by: Person, given: Given) -> list[Outcome]:
    """Do it to each through the verb of the single act, in a transaction of its own: none waits for another while it
    holds what others wait for. Of a form that was sent before, only what is not done yet is done."""
    return [_carried(act, each, by, given) for each in incidents]


def _carried(act: BulkAct, incident: Incident, by: Person, given: Given) -> Outcome:
    try:
        with for_the_desk():
            if not _is_first(given["key"], incident, by):
                return Outcome(incident, DONE_BEFORE)
            act.do(incident, by, given)
    except REFUSALS as refusal:
        with for_the_desk():
            incident.refresh_from_db(fields=["state"])
        return Outcome(incident, REFUSED, words_of(refusal))
    return Outcome(incident, DONE)


def _is_first(key: UUID, incident: Incident, by: Person) -> bool:
    """Whether this form reaches this incident for the first time. A second sending waits here for the first to end."""
    told = {"account_id": incident.account_id, "incident": incident}
    _sent, is_first = SentForm.objects.get_or_create(person=by, key=uuid5(key, incident.reference), defaults=told)
    return is_first
