"""From rows to core values: the policy of a version, and the promise an account has at a moment."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
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
    found = _found(account, at=at, product=product, environment=environment)
    if found is None:
        return None
    terms = {
        "account": account,
        "version": found.version,
        "level": found.level,
        "agreement": found.agreement,
        "sla_text": found.sla_text,
    }
    # Of two that are given the same terms at once each may write them down: both rows say the same, either will do.
    return GivenPromise.objects.filter(**terms).order_by("pk").first() or GivenPromise.objects.create(**terms)


def would_give(account: Account, *, at: datetime, product: str, environment: str) -> Promise | None:
    """The promise that ``give`` would give, and nothing is written: for whoever has not reported yet."""
    found = _found(account, at=at, product=product, environment=environment)
    return None if found is None else promise_of(found)


class Held(NamedTuple):
    """A promise that an account holds now, and the agreement it comes from; ``None`` stands for the licence."""

    agreement: Agreement | None
    promise: Promise


def held_by(account: Account, *, at: datetime) -> list[Held]:
    """Every promise an account holds at an instant: by agreements, the narrowest scope last, else by its licence."""
    version = version_in_force(at)
    day = _local_day(at, policy_of(version))
    agreements = sorted(
        Agreement.objects.filter(account=account, period__contains=day).select_related("pinned_version"),
        key=lambda agreement: (-Agreement.NARROWEST_FIRST.index(agreement.scope), agreement.scope_value),
    )
    held = [Held(agreement, promise_of(_by_agreement(agreement, version))) for agreement in agreements]
    if not any(agreement.scope == Agreement.Scope.ALL for agreement in agreements):
        licensed = _by_licence(account, day, version)
        held[:0] = [Held(None, promise_of(licensed))] if licensed is not None else []
    return held


def _found(account: Account, *, at: datetime, product: str, environment: str) -> GivenPromise | None:
    version = version_in_force(at)
    day = _local_day(at, policy_of(version))
    agreement = _agreement_in_force(account, day, product=product, environment=environment)
    return _by_licence(account, day, version) if agreement is None else _by_agreement(agreement, version)


def _agreement_in_force(account: Account, day: date, *, product: str, environment: str) -> Agreement | None:
    covers = {Agreement.Scope.ALL: "", Agreement.Scope.PRODUCT: product, Agreement.Scope.ENVIRONMENT: environment}
    in_force = [
        agreement
        for agreement in Agreement.objects.filter(account=account, period__contains=day)
        if agreement.scope_value == covers[Agreement.Scope(agreement.scope)]
    ]
    return min(in_force, key=lambda agreement: Agreement.NARROWEST_FIRST.index(agreement.scope), default=None)


def _by_agreement(agreement: Agreement, version: PolicyVersion) -> GivenPromise:
    return GivenPromise(
        account_id=agreement.account_id,
        version=agreement.pinned_version or version,
        level=agreement.level,
        agreement=agreement,
        sla_text=agreement.sla_text,
    )


def _by_licence(account: Account, day: date, version: PolicyVersion) -> GivenPromise | None:
    included = policy_of(version).licence_level
    if included is None or not Licence.objects.filter(account=account, period__contains=day).exists():
        return None
    return GivenPromise(account=account, version=version, level=included.key)


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
