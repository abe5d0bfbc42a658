"""What a vendor promises: severities, operating hours, levels with their targets, escalation, contacts.

Every value here is frozen and sound from birth: a policy that contradicts itself raises ``UnsoundPolicy``
and is never built. Reading a policy from a file, with line numbers, is the work of ``policy_file``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from watchkeeper.core.hours import Hours
from watchkeeper.core.within import Within

ACKNOWLEDGEMENT = "acknowledgement"
UPDATE = "update"
RESOLUTION = "resolution"
ESCALATION_ANSWER = "escalation_answer"
PROMISED_METRICS = (ACKNOWLEDGEMENT, UPDATE, RESOLUTION)
"""The metrics a level or an SLA may set targets for; ``escalation_answer`` is set by the escalation rules."""


ASSIGNEE = "assignee"
MANAGERS = "managers"
ACCOUNT_EXECUTIVE = "account executive"
DISTRIBUTION = "distribution"
ON_CALL = "on call"
ROLES_TOLD = (ASSIGNEE, MANAGERS, ACCOUNT_EXECUTIVE, DISTRIBUTION, ON_CALL)
"""Whom escalation may tell. Without an assignee the level's on-call contact is meant, then the policy's desk;
without an account executive the managers."""


class UnsoundPolicy(ValueError):
    """A policy that contradicts itself; the message names the place, what was given and what is allowed."""


class Severity(NamedTuple):
    """One rung of the vendor's scale. ``number`` 1 is the most severe; ``key`` is what the vendor calls it."""

    number: int
    key: str
    name: str
    definition: str = ""


class OperatingHours(NamedTuple):
    """Hours with the name a policy gives them and the words the vendor publishes about them."""

    name: str
    hours: Hours
    zone: str
    zone_label: str | None = None
    published_as: str = ""


class Target(NamedTuple):
    """What is promised for one metric at one severity: the limit, an earlier aim, and the hours that count."""

    metric: str
    severity: int
    within: Within
    operating: OperatingHours
    goal: Within | None = None
    published_as: str = ""


class Contact(NamedTuple):
    """Where somebody is reached: mail addresses (each a recipient of its own), a telephone, a remark.

    Customers see it on the published page unless it is not public.
    """

    name: str
    emails: tuple[str, ...] = ()
    phone: str = ""
    remark: str = ""
    is_public: bool = True


