"""What stayed open longest in the period, by the clock on the wall."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from watchkeeper.core.policy import Policy
from watchkeeper.core.shares import Period
from watchkeeper.people.models import Account
from watchkeeper.premium.reviews.figures.own_incidents import own_incidents, severity_name

MOST = 5


def longest_open(account: Account, period: Period, policy: Policy) -> list[dict[str, Any]]:
    """Of those open at some time of the period, the ones open longest until they were solved, or until its end."""
    ended = Coalesce("resolved_at", "closed_at")
    in_it = own_incidents(account).annotate(ended_at=ended).filter(received_at__lt=period.ends_at)
    in_it = in_it.filter(Q(ended_at__gte=period.starts_at) | Q(ended_at__isnull=True))
    found = [
        {
            "reference": incident.reference,
            "title": incident.title,
            "number": incident.severity,
            "name": severity_name(policy, incident.severity),
            "component": incident.component,
            "seconds": int(
                (min(incident.ended_at or period.ends_at, period.ends_at) - incident.received_at).total_seconds()
            ),
            "is_open": incident.ended_at is None or incident.ended_at >= period.ends_at,
        }
        for incident in in_it
    ]
    return sorted(found, key=lambda one: (-one["seconds"], one["reference"]))[:MOST]
