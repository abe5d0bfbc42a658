"""Which features an account holds at an instant, by its agreements and their SLAs, else by its licence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from watchkeeper.core.features import features_in, reviewed_each
from watchkeeper.core.policy import Level, Policy
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement, Licence
from watchkeeper.policies.terms import held_by
from watchkeeper.policies.versions import day_of, policy_of, version_in_force


class Entitlement(NamedTuple):
    """The words of every promise an account holds, and what of ``core.features.FEATURES`` they bring."""

    words: tuple[str, ...]
    features: frozenset[str]

    def includes(self, feature: str) -> bool:
        return feature in self.features

    @property
    def reviewed_each(self) -> str:
        """``month`` or ``quarter``: what a service review of the account is about."""
        return reviewed_each(self.words)


def entitlement_of(account: Account, *, at: datetime) -> Entitlement:
    """What an account holds at an instant, whatever part of it each promise covers."""
    words = tuple(dict.fromkeys(word for held in held_by(account, at=at) for word in held.promise.features))
    return Entitlement(words, features_in(words))


def holds(account: Account, feature: str, *, at: datetime) -> bool:
    """Whether an account holds a feature at an instant."""
    return entitlement_of(account, at=at).includes(feature)


def accounts_holding(feature: str, *, at: datetime, among: Iterable[Account] | None = None) -> list[Account]:
    """The accounts that hold a feature at an instant, in the order of their names."""
    candidates = _entitled(at) if among is None else among
    return [account for account in candidates if holds(account, feature, at=at)]


def first_level_with(feature: str, policy: Policy) -> Level | None:
    """The lowest level of a policy that brings a feature whatever the circumstances; ``None`` where none does."""
    return next((level for level in policy.levels if feature in features_in(level.features)), None)


def _entitled(at: datetime) -> Iterable[Account]:
    day = day_of(policy_of(version_in_force(at)), at)
    by_agreement = Q(pk__in=Agreement.objects.in_force_on(day).values("account"))
    by_licence = Q(pk__in=Licence.objects.in_force_on(day).values("account"))
    return Account.objects.filter(by_agreement | by_licence)
