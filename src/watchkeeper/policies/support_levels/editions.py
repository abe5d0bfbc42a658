"""The versions of the published page: the one in force, those before it, and those that are planned."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from watchkeeper.policies.models import PolicyVersion
from watchkeeper.policies.publishing import SINCE_EVER
from watchkeeper.policies.versions import version_in_force

PAST, IN_FORCE, PLANNED = "past", "in force", "planned"


class Edition(NamedTuple):
    """A version, its ``state``, and the first day on which another one holds; ``None`` where none follows."""

    version: PolicyVersion
    state: str
    until: date | None = None

    @property
    def begins(self) -> date | None:
        """Its first day; ``None`` where it held from the beginning."""
        return None if self.version.valid_from == SINCE_EVER else self.version.valid_from

    @property
    def last_day(self) -> date | None:
        return self.until - timedelta(days=1) if self.until else None


def editions(at: datetime) -> list[Edition]:
    """Every version that was, is or will be in force, the last one first. Raises ``NoPolicy`` where none is.

    Of several for the same day the newest holds; those withdrawn before they came into force never did.
    """
    in_force = version_in_force(at)
    by_day = {version.valid_from: version for version in PolicyVersion.objects.standing().order_by("number")}
    in_order = [version for _, version in sorted(by_day.items())]
    following = [after.valid_from for _, after in pairwise(in_order)]
    pairs = zip(in_order, [*following, None], strict=True)
    return [Edition(version, _state(version, in_force), until) for version, until in pairs][::-1]


def _state(version: PolicyVersion, in_force: PolicyVersion) -> str:
    if version == in_force:
        return IN_FORCE
    return PAST if version.valid_from < in_force.valid_from else PLANNED
