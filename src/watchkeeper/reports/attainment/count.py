"""How the promises opened in a period came out, over incidents that somebody may see.

Each commitment counts once, in the period it was opened in: made, and then met, breached, running or left out. What was
cancelled or excluded is left out of the share and told beside it. Outside the level nothing is promised or counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from watchkeeper.clocks.models import Commitment
from watchkeeper.core.scorecard import BREACHED, EXCLUDED, Attainment, by_promise, counts_as, together
from watchkeeper.core.shares import Period, Standing, Tally
from watchkeeper.incidents.models import Incident, IncidentQuerySet
from watchkeeper.policies.models import GivenPromise
from watchkeeper.policies.terms import promise_of

_CONTAINS = {"month": ("month",), "quarter": ("month", "quarter")}
"""By the kind of a period, the kinds that lie in it as a whole: a share of one that does not cannot be told by it."""


class Counted(NamedTuple):
    """One commitment, and how it counts, as one of ``scorecard.OUTCOMES``."""

    row: Commitment
    outcome: str


class Named(NamedTuple):
    """A commitment that is told by name, with its incident."""

    incident: Incident
    row: Commitment


class Line(NamedTuple):
    """One metric at one severity."""

    metric: str
    severity: int
    counts: Attainment


class Attained(NamedTuple):
    """All of a period. ``breached`` and ``left_out`` are as many as ``total`` says, the newest first."""

    lines: list[Line]
    total: Attainment
    breached: list[Named]
    left_out: list[Named]
    shares: Sequence[Standing]


def attained(incidents: IncidentQuerySet, period: Period, *, each: str, zone: str, as_of: datetime) -> Attained:
    """What was promised on these incidents in a period of this kind, and what came of it by ``as_of``."""
    rows = Commitment.objects.opened_in(period.starts_at, period.ends_at).filter(
        incident_id__in=incidents.order_by().values("pk")
    )
    counted = [Counted(row, _counts(row, as_of)) for row in rows]
    lines = by_promise((each.row.metric, each.row.severity, each.outcome) for each in counted)
    named = _named([each for each in counted if each.outcome in (BREACHED, EXCLUDED)])
    return Attained(
        lines=[Line(metric, severity, counts) for (metric, severity), counts in lines.items()],
        total=together(lines.values()),
        breached=[one for outcome, one in named if outcome == BREACHED],
        left_out=[one for outcome, one in named if outcome == EXCLUDED],
        shares=_shares(counted, _CONTAINS[each], zone, as_of),
    )


def _counts(row: Commitment, as_of: datetime) -> str:
    return EXCLUDED if row.excluded else counts_as(row.outcome, row.due_at, as_of)


def _named(counted: Sequence[Counted]) -> list[tuple[str, Named]]:
    incidents = Incident.objects.in_bulk({each.row.incident_id for each in counted})
    return [(each.outcome, Named(incidents[each.row.incident_id], each.row)) for each in counted]


def _shares(counted: Sequence[Counted], kinds: Sequence[str], zone: str, as_of: datetime) -> Sequence[Standing]:
    given = GivenPromise.objects.select_related("version").in_bulk({each.row.promise_id for each in counted})
    shares = {key: [s for s in promise_of(row).shares if s.share.each in kinds] for key, row in given.items()}
    tally = Tally(zone)
    for each in counted:
        row = each.row
        tally.add(shares[row.promise_id], row.metric, row.severity, row.opened_at, each.outcome)
    return tally.standings(as_of)
