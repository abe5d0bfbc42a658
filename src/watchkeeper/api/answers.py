"""Rows and what core computes from them, in the shapes that are answered; the command line's ``--json`` too."""

from __future__ import annotations

from typing import Any

from watchkeeper.api import shapes
from watchkeeper.core import timeline as t
from watchkeeper.core import trace
from watchkeeper.core.commitments import Commitment
from watchkeeper.core.policy import ACKNOWLEDGEMENT, PROMISED_METRICS, Policy, better_level
from watchkeeper.core.promise import Promise
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.known import standing_known
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import Standing, standing_at_receipt, standing_of
from watchkeeper.policies.versions import policy_of

NO_ENTITLEMENT = "no entitlement is on record; the report is worked on all the same"

SHOWN_TO_CUSTOMERS = frozenset(
    {"severity", "severity_before", "severity_from", "product", "component", "environment", "metric", "nth", "due_at"}
    | {"eligible", "into", "younger", "version"}
)
SHOWN_TO_THE_TEAM = SHOWN_TO_CUSTOMERS | {"passed", "rung", "to", "reason", "score"}
"""What of an event's data is told, and to whom; keys of the database's rows are told to nobody."""

REASON_IS_TOLD = frozenset({t.CLASSIFIED, t.PROMISE_APPLIED, t.CLOSED})
"""Acts whose reason is for the customer as well."""


def receipt(incident: Incident) -> shapes.Receipt:
    """What is answered to a report, computed from its first event alone: the same today and in a year."""
    standing = standing_at_receipt(incident)
    policy = policy_of(incident.policy_version)
    said = standing.timeline[0].data
    return shapes.Receipt(
        reference=incident.reference,
        account=incident.account.slug,
        title=said["title"],
        severity=severity(policy, standing.facts.severity),
        severity_from=said["severity_from"],
        state=standing.facts.state,
        received_at=standing.facts.received_at,
        promise=promise(incident, standing),
    )


def summary(incident: Incident) -> shapes.Summary:
    """An incident as a list shows it."""
    return shapes.Summary(**_summed_up(incident))


def whole(incident: Incident, *, for_the_team: bool) -> shapes.Incident:
    """An incident with its timeline: to the team all of it, else what its customers see."""
    standing = standing_of(incident) if for_the_team else standing_known(incident)
    policy = policy_of(incident.policy_version)
    events = incident.events.order_by("number").select_related("message", "person", "token")
    if not for_the_team:
        events = events.known_to_customers()
    return shapes.Incident(
        **_summed_up(incident),
        product=incident.product,
        component=incident.component,
        environment=incident.environment,
        reporter=incident.reporter.name if incident.reporter else None,
        assignee=incident.assignee.name if incident.assignee else None,
        channel=incident.channel,
        resolved_at=incident.resolved_at,
        closed_at=incident.closed_at,
        may_be_escalated=incident.may_be_escalated,
        promise=promise(incident, standing),
        commitments=[commitment(made, standing.promises[made.promise], policy) for made in standing.commitments],
        timeline=[
            happening(event, for_the_team=for_the_team) for event in events.prefetch_related("message__attachments")
        ],
        tzdata=trace.tzdata_version(),
    )


def promise(incident: Incident, standing: Standing) -> shapes.Promise:
    """What an incident was promised, at its severity."""
    given = standing.promise
    policy = policy_of(incident.policy_version)
    return shapes.Promise(
        covered=bool(standing.commitments),
        reason=None if standing.commitments else why_not_covered(policy, given, standing.facts.severity),
        level=given.level.key if given else None,
        level_name=given.level.name if given else None,
        sla=given.sla.name if given and given.sla else None,
        policy_version=incident.policy_version.number,
        targets=_targets(given, standing) if given else [],
    )


def why_not_covered(policy: Policy, given: Promise | None, severity: int) -> str:
    """Why nothing is promised, and which level would promise something."""
    if given is None:
        return NO_ENTITLEMENT
    name = policy.severity_numbered(severity).name
    better = better_level(policy, severity, ACKNOWLEDGEMENT)
    offer = f"; {better.name} would cover it" if better and better.key != given.level.key else ""
    return f"{name} is outside {given.level.name}: it is worked on, and nothing is promised{offer}"


def commitment(made: Commitment, given: Promise, policy: Policy) -> shapes.Commitment:
    """A commitment with the explanation of its due time."""
    target = made.target
    operating = target.operating
    stretches = (
        target.within.explain(operating.hours, made.clock_from, made.due_at, made.stood_still) if made.due_at else ()
    )
    return shapes.Commitment(
        metric=made.metric,
        nth=made.nth,
        severity=severity(policy, made.severity),
        outcome=made.outcome,
        reason=made.reason,
        opened_at=made.opened_at,
        starts_at=made.starts_at,
        due_at=made.due_at,
        done_at=made.done_at,
        is_paused=made.is_paused,
        explanation=[
            shapes.Stretch(
                from_at=stretch.start,
                to_at=stretch.end,
                counted_seconds=stretch.counted.total_seconds(),
                reason=stretch.reason,
            )
            for stretch in stretches
        ],
        trace=trace.line(stretches, given.policy.zone, given.policy.zone_label) if made.due_at else "paused",
    )


def happening(event: Event, *, for_the_team: bool) -> shapes.Happening:
    """An event with what was said; a note is never shown outside the team."""
    message = getattr(event, "message", None)
    if message is not None and not (message.is_public or for_the_team):
        message = None
    is_whole = message is not None and message.erased_at is None
    return shapes.Happening(
        number=event.number,
        kind=event.kind,
        at=event.at,
        recorded_at=event.recorded_at,
        source=event.source,
        by=shapes.Author(side=event.side, name=_name_of_actor(event)),
        text=message.body if message is not None and is_whole else None,
        files=[
            shapes.File(name=file.name, media_type=file.media_type, size=file.size)
            for file in (message.attachments.all() if message is not None and is_whole else ())
        ],
        details=_details(event, for_the_team=for_the_team),
    )


def severity(policy: Policy, number: int) -> shapes.Severity:
    """A severity by its number."""
    found = policy.severity_numbered(number)
    return shapes.Severity(number=found.number, key=found.key, name=found.name)


def _summed_up(incident: Incident) -> dict[str, Any]:
    return {
        "reference": incident.reference,
        "account": incident.account.slug,
        "title": incident.title,
        "severity": severity(policy_of(incident.policy_version), incident.severity),
        "state": incident.state,
        "received_at": incident.received_at,
        "acknowledged_at": incident.acknowledged_at,
        "due_at": incident.due_at,
        "due_metric": incident.due_metric or None,
        "is_breached": incident.is_breached,
        "is_test": incident.is_test,
    }


def _targets(given: Promise, standing: Standing) -> list[shapes.Target]:
    due = {made.metric: made.due_at for made in standing.commitments}
    found = (given.target(metric, standing.facts.severity) for metric in PROMISED_METRICS)
    return [
        shapes.Target(
            metric=target.metric,
            within=str(target.within),
            counted_in=target.operating.published_as or target.operating.name,
            due_at=due.get(target.metric),
        )
        for target in found
        if target is not None
    ]


def _name_of_actor(event: Event) -> str:
    return Actor(event.side, event.person, event.token).name


def _details(event: Event, *, for_the_team: bool) -> dict[str, Any]:
    shown = SHOWN_TO_THE_TEAM if for_the_team else SHOWN_TO_CUSTOMERS
    if event.kind in REASON_IS_TOLD:
        shown = shown | {"reason"}
    return {name: value for name, value in event.data.items() if name in shown and value not in (None, "")}
