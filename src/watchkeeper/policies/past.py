"""What an account was entitled to at the instants of its past, asked of the database once for each day."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import NamedTuple

from watchkeeper.people.models import Account
from watchkeeper.policies.models import GivenPromise, PolicyVersion
from watchkeeper.policies.terms import About, Entitled, as_if_given
from watchkeeper.policies.versions import NoPolicy, day_of, policy_of


class Terms(NamedTuple):
    """What a report of the past was promised: by which version, which terms (``None``: none), and whether those were
    assumed, as the account had none."""

    version: PolicyVersion
    given: GivenPromise | None
    is_assumed: bool = False


class Past:
    """The promises of an account, instant by instant. The terms are unsaved, and the same row for the same terms.

    ``assumed_level``, a key, is what is promised where the account had nothing on record then. Before the first version
    of the policy came into force, it is that one which is looked into. Raises ``NoPolicy`` where there is none.
    """

    def __init__(self, account: Account, *, assumed_level: str = "") -> None:
        self._account = account
        self._assumed_level = assumed_level
        self._versions = list(PolicyVersion.objects.standing().order_by("-valid_from", "-number"))
        if not self._versions:
            raise NoPolicy("no policy is published; publish one with: watchkeeper migrate --policy FILE")
        self._on: dict[tuple[int, date], Entitled] = {}
        self._rows: dict[str, GivenPromise] = {}

    def terms(self, about: About, *, at: datetime) -> Terms:
        """What a report of that instant was promised, or is assumed to be. Raises ``UnknownLevel`` where a level is
        assumed that the policy did not have then."""
        entitled, is_in_force = self._entitled(at)
        found = entitled.found(about) if is_in_force else None
        if found is not None:
            return Terms(entitled.version, self._same(found))
        if not self._assumed_level:
            return Terms(entitled.version, None)
        level = policy_of(entitled.version).level(self._assumed_level)
        assumed = as_if_given(self._account, entitled.version, level, about)
        return Terms(entitled.version, self._same(assumed), is_assumed=True)

    def _entitled(self, at: datetime) -> tuple[Entitled, bool]:
        in_force = next((v for v in self._versions if v.valid_from <= day_of(policy_of(v), at)), None)
        entitled = Entitled(self._account, at=at, version=in_force or self._versions[-1])
        return self._on.setdefault((entitled.version.pk, entitled.day), entitled), in_force is not None

    def _same(self, found: GivenPromise) -> GivenPromise:
        terms = [found.version_id, found.level, found.agreement_id, found.sla_text, found.circumstances, found.holidays]
        return self._rows.setdefault(json.dumps(terms, sort_keys=True), found)
