"""Make the commitment rows of an incident equal what core computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from watchkeeper.clocks.models import Commitment, CommitmentQuerySet
from watchkeeper.core import commitments as core

COPIED = (
    "severity",
    "promise_id",
    "opened_at",
    "starts_at",
    "goal_at",
    "due_at",
    "outcome",
    "done_at",
    "reason",
    "excluded",
)


class Computed(NamedTuple):
    """The commitments of an incident, as core computed them."""

    incident_id: int
    account_id: int
    commitments: Sequence[core.Commitment]


def make_equal(incidents: Iterable[Computed]) -> None:
    """Insert what is new and rewrite what changed. A commitment disappears only with what was taken back, or where what
    gave it lasted no time."""
    Commitment.objects.bulk_create(
        [row_of(each.incident_id, each.account_id, made) for each in incidents for made in each.commitments],
        update_conflicts=True,
        unique_fields=["incident_id", "metric", "nth"],
        update_fields=[name.removesuffix("_id") for name in COPIED],
    )


def unexplained(incident_id: int, commitments: Iterable[core.Commitment]) -> CommitmentQuerySet:
    """The rows of an incident that none of these commitments explains."""
    rows = Commitment.objects.of_incident(incident_id)
    for computed in commitments:
        rows = rows.exclude(metric=computed.metric, nth=computed.nth)
    return rows


def row_of(incident_id: int, account_id: int, commitment: core.Commitment) -> Commitment:
    """The row that stands for a commitment, unsaved."""
    return Commitment(
        incident_id=incident_id,
        account_id=account_id,
        metric=commitment.metric,
        nth=commitment.nth,
        severity=commitment.severity,
        promise_id=commitment.promise,
        opened_at=commitment.opened_at,
        starts_at=commitment.starts_at,
        goal_at=commitment.goal_at,
        due_at=commitment.due_at,
        outcome=commitment.outcome,
        done_at=commitment.done_at,
        reason=commitment.reason or "",
        excluded=commitment.excluded or "",
    )
