"""What would be promised if the report were sent now: the conductor's own fold, asked about a report not yet made."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core import published, trace
from watchkeeper.core.example import commitments_of_a_report
from watchkeeper.core.policy import ACKNOWLEDGEMENT, RESOLUTION, Policy, Severity
from watchkeeper.core.promise import Promise
from watchkeeper.incidents.portal.clocks import readable
from watchkeeper.incidents.portal.zones import Told, told
from watchkeeper.people.models import Person
from watchkeeper.policies.support_levels.limits import Limit, limit_at
from watchkeeper.ui.moments import DeskZone, written
from watchkeeper.ui.severity_cards import SeverityCard
from watchkeeper.ui.translated import translated


class Preview(NamedTuple):
    """The promise for one severity, dated; without one ``limit`` says what a higher level would give, and when.

    Without an entitlement on record there is neither.
    """

    severity: Severity
    level: str
    due: Told | None
    window: str
    why: str
    resolved_by: Told | None
    may_be_escalated: bool
    limit: Limit | None
    limit_due: Told | None

    @property
    def offered(self) -> str:
        """What a higher level promises, as it is published."""
        return translated(self.limit.offer.words) if self.limit and self.limit.offer else ""


def preview(promise: Promise | None, policy: Policy, severity: Severity, *, now: datetime, reader: Person) -> Preview:
    """What a report of this severity would be promised if it came in at ``now``."""
    if promise is None:
        return Preview(severity, "", None, "", "", None, False, None, None)
    by_metric = commitments_of_a_report(promise, severity=severity.number, at=now)
    answer, resolution = by_metric.get(ACKNOWLEDGEMENT), by_metric.get(RESOLUTION)
    limit = limit_at(promise, severity.number) if answer is None else None
    offered_at = limit.offer.due_at(now) if limit and limit.offer else None
    return Preview(
        severity=severity,
        level=promise.level.name,
        due=told(answer.due_at, policy, reader) if answer and answer.due_at else None,
        window=translated(published.wording(answer.target)) if answer else "",
        why=translated(trace.line(readable(answer.explain()), policy.zone, policy.zone_label)) if answer else "",
        resolved_by=told(resolution.due_at, policy, reader) if resolution and resolution.due_at else None,
        may_be_escalated=answer is not None and severity.number in promise.escalation.eligible,
        limit=limit,
        limit_due=told(offered_at, policy, reader) if offered_at else None,
    )


def cards(promise: Promise | None, policy: Policy, *, now: datetime) -> list[SeverityCard]:
    """Every severity with its definition and what would be promised for it now."""
    return [_card(promise, policy, severity, now) for severity in policy.severities]


def _card(promise: Promise | None, policy: Policy, severity: Severity, now: datetime) -> SeverityCard:
    due_at, words = None, gettext("No entitlement is on record")
    if promise is not None:
        answer = commitments_of_a_report(promise, severity=severity.number, at=now).get(ACKNOWLEDGEMENT)
        due_at = answer.due_at if answer else None
        words = translated(published.wording(answer.target)) if answer else _instead(promise, policy, severity, now)
    return SeverityCard(str(severity.number), severity.number, severity.name, severity.definition, due_at, words)


def _instead(promise: Promise, policy: Policy, severity: Severity, now: datetime) -> str:
    limit = limit_at(promise, severity.number)
    if limit is None or limit.offer is None:
        return gettext("No level promises a time for this")
    desk = DeskZone(policy.zone, policy.zone_label or policy.zone)
    by = written(limit.offer.due_at(now), "zoned", desk)
    return gettext("{level} would answer by {moment}").format(level=limit.offer.level.name, moment=by)
