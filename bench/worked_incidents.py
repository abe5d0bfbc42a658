"""Incidents with whole timelines, as a team would have worked them: answered early or late, asked about, closed.

What followed from the promises, such as a breach, is decided by core and stands on the timeline.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product

from bench.open_incidents import Customer

from watchkeeper.clocks import rows
from watchkeeper.clocks.models import Commitment
from watchkeeper.core import timeline as t
from watchkeeper.core.escalation import decide
from watchkeeper.incidents import evidence, flow
from watchkeeper.incidents.actor import WATCHKEEPER
from watchkeeper.incidents.models import REFERENCE_LETTERS, Event, Incident
from watchkeeper.incidents.moment import AT_THE_DESK
from watchkeeper.incidents.reading import Standing, folded
from watchkeeper.people.models import Person
from watchkeeper.policies import terms, versions

_references = ("WK-" + "".join(letters) for letters in product(reversed(REFERENCE_LETTERS), repeat=6))
"""In turn: of so many drawn at random two would be the same."""


def write_histories(received: Sequence[datetime], *, of: Customer, assignee: Person, rng: random.Random) -> None:
    """Write an incident for each moment, in one transaction that stands for the desk."""
    histories = [_history(at, of, assignee, rng) for at in received]
    incidents = Incident.objects.bulk_create(
        _incident(of, at, standing) for at, standing in zip(received, histories, strict=True)
    )
    last = Event.objects.filter(account=of.account).order_by("-account_number").first()
    end = evidence.Ends(0, last.account_number, last.digest) if last else evidence.Ends()
    events = []
    for incident, standing in zip(incidents, histories, strict=True):
        for number, happened in enumerate(standing.timeline):
            event, _ = evidence.placed(_entry(happened), incident, after=end._replace(number=number))
            end = evidence.Ends(event.number, event.account_number, event.digest)
            events.append(event)
    Event.objects.bulk_create(events)
    Commitment.objects.bulk_create(
        rows.row_of(flow.computed(incident, standing), made)
        for incident, standing in zip(incidents, histories, strict=True)
        for made in standing.commitments
    )


def _history(at: datetime, of: Customer, assignee: Person, rng: random.Random) -> Standing:
    policy = versions.policy_of(of.given.version)
    promises = {of.given.pk: terms.promise_of(of.given)}
    timeline = []
    for kind, data in _acts(of, assignee, rng):
        timeline.append(t.Event(kind, at, at, data))
        standing = folded(timeline, promises)
        plan = decide(standing.facts, standing.commitments, promises, at, close_after=policy.close_after)
        timeline += [t.Event(step.kind, step.at, at, step.data) for step in plan.steps]
        at += timedelta(seconds=rng.expovariate(1 / 9_000))
    return folded(timeline, promises)


def _acts(of: Customer, assignee: Person, rng: random.Random) -> list[tuple[str, dict[str, object]]]:
    severity = rng.randint(2, 5)
    said: dict[str, object] = {"severity": severity, "severity_from": "reporter", "promise": of.given.pk}
    acts: list[tuple[str, dict[str, object]]] = [(t.REPORTED, said), (t.DISPATCHED, {"assignee": assignee.pk})]
    if rng.random() < 0.2:
        raised = {"severity": severity - 1, "severity_before": severity, "reason": "worse", "reacknowledge": False}
        acts.append((t.CLASSIFIED, raised))
    acts += [(t.ACKNOWLEDGED, {}), (t.ASKED, {}), (t.ANSWERED, {}), (t.REPLIED, {}), (t.RESOLVED, {})]
    return [*acts, (t.CONFIRMED, {})]


def _incident(of: Customer, at: datetime, standing: Standing) -> Incident:
    return Incident(
        reference=next(_references),
        account=of.account,
        reporter=of.person,
        channel=Incident.Channel.API,
        policy_version=of.given.version,
        title="The gateway answers 503",
        received_at=at,
        **flow.copies(standing, None),
    )


def _entry(happened: t.Event) -> evidence.Entry:
    return evidence.Entry(
        kind=happened.kind,
        at=happened.at,
        recorded_at=happened.recorded_at,
        source=AT_THE_DESK,
        by=WATCHKEEPER,
        data=dict(happened.data),
    )