class Rung(NamedTuple):
    """A further step of the ladder: who is told how long after a breach that is still unmet."""

    after: Within
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EscalationRules:
    """What a breach makes possible, and who is warned before it.

    ``eligible`` holds the severities whose breach may be escalated. ``warnings`` are fractions of the
    winning clock's window. ``answer_within`` is the ``escalation_answer`` target's limit.
    """

    eligible: frozenset[int]
    answer_within: Within
    warnings: tuple[Fraction, ...] = (Fraction(1, 2), Fraction(4, 5))
    ladder: tuple[Rung, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A support level: who has it, its targets, its escalation rules, and the words it is published with."""

    key: str
    name: str
    targets: tuple[Target, ...]
    escalation: EscalationRules
    operating: OperatingHours
    included_in_licence: bool = False
    title: str = ""
    introduction: tuple[str, ...] = ()
    conditions: str = ""
    response_heading: str = ""
    on_call: Contact | None = None
    features: tuple[str, ...] = ()

    def target(self, metric: str, severity: int) -> Target | None:
        """The level's target of a metric at a severity, or ``None`` where the severity is outside the level."""
        return next((t for t in self.targets if t.metric == metric and t.severity == severity), None)


@dataclass(frozen=True)
class Policy:
    """One version of everything a vendor promises. Levels stand in order, the lowest first."""

    name: str
    vendor: str
    zone: str
    severities: tuple[Severity, ...]
    operating: Mapping[str, OperatingHours] = field(hash=False)
    levels: tuple[Level, ...]
    contacts: Mapping[str, Contact] = field(hash=False)
    default_severity: int
    zone_label: str | None = None
    title: str = ""
    severity_heading: str = "Severity"
    definition_heading: str = "Definition"
    contacts_heading: str = "Contacts"
    close_after: timedelta = timedelta(days=14)
    reacknowledge_on_raise: bool = False
    terms: str = ""
    _levels: Mapping[str, Level] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_levels", MappingProxyType({level.key: level for level in self.levels}))
        _require_sound(self)

    def level(self, key: str) -> Level:
        """The level called ``key``; ``UnknownLevel`` names the levels there are."""
        try:
            return self._levels[key]
        except KeyError:
            known = ", ".join(self._levels)
            raise UnknownLevel(f'"{key}" is not a level of {self.name}; write one of {known}') from None

    @property
    def licence_level(self) -> Level | None:
        """The level that every licence includes, if the policy has one."""
        return next((level for level in self.levels if level.included_in_licence), None)

    def severity(self, written: str) -> Severity:
        """The severity whose key or name is ``written`` (case is ignored); ``UnknownSeverity`` names them all."""
        return severity_called(written, self.severities)

    def severity_numbered(self, number: int) -> Severity:
        """The severity with this number, 1 the most severe; ``UnknownSeverity`` where there is none."""
        if 1 <= number <= len(self.severities):
            return self.severities[number - 1]
        raise UnknownSeverity(f"{number} is not a severity of {self.name}; there are 1 to {len(self.severities)}")


class UnknownLevel(ValueError):
    """A level that the policy does not have."""


class UnknownSeverity(ValueError):
    """A severity that the policy does not have."""


def better_level(policy: Policy, severity: int, metric: str) -> Level | None:
    """The lowest level that has a target for this metric and severity: what a limit's explanation offers."""
    return next((level for level in policy.levels if level.target(metric, severity)), None)


def severity_called(written: str, severities: Iterable[Severity]) -> Severity:
    """The one of ``severities`` whose key or name is ``written`` (case is ignored); ``UnknownSeverity`` otherwise."""
    wanted = written.strip().casefold()
    known = tuple(severities)
    for severity in known:
        if wanted in (severity.key.casefold(), severity.name.casefold()):
            return severity
    names = ", ".join(_spoken(severity) for severity in known)
    raise UnknownSeverity(f'"{written}" is not a severity; write one of {names}')


def _spoken(severity: Severity) -> str:
    if severity.key.casefold() == severity.name.casefold():
        return severity.name
    return f"{severity.key} ({severity.name})"


def _require_sound(policy: Policy) -> None:
    numbers = [severity.number for severity in policy.severities]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        raise UnsoundPolicy(f"severities are numbered {numbers}; they must run 1, 2, 3 … from the most severe")
    spoken = [word for severity in policy.severities for word in {severity.key.casefold(), severity.name.casefold()}]
    for word in spoken:
        if spoken.count(word) > 1:
            raise UnsoundPolicy(f'severities: "{word}" names two of them; each needs a key and a name of its own')
    if len(policy._levels) != len(policy.levels):
        raise UnsoundPolicy("two levels have the same key; each level needs its own")
    if not policy.levels:
        raise UnsoundPolicy("levels: a policy needs at least one level")
    if sum(level.included_in_licence for level in policy.levels) > 1:
        raise UnsoundPolicy("levels: more than one level is included in the licence; at most one may be")
    policy.severity_numbered(policy.default_severity)
    for level in policy.levels:
        _require_sound_level(policy, level)


def _require_sound_level(policy: Policy, level: Level) -> None:
    seen: set[tuple[str, int]] = set()
    for target in level.targets:
        policy.severity_numbered(target.severity)
        place = f"{level.key}.{target.metric}.{policy.severity_numbered(target.severity).key}"
        if target.metric not in PROMISED_METRICS:
            raise UnsoundPolicy(f"{place}: a level has targets for {', '.join(PROMISED_METRICS)}")
        if (target.metric, target.severity) in seen:
            raise UnsoundPolicy(f"{place} is given twice; each severity has one target a metric")
        seen.add((target.metric, target.severity))
    for number in level.escalation.eligible:
        policy.severity_numbered(number)
    for fraction in level.escalation.warnings:
        if not 0 < fraction < 1:
            raise UnsoundPolicy(f"{level.key}.escalation.warnings: {fraction} is not between 0 and 1")
