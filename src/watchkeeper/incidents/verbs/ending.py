"""How an incident ends, and how it comes back: resolving, confirming, reopening, closing, withdrawing, merging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.incidents import files, flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.verbs.refusals import NotPossible, required
from watchkeeper.incidents.verbs.speaking import take_if_nobodys
from watchkeeper.people import access
from watchkeeper.people.language import speaking_to
from watchkeeper.people.models import Person


def resolve(
    incident: Incident, *, by: Person, text: str, given_files: Sequence[files.GivenFile] = (), **data: Any
) -> Event:
    """Tell the customer that it is solved, and how."""
    access.require(by, "resolve")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        take_if_nobodys(turn, by)
        event = turn.append(t.RESOLVED, says=required(text), **data)
        files.keep(event, given_files)
        return event


def confirm(incident: Incident, *, by: Person) -> Event:
    """The customer agrees that it is solved: the incident is closed."""
    access.require(by, "confirm")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.CONFIRMED)


def reopen(incident: Incident, *, by: Person, reason: str) -> Event:
    """It is not solved after all; possible until the incident is closed."""
    access.require(by, "reopen")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.REOPENED, says=required(reason))


def close(incident: Incident, *, by: Person, reason: str) -> Event:
    """Close a resolved incident before it closes by itself."""
    access.require(by, "close")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.CLOSED, reason=required(reason))


def withdraw(incident: Incident, *, by: Person, reason: str) -> Event:
    """The customer takes the report back; what is not yet breached is cancelled."""
    access.require(by, "withdraw")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.WITHDRAWN, says=required(reason))


def merge(younger: Incident, *, into: Incident, by: Person, text: str = "") -> Event:
    """Merge the younger incident into an older one of its account, and tell the younger's reporter."""
    access.require(by, "merge")
    if younger.account_id != into.account_id:
        raise NotPossible(gettext("incidents of two accounts are never merged; link them instead"))
    if (younger.received_at, younger.pk) <= (into.received_at, into.pk):
        older = gettext("{incident} is the older one; merge the younger into the older")
        raise NotPossible(older.format(incident=younger.reference))
    if younger.below.exists():
        raise has_incidents_below(younger)
    says = text.strip() or _we_go_on_in(into, to=younger.reporter)
    with transaction.atomic():
        held = flow.hold(into, younger)
        with flow.turn_of(into, Actor.of(by)) as turn:
            severer = min(turn.incident.severity, held[younger.pk].severity)
            turn.append(t.ABSORBED, younger=younger.reference, severity=severer, severity_before=turn.incident.severity)
        with flow.turn_of(younger, Actor.of(by)) as turn:
            return turn.append(t.MERGED, says=says, into=into.reference)


def _we_go_on_in(older: Incident, *, to: Person | None) -> str:
    with speaking_to(to):
        words = gettext("We go on with this in {incident}, where the same problem was reported before.")
    return words.format(incident=older.reference)


def has_incidents_below(incident: Incident) -> NotPossible:
    """Why an outage goes nowhere: it has incidents of its own."""
    words = gettext("{incident} is an outage with incidents of its own; take them out first")
    return NotPossible(words.format(incident=incident.reference))
