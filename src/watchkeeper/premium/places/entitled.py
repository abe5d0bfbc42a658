"""Whether an account holds ongoing support, and whom its agreements name as its engineers."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from watchkeeper.core.features import ONGOING_SUPPORT
from watchkeeper.core.policy import Level, Policy, UnknownLevel
from watchkeeper.core.policy_file import PolicyFileErrors
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.versions import local_day
from watchkeeper.premium.entitlement import first_level_with, holds


def holds_ongoing_support(account: Account, *, at: datetime) -> bool:
    """Whether it does at an instant; not where its terms cannot be read any more."""
    try:
        return holds(account, ONGOING_SUPPORT, at=at)
    except (UnknownLevel, PolicyFileErrors):
        return False


def level_with_ongoing_support(policy: Policy) -> Level | None:
    """The lowest level that includes it; ``None`` where none does."""
    return first_level_with(ONGOING_SUPPORT, policy)


def designated_for(account: Account, *, at: datetime) -> QuerySet[Person]:
    """The engineers whom the account's agreements in force name, and who may sign in."""
    in_force = Agreement.objects.in_force_on(local_day(at)).filter(account=account)
    return Person.objects.filter(designated_in__in=in_force, is_active=True).distinct().order_by("name")
