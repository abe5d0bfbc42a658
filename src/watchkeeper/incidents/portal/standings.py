"""How many incidents stand, read at once: two queries for a whole page of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from watchkeeper.core.commitments import RUNNING, Commitment
from watchkeeper.incidents.known import standings_known
from watchkeeper.incidents.models import Incident


def clocks_of(incidents: Sequence[Incident], *, now: datetime) -> dict[int, Commitment | None]:
    """By incident, the commitment to show in a list: the one due first, else the latest; ``None`` without any."""
    return {key: _to_show(standing.commitments) for key, standing in standings_known(incidents, now=now).items()}


def _to_show(all_of_it: Sequence[Commitment]) -> Commitment | None:
    running = [commitment for commitment in all_of_it if commitment.outcome == RUNNING]
    due = [commitment for commitment in running if commitment.due_at is not None]
    if due:
        return min(due, key=lambda commitment: commitment.due_at)
    return next(iter(running), None) or (all_of_it[0] if all_of_it else None)
