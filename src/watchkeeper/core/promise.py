"""The effective promise: a level with its contracted SLA laid over it.

"If a Service Level Agreement (SLA) was established, please refer to your SLA": the SLA overrides any target,
its hours, the escalation rules and the contacts; what it does not mention stays as the level says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from watchkeeper.core.policy import Contact, EscalationRules, Level, Policy, Target


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


@dataclass(frozen=True, slots=True)
class Change:
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
    _clocks: Mapping[str, tuple[Target, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_metric: dict[str, list[Target]] = {}
        for target in sorted(self.targets.values(), key=lambda target: target.severity):
            by_metric.setdefault(target.metric, []).append(target)
        clocks = {metric: tuple(targets) for metric, targets in by_metric.items()}
        object.__setattr__(self, "_clocks", MappingProxyType(clocks))

    def target(self, metric: str, severity: int) -> Target | None:
        """The target of a metric at a severity, or ``None`` where the severity is outside the level."""
        return self.targets.get((metric, severity))

    def clocks(self, metric: str) -> tuple[Target, ...]:
        """All targets of a metric, the most severe first: each severity of the level has its own clock."""
        return self._clocks.get(metric, ())

    def covers(self, severity: int) -> bool:
        """Whether the level promises anything at this severity; where it does not, it is *outside the level*."""
        return any(number == severity for _metric, number in self.targets)


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


def better_level(policy: Policy, severity: int, metric: str) -> Level | None:
    """The lowest level that has a target for this metric and severity: what a limit's explanation offers."""
    return next(
        (
            level
            for level in policy.levels
            if any(target.severity == severity and target.metric == metric for target in level.targets)
        ),
        None,
    )
