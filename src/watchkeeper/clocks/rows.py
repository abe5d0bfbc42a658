"""Make the commitment rows of an incident equal what core computed, and what a report sorts them by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from watchkeeper.clocks.models import Commitment, CommitmentQuerySet, OutsideTheLevel
from watchkeeper.core import commitments as core
from watchkeeper.core.disputes import standing_about
from watchkeeper.core.facts import Facts
from watchkeeper.core.measures import opened, took
from watchkeeper.core.promise import Promise

_MEASURED = ("severity", "level", "component", "is_test", "opened_at", "opened_on", "opened_hour")
COPIED = (
    *_MEASURED,
    "promise_id",
    "starts_at",
    "goal_at",
    "due_at",
    "outcome",
    "done_at",
    "reason",
    "excluded",
    "disputed",
    "took_elapsed",
    "took_operating",
)
COPIED_OUTSIDE = _MEASURED

_MICROSECOND = timedelta(microseconds=1)


class Computed(NamedTuple):
    """The commitments of an incident as core computed them, from these facts and promises."""

    incident_id: int
    account_id: int
    facts: Facts
    promises: Mapping[Any, Promise]
    commitments: Sequence[core.Commitment]


def make_equal(incidents: Iterable[Computed]) -> None:
    """Insert what is new and rewrite what changed. A commitment disappears only with what was taken back, or where what
    gave it lasted no time; what came under a promise is no longer outside (``unexplained``)."""
    given = list(incidents)
    Commitment.objects.bulk_create(
        [row_of(each, made) for each in given for made in each.commitments],
        update_conflicts=True,
        unique_fields=["incident_id", "metric", "nth"],
        update_fields=[name.removesuffix("_id") for name in COPIED],
    )
    OutsideTheLevel.objects.bulk_create(
        [row for each in given for row in outside(each)],
        update_conflicts=True,
        unique_fields=["incident_id"],
        update_fields=list(COPIED_OUTSIDE),
    )


def forget_unexplained(computed: Computed) -> None:
    """Take away the rows of an incident that its timeline does not explain any more."""
    unexplained(computed.incident_id, computed.commitments).delete()
    if not any(outside(computed)):
        OutsideTheLevel.objects.filter(incident_id=computed.incident_id).delete()


def unexplained(incident_id: int, commitments: Iterable[core.Commitment]) -> CommitmentQuerySet:
    """The rows of an incident that none of these commitments explains."""
    rows = Commitment.objects.of_incident(incident_id)
    for computed in commitments:
        rows = rows.exclude(metric=computed.metric, nth=computed.nth)
    return rows


def row_of(computed: Computed, commitment: core.Commitment) -> Commitment:
    """The row that stands for a commitment, unsaved."""
    promise = computed.promises[commitment.promise]
    lasted = took(commitment)
    began = opened(commitment.opened_at, promise.policy.zone)
    return Commitment(
        incident_id=computed.incident_id,
        account_id=computed.account_id,
        metric=commitment.metric,
        nth=commitment.nth,
        severity=commitment.severity,
        level=promise.level.key,
        component=computed.facts.component,
        is_test=computed.facts.is_test,
        promise_id=commitment.promise,
        opened_at=commitment.opened_at,
        opened_on=began.on,
        opened_hour=began.hour,
        starts_at=commitment.starts_at,
        goal_at=commitment.goal_at,
        due_at=commitment.due_at,
        outcome=commitment.outcome,
        done_at=commitment.done_at,
        reason=commitment.reason or "",
        excluded=commitment.excluded or "",
        disputed=standing_about(computed.facts.disputes, commitment.metric, commitment.nth),
        took_elapsed=lasted.elapsed // _MICROSECOND if lasted else None,
        took_operating=lasted.operating // _MICROSECOND if lasted else None,
    )


def outside(computed: Computed) -> Iterator[OutsideTheLevel]:
    """The row of an incident that its level promises nothing for; none where nothing is on record, or something is."""
    facts = computed.facts
    given = facts.turns[-1].promises
    if computed.commitments or not given:
        return
    promise = computed.promises[given[-1][1]]
    began = opened(facts.received_at, promise.policy.zone)
    yield OutsideTheLevel(
        incident_id=computed.incident_id,
        account_id=computed.account_id,
        severity=facts.severity,
        level=promise.level.key,
        component=facts.component,
        is_test=facts.is_test,
        opened_at=facts.received_at,
        opened_on=began.on,
        opened_hour=began.hour,
    )
