"""From rows to core values: the policy of a version, and the promise an account has at a moment."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from watchkeeper.core.policy import Policy
from watchkeeper.core.policy_file import read_policy, read_sla
from watchkeeper.core.promise import Promise, effective
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement, GivenPromise, Licence, PolicyVersion


class NoPolicy(RuntimeError):
    """The desk has no policy in force; nothing can be promised until one is published."""


def policy_of(version: PolicyVersion) -> Policy:
    """The policy of a version, with the holidays that were resolved when it was published."""
    return _policy(version.pk, version.text, _frozen(version.holidays))


def version_in_force(at: datetime) -> PolicyVersion:
    """The version in force at an instant: a version begins at local midnight in its policy's zone."""
    newest = PolicyVersion.objects.first()
    if newest is None:
        raise NoPolicy("no policy is published; publish one with: watchkeeper migrate")
    version = PolicyVersion.objects.in_force_on(_local_day(at, policy_of(newest)))
    if version is None:
        raise NoPolicy(f"no policy is in force yet; the first is valid from {newest.valid_from}")
    return version


def promise_of(given: GivenPromise) -> Promise:
    """The effective promise that an incident was given."""
    return _promise(policy_of(given.version), given.level, given.sla_text)


def give(account: Account, *, at: datetime, product: str, environment: str) -> GivenPromise | None:
    """The promise in force for a report received at ``at``; ``None`` when no entitlement is on record.

    The agreement in force, narrowest scope first; else the level included in a valid licence.
    """
    version = version_in_force(at)
    day = _local_day(at, policy_of(version))
    agreement = _agreement_in_force(account, day, product=product, environment=environment)
    if agreement is not None:
        held = agreement.pinned_version or version
        return _given(account, held, agreement.level, agreement)
    included = policy_of(version).licence_level
    if included is None or not Licence.objects.filter(account=account, period__contains=day).exists():
        return None
    return _given(account, version, included.key, None)


def _agreement_in_force(account: Account, day: date, *, product: str, environment: str) -> Agreement | None:
    covers = {Agreement.Scope.ALL: "", Agreement.Scope.PRODUCT: product, Agreement.Scope.ENVIRONMENT: environment}
    in_force = [
        agreement
        for agreement in Agreement.objects.filter(account=account, period__contains=day)
        if agreement.scope_value == covers[Agreement.Scope(agreement.scope)]
    ]
    return min(in_force, key=lambda agreement: Agreement.NARROWEST_FIRST.index(agreement.scope), default=None)


def _given(account: Account, version: PolicyVersion, level: str, agreement: Agreement | None) -> GivenPromise:
    given, _created = GivenPromise.objects.get_or_create(
        account=account,
        version=version,
        level=level,
        agreement=agreement,
        sla_text=agreement.sla_text if agreement else "",
    )
    return given


def _local_day(at: datetime, policy: Policy) -> date:
    return at.astimezone(ZoneInfo(policy.zone)).date()


@lru_cache(maxsize=256)
def _policy(_version_id: int, text: str, holidays: tuple[tuple[str, tuple[str, ...]], ...]) -> Policy:
    return read_policy(text, holidays={place: frozenset(map(date.fromisoformat, days)) for place, days in holidays})


@lru_cache(maxsize=1024)
def _promise(policy: Policy, level_key: str, sla_text: str) -> Promise:
    level = policy.level(level_key)
    return effective(policy, level, read_sla(sla_text, policy, level) if sla_text else None)


def _frozen(holidays: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((place, tuple(days)) for place, days in holidays.items()))
