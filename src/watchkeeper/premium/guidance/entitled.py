"""Which kinds of recommendation an account holds, by the words of its level and its SLA."""

from __future__ import annotations

from datetime import datetime

from watchkeeper.core import features
from watchkeeper.core.policy import Level, Policy, UnknownLevel
from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.people.models import Account
from watchkeeper.premium.entitlement import entitlement_of, first_level_with
from watchkeeper.premium.models.guidance import Kind

FEATURE_OF = {
    Kind.PROACTIVE_GUIDANCE: features.PROACTIVE_GUIDANCE,
    Kind.STRATEGIC_INSIGHT: features.STRATEGIC_INSIGHTS,
    Kind.PERFORMANCE_OPTIMISATION: features.PERFORMANCE_OPTIMIZATION,
}


def kinds_held(account: Account, *, at: datetime) -> frozenset[str]:
    """The kinds that an account holds at an instant; none where its terms cannot be read any more."""
    try:
        held = entitlement_of(account, at=at)
    except (UnknownLevel, PolicyFileErrors):
        return frozenset()
    return frozenset(kind.value for kind, feature in FEATURE_OF.items() if held.includes(feature))


def level_with_recommendations(policy: Policy) -> Level | None:
    """The lowest level that includes recommendations of any kind; ``None`` where none does."""
    found = {level.key for feature in FEATURE_OF.values() if (level := first_level_with(feature, policy))}
    return next((level for level in policy.levels if level.key in found), None)
