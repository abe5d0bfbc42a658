"""Which features an account holds at an instant, by its agreements and their SLAs, else by its licence."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from watchkeeper.core.features import features_in, reviewed_each
from watchkeeper.core.policy import Level, Policy
from watchkeeper.people.models import Account
from watchkeeper.policies.following import followed, sla_of
from watchkeeper.policies.models import Agreement, Licence, PolicyVersion
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


def accounts_holding(feature: str, *, at: datetime, among: QuerySet[Account] | None = None) -> list[Account]:
    """The accounts, ``among`` some or of all, that hold a feature at an instant, in the order of their names.

    Only those to whom it may come by a variant, or by the licence, are asked one by one.
    """
    accounts = Account.objects.all() if among is None else among
    version = version_in_force(at)
    agreements = Agreement.objects.in_force_on(day_of(policy_of(version), at)).filter(account__in=accounts.values("pk"))
    sure: set[int] = set()
    perhaps = _licensed(feature, policy_of(version), at)
    for agreement in agreements.select_related("pinned_version"):
        always, sometimes = _words_of(agreement, version)
        if feature in features_in(always):
            sure.add(agreement.account_id)
        elif feature in features_in(sometimes):
            perhaps.add(agreement.account_id)
    found = accounts.filter(pk__in=sure | perhaps).select_related("account_executive", "team").order_by("name")
    return [account for account in found if account.pk in sure or holds(account, feature, at=at)]


def first_level_with(feature: str, policy: Policy) -> Level | None:
    """The lowest level of a policy that brings a feature whatever the circumstances; ``None`` where none does."""
    return next((level for level in policy.levels if feature in features_in(level.features)), None)


def _words_of(agreement: Agreement, version: PolicyVersion) -> tuple[list[str], list[str]]:
    """The features an agreement brings in any circumstances, and those it brings in some."""
    followed_version = followed(agreement, version)
    if followed_version is None:
        return [], []
    policy = policy_of(followed_version)
    level = policy.level(agreement.level)
    file = sla_of(policy, level, agreement.sla_text)
    by_sla, of_sla = (file.sla.terms.features, file.sla.variants) if file else ((), ())
    sometimes = [word for variant in (*level.variants, *of_sla) for word in variant.terms.features]
    return [*level.features, *by_sla], sometimes


def _licensed(feature: str, policy: Policy, at: datetime) -> set[int]:
    """The accounts that may hold a feature by their licence."""
    level = policy.licence_level
    words = [*level.features, *(word for each in level.variants for word in each.terms.features)] if level else []
    if feature not in features_in(words):
        return set()
    return set(Licence.objects.in_force_on(day_of(policy, at)).values_list("account_id", flat=True))
