"""Whose an incident is, how severe, what it is about, and what it has to do with."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import WATCHKEEPER, Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.verbs.refusals import NotPossible, required
from watchkeeper.people import access
from watchkeeper.people.models import Person
from watchkeeper.policies import versions


def dispatch(incident: Incident, *, to: Person, by: Person) -> Event:
    """Give the incident to a person of the team."""
    access.require(by, "dispatch")
    if not (access.may(to, "acknowledge") and access.serves(to, incident.account)):
        raise does_not_serve(to, incident)
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.DISPATCHED, assignee=to.pk)


def classify(incident: Incident, *, by: Person, severity: int, reason: str, **data: Any) -> Event:
    """Change the severity, with a reason; a customer may raise it and not lower it. ``data`` is what else its event
    holds."""
    access.require(by, "raise severity" if by.is_customer else "classify")
    policy = versions.policy_of(incident.policy_version)
    policy.severity_numbered(severity)
    with flow.turn_of(incident, Actor.of(by)) as turn:
        before = turn.incident.severity
        if severity == before:
            raise is_that_already(policy.severity_numbered(before).name)
        if by.is_customer and severity > before:
            raise NotPossible(gettext("a customer may raise the severity; ask the team to lower it"))
        return turn.append(
            t.CLASSIFIED,
            severity=severity,
            severity_before=before,
            reason=required(reason),
            reacknowledge=policy.reacknowledge_on_raise,
            **data,
        )


def describe(incident: Incident, *, by: Person, product: str, component: str, environment: str) -> Event:
    """Correct what the incident is about; its promise stays the one it was given."""
    access.require(by, "classify")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        row = turn.incident
        row.product, row.component, row.environment = product, component, environment
        row.save(update_fields=["product", "component", "environment"])
        return turn.append(t.CLASSIFIED, product=product, component=component, environment=environment)


def link(incident: Incident, *, to: Incident, by: Person) -> Event:
    """Note that two incidents have to do with each other; both ends must be seen by the one who links."""
    access.require(by, "link")
    if incident.pk == to.pk:
        raise is_itself(incident)
    with flow.turn_of(incident, Actor.of(by)) as turn:
        return turn.append(t.LINKED, to=to.reference)


def link_each_other(incident: Incident, *, other: Incident, by: Person) -> Event:
    """``link`` on both incidents, or on neither."""
    with transaction.atomic():
        flow.hold(incident, other)
        link(other, to=incident, by=by)
        return link(incident, to=other, by=by)


def link_as_reported_again(incident: Incident, *, closed: Incident) -> Event:
    """Note on both ends, as Watchkeeper's own finding, that what was closed was reported again."""
    with transaction.atomic():
        flow.hold(incident, closed)
        with flow.turn_of(closed, WATCHKEEPER) as turn:
            turn.append(t.LINKED, to=incident.reference)
        with flow.turn_of(incident, WATCHKEEPER) as turn:
            return turn.append(t.LINKED, to=closed.reference)


def does_not_serve(person: Person, incident: Incident) -> NotPossible:
    """Why an incident is not dispatched to somebody."""
    words = gettext("{person} does not serve {account}; choose an engineer or manager who does")
    return NotPossible(words.format(person=person.name, account=incident.account))


def is_that_already(severity_name: str) -> NotPossible:
    """Why a severity is not changed to itself."""
    return NotPossible(gettext("the severity is {severity} already; choose another").format(severity=severity_name))


def is_itself(incident: Incident) -> NotPossible:
    """Why an incident is not linked to itself."""
    words = gettext("{incident} is this incident itself; name another")
    return NotPossible(words.format(incident=incident.reference))
