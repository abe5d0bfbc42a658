"""Under which figure a row counts: the one place in which SQL says what ``core.scorecard.figure_at`` says.

Each figure is a condition on plain columns, so that PostgreSQL can group by them on all processors at once.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from watchkeeper.core.commitments import BREACHED, CANCELLED, MET, OUTSIDE_THE_LEVEL, RUNNING
from watchkeeper.core.scorecard import EXCLUDED, OPEN, OUTSIDE_LEVEL

MADE = "made"
DISPUTED = "disputed"
JUDGED = "judged"
FIGURES = (MADE, MET, BREACHED, OPEN, EXCLUDED, CANCELLED, OUTSIDE_LEVEL, DISPUTED, JUDGED)
"""What can be opened: the figures of core, all of them but what lies outside the level, and what is contested."""


def is_late(as_of: datetime) -> Q:
    """What runs and is late, though nobody has looked yet."""
    return Q(outcome=RUNNING, due_at__lt=as_of)


def figure_of(*, outcome: str, reason: str, excluded: str, is_late: bool) -> str:
    """The figure of a group of rows."""
    if excluded:
        return EXCLUDED
    if outcome == CANCELLED:
        return OUTSIDE_LEVEL if reason == OUTSIDE_THE_LEVEL else CANCELLED
    if outcome == RUNNING:
        return BREACHED if is_late else OPEN
    return outcome


def behind(figure: str, as_of: datetime) -> Q:
    """The rows of commitments behind a figure."""
    counts = Q(excluded="")
    outside = Q(outcome=CANCELLED, reason=OUTSIDE_THE_LEVEL)
    breached = Q(outcome=BREACHED) | is_late(as_of)
    found = {
        MADE: ~(counts & outside),
        MET: counts & Q(outcome=MET),
        BREACHED: counts & breached,
        JUDGED: counts & (Q(outcome=MET) | breached),
        OPEN: counts & Q(outcome=RUNNING) & ~Q(due_at__lt=as_of, due_at__isnull=False),
        EXCLUDED: ~counts,
        CANCELLED: counts & Q(outcome=CANCELLED) & ~Q(reason=OUTSIDE_THE_LEVEL),
        OUTSIDE_LEVEL: counts & outside,
        DISPUTED: ~Q(disputed=""),
    }
    return found[figure]
