"""What a promise comes to for a report that nobody has made: the conductor's own fold, asked about one event."""

from __future__ import annotations

from datetime import datetime

from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import Commitment, commitments
from watchkeeper.core.facts import facts_of
from watchkeeper.core.promise import Promise

_PROMISE = 0


def commitments_of_a_report(promise: Promise, *, severity: int, at: datetime) -> dict[str, Commitment]:
    """By metric, the commitments of a report of this severity that would be received at ``at``."""
    reported = t.Event(t.REPORTED, at, at, {"severity": severity, "promise": _PROMISE})
    return {each.metric: each for each in commitments(facts_of([reported]), {_PROMISE: promise})}
