"""The versions of the policy: the values each one says, which is in force at an instant, and whose days those are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file import read_policy
from watchkeeper.policies.models import PolicyVersion

_A_DAY = timedelta(days=1)
"""How far the date of any place is from the date in UTC, at most."""


class NoPolicy(RuntimeError):
    """The desk has no policy in force; nothing can be promised until one is published."""


def policy_of(version: PolicyVersion) -> Policy:
    """The policy of a version, with the holidays that were resolved when it was published."""
    return _policy(version.pk, version.text, frozen(version.holidays))


def version_in_force(at: datetime) -> PolicyVersion:
    """The version in force at an instant: a version begins at local midnight in its own policy's zone."""
    in_utc = at.astimezone(UTC).date()
    for version in PolicyVersion.objects.in_force_by(in_utc + _A_DAY).filter(valid_from__gte=in_utc):
        if version.valid_from <= day_of(policy_of(version), at):
            return version
    version = PolicyVersion.objects.in_force_on(in_utc - _A_DAY)
    if version is not None:
        return version
    first = PolicyVersion.objects.standing().last()
    if first is None:
        raise NoPolicy("no policy is published; publish one with: watchkeeper migrate --policy FILE")
    raise NoPolicy(f"no policy is in force yet; the first is valid from {first.valid_from}")


def policy_in_force(at: datetime) -> Policy:
    """The policy of the version in force at an instant."""
    return policy_of(version_in_force(at))


def local_day(at: datetime) -> date:
    """The day at an instant by which licences and agreements begin and end: in the zone of the policy in force."""
    return day_of(policy_in_force(at), at)


def day_of(policy: Policy, at: datetime) -> date:
    """The day at an instant in a policy's zone."""
    return at.astimezone(ZoneInfo(policy.zone)).date()


def midnight(day: date, *, zone: str) -> datetime:
    """The instant at which a day begins in a zone."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


FrozenDates = tuple[tuple[str, tuple[str, ...]], ...]
"""Holidays by place as they are kept, in an order: what a cache can know them by."""


def frozen(holidays: Mapping[str, Sequence[str]]) -> FrozenDates:
    """Holidays as a row keeps them, for a cache."""
    return tuple(sorted((place, tuple(days)) for place, days in holidays.items()))


def as_dates(holidays: FrozenDates) -> dict[str, frozenset[date]]:
    """Kept holidays as dates by place."""
    return {place: frozenset(map(date.fromisoformat, days)) for place, days in holidays}


@lru_cache(maxsize=256)
def _policy(_version_id: int, text: str, holidays: FrozenDates) -> Policy:
    return read_policy(text, holidays=as_dates(holidays))
