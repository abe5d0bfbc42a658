"""How much came in: in the period, in those before it, by severity and by component."""

from __future__ import annotations

from collections import Counter
from typing import Any

from watchkeeper.core.policy import Policy
from watchkeeper.core.shares import Period
from watchkeeper.people.models import Account
from watchkeeper.premium.reviews.figures.own_incidents import own_incidents, severity_name
from watchkeeper.premium.reviews.periods import before

LOOKED_BACK = 4
"""So many periods before the one that is reviewed show the trend."""

MOST_COMPONENTS = 8


def volume(account: Account, period: Period, each: str, policy: Policy) -> dict[str, Any]:
    """Counts of what was received, each beside that of the period before."""
    periods = _and_before(period, each, policy.zone)
    rows = list(
        own_incidents(account)
        .filter(received_at__gte=periods[0].starts_at, received_at__lt=period.ends_at)
        .values_list("received_at", "severity", "component")
    )
    by_period = {one.name: [row for row in rows if one.starts_at <= row[0] < one.ends_at] for one in periods}
    now, then = by_period[period.name], by_period[periods[-2].name]
    numbers = sorted({row[1] for row in [*now, *then]})
    components = Counter(row[2] for row in now)
    components_then = Counter(row[2] for row in then)
    return {
        "total": len(now),
        "periods": [{"period": name, "count": len(found)} for name, found in by_period.items()],
        "by_severity": [
            {
                "number": number,
                "name": severity_name(policy, number),
                "count": sum(row[1] == number for row in now),
                "before": sum(row[1] == number for row in then),
            }
            for number in numbers
        ],
        "by_component": [
            {"name": name, "count": count, "before": components_then[name]}
            for name, count in sorted(components.items(), key=lambda item: (-item[1], item[0]))[:MOST_COMPONENTS]
        ],
        "components": len(components),
    }


def _and_before(period: Period, each: str, zone: str) -> list[Period]:
    found = [period]
    for _ in range(LOOKED_BACK):
        found.append(before(found[-1], each, zone))
    return found[::-1]
