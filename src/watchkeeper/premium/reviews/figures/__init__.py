"""What an account's own records say of a period, as plain values that a review keeps: nothing is counted twice.

Words of the rules are ``kept`` with their form, instants are ISO 8601 in UTC, lengths are seconds.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from watchkeeper.core.policy import Policy
from watchkeeper.core.shares import Period
from watchkeeper.people.models import Account
from watchkeeper.policies.terms import held_by
from watchkeeper.premium.reviews.figures.acknowledgement import acknowledgement
from watchkeeper.premium.reviews.figures.ahead import ahead
from watchkeeper.premium.reviews.figures.longest import longest_open
from watchkeeper.premium.reviews.figures.volume import volume
from watchkeeper.premium.reviews.open_recommendations import open_recommendations


def counted(account: Account, period: Period, each: str, *, policy: Policy, as_of: datetime) -> dict[str, Any]:
    """Every figure of a review, as the records stand at ``as_of``."""
    levels = dict.fromkeys(held.promise.level.name for held in held_by(account, at=as_of))
    return {
        "as_of": as_of.isoformat(),
        "zone": policy.zone,
        "zone_label": policy.zone_label or policy.zone,
        "levels": list(levels),
        "volume": volume(account, period, each, policy),
        "acknowledgement": acknowledgement(account, period, policy, as_of),
        "longest": longest_open(account, period, policy),
        "ahead": ahead(account, period, each, policy, as_of),
        "recommendations": [each._asdict() for each in open_recommendations(account)],
    }
