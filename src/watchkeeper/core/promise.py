"""The effective promise: a level with its contracted SLA laid over it.

"If a Service Level Agreement (SLA) was established, please refer to your SLA": the SLA overrides any target,
its hours, the escalation rules and the contacts; what it does not mention stays as the level says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from watchkeeper.core.circumstances import ANY, Circumstances
from watchkeeper.core.hours import AROUND_THE_CLOCK
from watchkeeper.core.laying_over import by_place, escalation_laid_over, last, targets_laid_over, words_laid_over
from watchkeeper.core.offer import Offer, SharedPromise
from watchkeeper.core.policy import (
    PROMISED_METRICS,
    ROLES_TOLD,
    Contact,
    EscalationRules,
    Level,
    OperatingHours,
    Overlay,
    Policy,
    Rung,
    Target,
    Told,
    Variant,
)


@dataclass(frozen=True, slots=True)
class Sla:
    """A contract: what it says beside the level, and what it says in some circumstances only.

    ``operating`` are the calendars that it names itself.
    """

    name: str
    terms: Overlay = field(default_factory=Overlay)
    variants: tuple[Variant, ...] = ()
    looks_at: frozenset[str] = frozenset()
    operating: Mapping[str, OperatingHours] = field(default_factory=dict, hash=False)


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
    operating: OperatingHours
    escalation: EscalationRules
    contacts: Mapping[str, Contact]
    on_call: Contact | None
    features: tuple[str, ...]
    said_instead: Mapping[tuple[str, int], str]
    offer: Offer
    said_by_level: Mapping[tuple[str, int], Target]
    changes: tuple[Change, ...]
    most_severe: int | None = None
    metrics: frozenset[str] = field(init=False, repr=False, compare=False)
    shares: tuple[SharedPromise, ...] = field(init=False, repr=False, compare=False)
    _clocks: Mapping[tuple[str, int], tuple[Target, ...]] = field(init=False, repr=False, compare=False)
    _contenders: Mapping[tuple[str, int], tuple[Target, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        milder = {
            (metric, severity.number): self._milder(metric, severity.number)
            for metric in PROMISED_METRICS
            for severity in self.policy.severities
        }
        contenders = {place: _able_to_end_first(clocks) for place, clocks in milder.items()}
        object.__setattr__(self, "metrics", frozenset(metric for metric, _severity in self.targets))
        object.__setattr__(self, "shares", (*self._shares_of_targets(), *self.offer.shares))
        object.__setattr__(self, "_clocks", MappingProxyType(milder))
        object.__setattr__(self, "_contenders", MappingProxyType(contenders))

    def target(self, metric: str, severity: int) -> Target | None:
        """The target of a metric at a severity, or ``None`` where the severity is outside the level."""
        return self.targets.get((metric, severity))

    def clocks(self, metric: str, severity: int = 1) -> tuple[Target, ...]:
        """The targets of a metric at a severity and all milder ones, the most severe first: each has its own clock.

        None at a severity that the policy does not have, as another version may: nothing is promised there.
        """
        return self._clocks.get((metric, severity), ())

    def contenders(self, metric: str, severity: int) -> tuple[Target, ...]:
        """Those of ``clocks`` that can end first when all start together: the others need not be counted."""
        return self._contenders.get((metric, severity), ())

    def told_by(self, rung: Rung) -> tuple[Told, ...]:
        """Whom a step of its ladder tells: roles, and contacts where it names them."""
        return tuple(name if name in ROLES_TOLD else self.contacts[name] for name in rung.tells)

    def covers(self, severity: int) -> bool:
        """Whether the level promises anything at this severity; where it does not, it is *outside the level*."""
        return any(number == severity for _metric, number in self.targets)

    def _shares_of_targets(self) -> Iterator[SharedPromise]:
        for (metric, severity), target in sorted(self.targets.items()):
            if target.share is not None:
                yield SharedPromise(target.share, metric, (severity,))

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
    if not one.within.counting == other.within.counting == "operating" or one.begins != other.begins:
        return False
    if one.then or other.then:
        return False
    is_wider = one.operating.hours in (other.operating.hours, AROUND_THE_CLOCK)
    return is_wider and one.within.length is not None and one.within.length <= (other.within.length or timedelta())


def effective(
    policy: Policy,
    level: Level,
    sla: Sla | None = None,
    circumstances: Circumstances = ANY,
    holidays: Iterable[date] = (),
) -> Promise:
    """The promise of ``level`` under ``sla`` in these circumstances, with every target that the SLA changed.

    ``holidays`` are the customer's, for hours that keep them. The level's variants whose condition holds are laid over
    it in their order, then the SLA, then the SLA's own variants.
    """
    of_level = [variant.terms for variant in level.variants if variant.when.holds(circumstances)]
    by_contract = [sla.terms, *(v.terms for v in sla.variants if v.when.holds(circumstances))] if sla else []
    customers: dict[OperatingHours, OperatingHours] = {}

    def hours_of_customer(operating: OperatingHours) -> OperatingHours:
        if operating.own is None:
            return operating
        if operating not in customers:
            customers[operating] = operating.of_customer(circumstances, holidays)
        return customers[operating]

    def of_customer(target: Target) -> Target:
        then = tuple(cadence._replace(operating=hours_of_customer(cadence.operating)) for cadence in target.then)
        return target._replace(operating=hours_of_customer(target.operating), then=then)

    overlays = [*of_level, *by_contract]
    in_these = targets_laid_over(by_place(level.targets), of_level)
    said_by_level = {place: of_customer(target) for place, target in in_these.items()}
    targets = {place: of_customer(target) for place, target in targets_laid_over(said_by_level, by_contract).items()}
    words_instead = words_laid_over(dict(level.said_instead), overlays)
    contacts, offer = dict(policy.contacts), level.offer
    for overlay in overlays:
        contacts.update(overlay.contacts)
        offer = overlay.offer.over(offer)
    return Promise(
        policy=policy,
        level=level,
        sla=sla,
        targets=MappingProxyType(targets),
        operating=level.operating.of_customer(circumstances, holidays),
        escalation=escalation_laid_over(level.escalation, overlays),
        contacts=MappingProxyType(contacts),
        on_call=last(overlay.on_call for overlay in overlays) or level.on_call,
        features=(*level.features, *(feature for overlay in overlays for feature in overlay.features)),
        said_instead=MappingProxyType({place: said for place, said in words_instead.items() if place not in targets}),
        offer=offer,
        said_by_level=MappingProxyType(said_by_level),
        changes=_changes(said_by_level, targets),
        most_severe=last(overlay.most_severe for overlay in overlays),
    )


def _changes(
    said_by_level: Mapping[tuple[str, int], Target], said_now: Mapping[tuple[str, int], Target]
) -> tuple[Change, ...]:
    return tuple(
        Change(metric, severity, said_by_level.get((metric, severity)), said_now.get((metric, severity)))
        for metric, severity in sorted(said_by_level.keys() | said_now.keys())
        if said_by_level.get((metric, severity)) != said_now.get((metric, severity))
    )
