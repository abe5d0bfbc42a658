"""Make the commitment rows of an incident equal what core computed."""

from __future__ import annotations

from collections.abc import Sequence

from watchkeeper.clocks.models import Commitment
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


def make_equal(incident_id: int, account_id: int, computed: Sequence[core.Commitment]) -> None:
    """Insert what is new and rewrite what changed; a commitment never disappears from a timeline."""
    Commitment.objects.bulk_create(
        [row_of(incident_id, account_id, commitment) for commitment in computed],
        update_conflicts=True,
        unique_fields=["incident_id", "metric", "nth"],
        update_fields=[name.removesuffix("_id") for name in COPIED],
    )


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
