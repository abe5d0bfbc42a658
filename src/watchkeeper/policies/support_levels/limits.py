"""Where a promise ends: a severity at which nothing is promised, and what a higher level would have given."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core import published
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Level, Policy, Severity, Target, better_level
from watchkeeper.core.promise import Promise
from watchkeeper.ui.translated import translated


class Offer(NamedTuple):
    """What a level would give at a severity."""

    level: Level
    target: Target

    @property
    def words(self) -> str:
        """As the level is published: ``Response within 8 hours, before escalation. (Standard Hours)``."""
        return published.wording(self.target)

    def due_at(self, start: datetime) -> datetime:
        """When the acknowledgement would be due for a report received at ``start``."""
        return self.target.within.due_at(self.target.operating.hours, start)


class Limit(NamedTuple):
    """A severity at which nothing is promised, and the offer of the lowest level that promises something."""

    severity: Severity
    offer: Offer | None

    @property
    def says(self) -> str:
        """What a higher level would have given, in words."""
        if self.offer is None:
            return gettext("no level promises a time")
        return gettext("{level} would have given “{words}”").format(
            level=self.offer.level.name, words=translated(self.offer.words)
        )


def limit_at(promise: Promise, severity: int) -> Limit | None:
    """The limit of a promise at a severity; ``None`` where it promises an acknowledgement."""
    if promise.target(ACKNOWLEDGEMENT, severity) is not None:
        return None
    offer = _offer(promise.policy, severity)
    is_higher = offer is not None and offer.level != promise.level
    return Limit(promise.policy.severity_numbered(severity), offer if is_higher else None)


def _offer(policy: Policy, severity: int) -> Offer | None:
    level = better_level(policy, severity, ACKNOWLEDGEMENT)
    if level is None:
        return None
    asked_for = (ACKNOWLEDGEMENT, severity)
    return Offer(level, next(target for target in level.targets if (target.metric, target.severity) == asked_for))
