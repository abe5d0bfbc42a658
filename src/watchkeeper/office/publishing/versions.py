"""The life of each version: planned, in force from one day until another, withdrawn, or replaced."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.versions import policy_of

PLANNED, IN_FORCE, PAST, WITHDRAWN, REPLACED = "planned", "in force", "past", "withdrawn", "replaced"


class Life(NamedTuple):
    """A version's ``state``, and which version follows it in force; ``None`` where none does.

    ``replaced``: the one that follows was published for the same day.
    """

    version: PolicyVersion
    state: str
    following: PolicyVersion | None = None


def lives(at: datetime) -> list[Life]:
    """The life of every version as it stands at an instant, in the order in which they come into force."""
    every = PolicyVersion.objects.select_related("published_by", "withdrawal__by").order_by("valid_from", "number")
    standing = [version for version in every if not hasattr(version, "withdrawal")]
    begun = [version for version in standing if version.valid_from <= today(version, at)]
    following = dict(pairwise([*standing, None]))
    return [
        Life(version, _state(version, following[version], begun), following[version])
        if version in following
        else Life(version, WITHDRAWN)
        for version in every
    ]


def replaceable(at: datetime) -> list[Life]:
    """Those that a new version can take the place of, the last to come into force first."""
    return [life for life in reversed(lives(at)) if life.state in (PLANNED, IN_FORCE)]


def today(version: PolicyVersion, at: datetime) -> date:
    """The day it is in the zone of a version's policy: a version begins at local midnight there."""
    return at.astimezone(ZoneInfo(policy_of(version).zone)).date()


def _state(version: PolicyVersion, following: PolicyVersion | None, begun: list[PolicyVersion]) -> str:
    if following is not None and following.valid_from == version.valid_from:
        return REPLACED
    if version not in begun:
        return PLANNED
    return IN_FORCE if version == begun[-1] else PAST


def before(version: PolicyVersion) -> PolicyVersion | None:
    """The version that this one took the place of, or will; none before the first."""
    return PolicyVersion.objects.filter(number__lt=version.number).in_force_on(version.valid_from)
