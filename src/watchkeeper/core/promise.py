"""The effective promise: a level with its contracted SLA laid over it.

"If a Service Level Agreement (SLA) was established, please refer to your SLA": the SLA overrides any target,
its hours, the escalation rules and the contacts; what it does not mention stays as the level says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

from watchkeeper.core.hours import AROUND_THE_CLOCK
from watchkeeper.core.policy import PROMISED_METRICS, Contact, EscalationRules, Level, Policy, Target


@dataclass(frozen=True, slots=True)
class Sla:
    """What a contract says beside the level. ``withdrawn`` names the targets it takes away."""

    name: str
    targets: tuple[Target, ...] = ()
    withdrawn: tuple[tuple[str, int], ...] = ()
    escalation: EscalationRules | None = None
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    on_call: Contact | None = None
    features: tuple[str, ...] = ()


class Change(NamedTuple):
    """One place where the SLA and the level differ: what each says (``None``: nothing)."""

    metric: str
    severity: int
    level_says: Target | None
    sla_says: Target | None


@dataclass(frozen=True)
class Promise:
    """The terms that hold for an incident. Built by ``effective``."""

    policy: Policy
    level: Level
    sla: Sla | None
    targets: Mapping[tuple[str, int], Target]
    escalation: EscalationRules
    contacts: Mapping[str, Contact]
    on_call: Contact | None
    features: tuple[str, ...]
    changes: tuple[Change, ...]
    _clocks: Mapping[tuple[str, int], tuple[Target, ...]] = field(init=False, repr=False, compare=False)
    _contenders: Mapping[tuple[str, int], tuple[Target, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        milder = {
            (metric, severity.number): self._milder(metric, severity.number)
            for metric in PROMISED_METRICS
            for severity in self.policy.severities
        }
        contenders = {place: _able_to_end_first(clocks) for place, clocks in milder.items()}
        object.__setattr__(self, "_clocks", MappingProxyType(milder))
        object.__setattr__(self, "_contenders", MappingProxyType(contenders))

    def target(self, metric: str, severity: int) -> Target | None:
        """The target of a metric at a severity, or ``None`` where the severity is outside the level."""
        return self.targets.get((metric, severity))

    def clocks(self, metric: str, severity: int = 1) -> tuple[Target, ...]:
        """The targets of a metric at a severity and all milder ones, the most severe first: each has its own clock."""
        return self._clocks[metric, severity]

    def contenders(self, metric: str, severity: int) -> tuple[Target, ...]:
        """Those of ``clocks`` that can end first when all start together: the others need not be counted."""
        return self._contenders[metric, severity]

    def covers(self, severity: int) -> bool:
        """Whether the level promises anything at this severity; where it does not, it is *outside the level*."""
        return any(number == severity for _metric, number in self.targets)

    def _milder(self, metric: str, severity: int) -> tuple[Target, ...]:
        at_least = (number for number in range(severity, len(self.policy.severities) + 1))
        found = (self.targets.get((metric, number)) for number in at_least)
        return tuple(target for target in found if target is not None)


def _able_to_end_first(clocks: tuple[Target, ...]) -> tuple[Target, ...]:
    return tuple(
        clock
        for place, clock in enumerate(clocks)
        if not any(_never_ends_later(other, clock) for other in clocks[:place])
    )


def _never_ends_later(one: Target, other: Target) -> bool:
    """Whether ``one`` ends no later than ``other`` whenever both start together: in the same hours, or around the
    clock, a window that is no longer."""
    if not one.within.counting == other.within.counting == "operating":
        return False
    is_wider = one.operating.hours in (other.operating.hours, AROUND_THE_CLOCK)
    return is_wider and one.within.length is not None and one.within.length <= (other.within.length or timedelta())


def effective(policy: Policy, level: Level, sla: Sla | None = None) -> Promise:
    """The promise of ``level`` under ``sla``, with every target that the SLA changed."""
    said_by_level = {(target.metric, target.severity): target for target in level.targets}
    targets = dict(said_by_level)
    contacts = dict(policy.contacts)
    if sla is not None:
        targets.update({(target.metric, target.severity): target for target in sla.targets})
        for taken_away in sla.withdrawn:
            targets.pop(taken_away, None)
        contacts.update(sla.contacts)
    return Promise(
        policy=policy,
        level=level,
        sla=sla,
        targets=MappingProxyType(targets),
        escalation=(sla and sla.escalation) or level.escalation,
        contacts=MappingProxyType(contacts),
        on_call=(sla and sla.on_call) or level.on_call,
        features=level.features + (sla.features if sla else ()),
        changes=_changes(said_by_level, targets),
    )


def _changes(
    said_by_level: Mapping[tuple[str, int], Target], said_now: Mapping[tuple[str, int], Target]
) -> tuple[Change, ...]:
    return tuple(
        Change(metric, severity, said_by_level.get((metric, severity)), said_now.get((metric, severity)))
        for metric, severity in sorted(said_by_level.keys() | said_now.keys())
        if said_by_level.get((metric, severity)) != said_now.get((metric, severity))
    )
