"""The place of an incident in the queue, which is copied to its row: the queue is then read off an index.

First what was promised, ran out and is still owed, the oldest first; then what is due, by its due time; then what
has no due time, the oldest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.commitments import BREACHED, RUNNING, Commitment

OWED, DUE, UNDATED = 0, 1, 2


class Urgency(NamedTuple):
    """A rank, and by which moment it stands within its rank."""

    queue_rank: int
    stands_at: datetime


def urgency_of(received_at: datetime, commitments: Iterable[Commitment]) -> Urgency:
    """Where an incident stands with these commitments."""
    commitments = tuple(commitments)
    if any(each.outcome == BREACHED and each.done_at is None for each in commitments):
        return Urgency(OWED, received_at)
    due = [each.due_at for each in commitments if each.outcome == RUNNING and each.due_at is not None]
    return Urgency(DUE, min(due)) if due else Urgency(UNDATED, received_at)
