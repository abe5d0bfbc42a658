"""How long it took until a person answered, against what was promised, counted as the promise counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any, NamedTuple

from watchkeeper.clocks.models import Commitment
from watchkeeper.core.commitments import BREACHED, MET
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Policy
from watchkeeper.core.scorecard import EXCLUDED, OPEN, Attainment, attainment, counts_as
from watchkeeper.core.shares import Period
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Account
from watchkeeper.policies.models import GivenPromise
from watchkeeper.policies.terms import promise_of
from watchkeeper.premium.reviews.figures.own_incidents import own_incidents, severity_name
from watchkeeper.ui.translated import kept


class _Judged(NamedTuple):
    """One commitment: how it counts, what was promised in words, and how long it took in the hours that count."""

    row: Commitment
    outcome: str
    promised: Any
    took: timedelta | None


def acknowledgement(account: Account, period: Period, policy: Policy, as_of: datetime) -> dict[str, Any]:
    """By severity: promises made and what came of them, with the median and the slowest answer; and those breached."""
    judged = _judged(account, period, as_of)
    numbers = sorted({one.row.severity for one in judged})
    incidents = Incident.objects.in_bulk([one.row.incident_id for one in judged if one.outcome == BREACHED])
    return {
        "rows": [_row([one for one in judged if one.row.severity == number], number, policy) for number in numbers],
        "total": _counts(attainment(one.outcome for one in judged)),
        "breached": [_named(one, incidents[one.row.incident_id], policy) for one in judged if one.outcome == BREACHED],
    }


def nearest_rank(lengths: Sequence[timedelta], percent: int) -> timedelta:
    """The length that so many percent of them do not exceed, itself one of them; ``lengths`` are not empty."""
    return sorted(lengths)[max(ceil(len(lengths) * percent / 100), 1) - 1]


def _judged(account: Account, period: Period, as_of: datetime) -> list[_Judged]:
    rows = list(
        Commitment.objects.filter(
            account=account,
            metric=ACKNOWLEDGEMENT,
            opened_at__gte=period.starts_at,
            opened_at__lt=period.ends_at,
            incident_id__in=own_incidents(account).values("pk"),
        ).order_by("-opened_at", "-pk")
    )
    given = GivenPromise.objects.select_related("version").in_bulk({row.promise_id for row in rows})
    return [_judge(row, given, as_of) for row in rows]


def _judge(row: Commitment, given: Mapping[int, GivenPromise], as_of: datetime) -> _Judged:
    outcome = EXCLUDED if row.excluded else counts_as(row.outcome, row.due_at, as_of)
    target = promise_of(given[row.promise_id]).target(ACKNOWLEDGEMENT, row.severity)
    if target is None:
        return _Judged(row, outcome, "", None)
    took = None
    if row.done_at is not None and outcome in (MET, BREACHED):
        took = target.within.used(target.operating.hours, row.starts_at, max(row.done_at, row.starts_at))
    return _Judged(row, outcome, kept(target.within.as_limit), took)


def _row(judged: Sequence[_Judged], number: int, policy: Policy) -> dict[str, Any]:
    took = [one.took for one in judged if one.took is not None]
    return {
        "number": number,
        "name": severity_name(policy, number),
        "promised": _once(one.promised for one in judged if one.promised),
        "median": int(nearest_rank(took, 50).total_seconds()) if took else None,
        "slowest": int(max(took).total_seconds()) if took else None,
        **_counts(attainment(one.outcome for one in judged)),
    }


def _once(words: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for each in words:
        if each not in found:
            found.append(each)
    return found


def _counts(counts: Attainment) -> dict[str, Any]:
    percent = counts.percent()
    return {
        "made": counts.total,
        "met": counts[MET],
        "breached": counts[BREACHED],
        "running": counts[OPEN],
        "left_out": counts[EXCLUDED],
        "percent": None if percent is None else str(percent),
    }


def _named(one: _Judged, incident: Incident, policy: Policy) -> dict[str, Any]:
    return {
        "reference": incident.reference,
        "title": incident.title,
        "number": one.row.severity,
        "name": severity_name(policy, one.row.severity),
        "due_at": one.row.due_at.isoformat() if one.row.due_at else None,
        "done_at": one.row.done_at.isoformat() if one.row.done_at else None,
    }
