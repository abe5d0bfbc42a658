"""Which version of the policy an agreement follows, and whether a version can carry it.

Publishing a version that breaks an agreement is refused, and so is making an agreement that a planned version
breaks. Where both are done at the same moment, the agreement stays with the last version that carries it: a report
is never refused for what two managers did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from watchkeeper.core.policy import Level, Policy, UnknownLevel
from watchkeeper.core.policy_file import PolicyFileErrors, SlaFile, open_sla
from watchkeeper.policies.models import Agreement, PolicyVersion
from watchkeeper.policies.versions import policy_of


class Obstacle(NamedTuple):
    """Why a version cannot carry an agreement: there is no such level, or the SLA is unsound over it there."""

    version: PolicyVersion
    why: UnknownLevel | PolicyFileErrors

    def __str__(self) -> str:
        if isinstance(self.why, UnknownLevel):
            return str(self.why)
        first, *others = self.why.problems
        return f"the SLA is unsound: {first}" + (f"; {len(others)} more" if others else "")


def sla_of(policy: Policy, level: Level, sla_text: str) -> SlaFile | None:
    """The SLA that a text lays over a level, if it says any; raises ``PolicyFileErrors`` where it is unsound there."""
    return _sla(policy, level.key, sla_text) if sla_text else None


def obstacle_in(version: PolicyVersion, level: str, sla_text: str) -> Obstacle | None:
    """Why a version cannot carry an agreement on a level with an SLA, if so."""
    policy = policy_of(version)
    try:
        sla_of(policy, policy.level(level), sla_text)
    except (UnknownLevel, PolicyFileErrors) as error:
        return Obstacle(version, error)
    return None


def followed(agreement: Agreement, in_force: PolicyVersion) -> PolicyVersion | None:
    """The version that an agreement follows while ``in_force`` is: the one it pins, else ``in_force`` or the last
    before it that can carry it; ``None`` where there never was one."""
    if agreement.pinned_version is not None:
        return agreement.pinned_version
    return next((v for v in chain([in_force], _before(in_force)) if not obstacle_in(v, *_says(agreement))), None)


def obstacle_ahead(agreement: Agreement, versions: Sequence[PolicyVersion]) -> Obstacle | None:
    """The first that cannot carry an agreement, of the version it pins, else of those that it is to follow among
    ``versions``, which are ``from_now_on``."""
    to_follow = [agreement.pinned_version] if agreement.pinned_version else _in_its_time(agreement, versions)
    return next(filter(None, (obstacle_in(version, *_says(agreement)) for version in to_follow)), None)


def from_now_on(in_force: PolicyVersion) -> list[PolicyVersion]:
    """The version that is in force and those that are planned, as they follow each other."""
    later = PolicyVersion.objects.standing().filter(valid_from__gt=in_force.valid_from)
    return [in_force, *later.order_by("valid_from", "number")]


def _in_its_time(agreement: Agreement, versions: Sequence[PolicyVersion]) -> list[PolicyVersion]:
    period = agreement.period
    until_it_ends = [versions[0], *(v for v in versions[1:] if period.upper is None or v.valid_from < period.upper)]
    as_it_begins = [v for v in until_it_ends[1:] if v.valid_from <= period.lower]
    return until_it_ends[len(as_it_begins) :]


def _before(in_force: PolicyVersion) -> Iterable[PolicyVersion]:
    for version in PolicyVersion.objects.in_force_by(in_force.valid_from):
        if (version.valid_from, version.number) < (in_force.valid_from, in_force.number):
            yield version


def _says(agreement: Agreement) -> tuple[str, str]:
    return agreement.level, agreement.sla_text


@lru_cache(maxsize=256)
def _sla(policy: Policy, level_key: str, sla_text: str) -> SlaFile:
    return open_sla(sla_text, policy, policy.level(level_key))
