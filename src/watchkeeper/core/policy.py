"""What a vendor promises: severities, operating hours, levels with their targets, escalation, contacts.

Every value here is frozen and sound from birth: a policy that contradicts itself raises ``UnsoundPolicy``
and is never built. Reading a policy from a file, with line numbers, is the work of ``policy_file``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from watchkeeper.core.circumstances import Circumstances, When
from watchkeeper.core.hours import Hours, Schedule
from watchkeeper.core.offer import NOTHING, Offer, Share
from watchkeeper.core.spans import Span
from watchkeeper.core.within import Within

ACKNOWLEDGEMENT = "acknowledgement"
ASSIGNMENT = "assignment"
ARRIVAL = "arrival"
DIAGNOSIS = "diagnosis"
WORKAROUND = "workaround"
RESTORATION = "restoration"
UPDATE = "update"
RESOLUTION = "resolution"
POST_INCIDENT_REPORT = "post_incident_report"
ESCALATION_ANSWER = "escalation_answer"
PROMISED_METRICS = (
    ACKNOWLEDGEMENT,
    ASSIGNMENT,
    ARRIVAL,
    DIAGNOSIS,
    WORKAROUND,
    RESTORATION,
    UPDATE,
    RESOLUTION,
    POST_INCIDENT_REPORT,
)
"""The metrics a level or an SLA may set targets for; ``escalation_answer`` is set by the escalation rules."""

REACHED_BY_MESSAGE = (ARRIVAL, DIAGNOSIS, WORKAROUND, RESTORATION, POST_INCIDENT_REPORT)
"""The metrics that a person meets by a public message that says so."""

STATES_OF_REPAIR = (DIAGNOSIS, WORKAROUND, RESTORATION)
"""Those of them after which a customer may hear less often."""

RECEIPT = "receipt"
DISPATCH = "dispatch"
CALL = "call"
BEGINNINGS = (RECEIPT, DISPATCH, CALL, ACKNOWLEDGEMENT)
"""What a target's clock may begin with. ``dispatch`` is when the desk has reviewed a report and so set its severity,
``call`` when the customer's first telephone call about it was logged."""

BEGINNINGS_FOR_ALL = (RECEIPT, DISPATCH)
"""What all the clocks of a policy or a level may begin with."""

BREACH = "breach"
OPEN = "open"
UNACKNOWLEDGED = "unacknowledged"

ASSIGNEE = "assignee"
MANAGERS = "managers"
ACCOUNT_EXECUTIVE = "account executive"
DISTRIBUTION = "distribution"
ON_CALL = "on call"
ROLES_TOLD = (ASSIGNEE, MANAGERS, ACCOUNT_EXECUTIVE, DISTRIBUTION, ON_CALL)
"""Whom escalation may tell, beside contacts. Without an assignee the level's on-call contact is meant,
then the policy's desk; without an account executive the managers."""


class UnsoundPolicy(ValueError):
    """A policy that contradicts itself; the message names the place, what was given and what is allowed."""


class Priority(NamedTuple):
    """One rung of a second scale, by which customers say themselves what goes first. No clock follows from it."""

    name: str
    definition: str = ""


class Severity(NamedTuple):
    """One rung of the vendor's scale. ``number`` 1 is the most severe; ``key`` is what the vendor calls it."""

    number: int
    key: str
    name: str
    definition: str = ""


class CustomersOwn(NamedTuple):
    """What of a calendar is the customer's own. ``one_of`` narrows the zones to choose from; empty: any zone.

    ``in_zone``: its times are read in the customer's zone. ``with_holidays``: the customer's holidays close it.
    """

    in_zone: bool = False
    one_of: tuple[str, ...] = ()
    with_holidays: bool = False


class OperatingHours(NamedTuple):
    """Hours with the name a policy gives them and the words the vendor publishes about them.

    ``own`` says what of them follows the customer; ``hours`` are then those of a customer of whom nothing is known.
    """

    name: str
    hours: Hours
    zone: str
    zone_label: str | None = None
    published_as: str = ""
    own: CustomersOwn | None = None

    def of_customer(self, circumstances: Circumstances, holidays: Iterable[date]) -> OperatingHours:
        """These hours as they are for one customer, who keeps these holidays. The same where nothing follows them."""
        if self.own is None:
            return self
        (schedule,) = self.hours.schedules
        zone = self.zone
        if self.own.in_zone and circumstances.zone and circumstances.zone in (self.own.one_of or (circumstances.zone,)):
            zone = circumstances.zone
        closed = schedule.holidays | frozenset(holidays) if self.own.with_holidays else schedule.holidays
        kept = Schedule(zone, schedule.weekly, closed, schedule.exceptions)
        label = self.zone_label if zone == self.zone else None
        return self._replace(hours=Hours((kept,)), zone=zone, zone_label=label, own=None)


class Cadence(NamedTuple):
    """Another length of an update, from a moment on: ``once`` a metric is reached, or so long ``after`` the receipt."""

    within: Within
    operating: OperatingHours
    once: str = ""
    after: Within | None = None


class Target(NamedTuple):
    """What is promised for one metric at one severity: the limit, an earlier aim, and the hours that count.

    ``begins`` says what its clock begins with. With a ``share`` the limit is promised for that part of a period's
    incidents; each single one is measured like any other. ``then`` says how often the customer hears later on; the
    last of them whose moment has come holds.
    """

    metric: str
    severity: int
    within: Within
    operating: OperatingHours
    goal: Within | None = None
    published_as: str = ""
    begins: str = RECEIPT
    share: Share | None = None
    then: tuple[Cadence, ...] = ()

    def goal_at(self, since: datetime, due_at: datetime, stood_still: Sequence[Span] = ()) -> datetime | None:
        """When the earlier aim passes, counted since the clock's beginning; ``None`` without one, and where a shorter
        limit, as an SLA's over the level's, is due no later than it."""
        if self.goal is None:
            return None
        at = self.goal.due_at(self.operating.hours, since, stood_still)
        return at if at < due_at else None


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
    """A further step of the ladder: who is told so long after a breach that is still unmet, or after the receipt.

    ``tells`` are roles and names of contacts.
    Since the receipt it comes while the incident is ``lasts``: unacknowledged, or open. ``severities`` narrows it to
    some; empty: all that the level covers.
    """

    after: Within
    tells: tuple[str, ...]
    since: str = BREACH
    lasts: str = OPEN
    severities: frozenset[int] = frozenset()

    def concerns(self, severity: int, is_covered: bool = True) -> bool:
        """Whether it is for an incident of this severity."""
        return severity in self.severities if self.severities else is_covered


Told = str | Contact
"""Somebody to tell: a role, or a contact."""


class Tier(NamedTuple):
    """One step of the way that escalations take, as the vendor publishes it: to whom, from when, in what words.

    ``operating`` are the hours that it is there.
    """

    name: str
    contact: Contact | None = None
    after: Within | None = None
    says: str = ""
    operating: OperatingHours | None = None


@dataclass(frozen=True, slots=True)
class EscalationRules:
    """What a breach makes possible, and who is warned before it.

    ``eligible`` holds the severities whose breach may be escalated. ``warnings`` are fractions of the
    winning clock's window. ``answer_within`` is the ``escalation_answer`` target's limit. With ``customer_after`` the
    customer may escalate an eligible severity so long after the receipt, breached or not. ``path`` is published.
    """

    eligible: frozenset[int]
    answer_within: Within
    warnings: tuple[Fraction, ...] = (Fraction(1, 2), Fraction(4, 5))
    ladder: tuple[Rung, ...] = ()
    customer_after: Within | None = None
    path: tuple[Tier, ...] = ()


SaidInstead = tuple[tuple[str, int], str]
"""A metric and a severity that have no target, and what the vendor says there instead: ``best effort``."""

SAID_INSTEAD = ("best effort", "not offered", "as agreed")
"""What a vendor may say where it promises nothing."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is laid over a level, by a variant of it or a contract. ``withdrawn`` names the targets it takes away.

    ``most_severe`` is the most severe that a report can count as: what is more severe is promised what that one is.
    """

    targets: tuple[Target, ...] = ()
    withdrawn: tuple[tuple[str, int], ...] = ()
    said_instead: tuple[SaidInstead, ...] = ()
    escalation: EscalationRules | None = None
    contacts: Mapping[str, Contact] = field(default_factory=dict, hash=False)
    on_call: Contact | None = None
    features: tuple[str, ...] = ()
    offer: Offer = NOTHING
    most_severe: int | None = None


class Variant(NamedTuple):
    """What a level is in some circumstances."""

    when: When
    terms: Overlay


@dataclass(frozen=True, slots=True)
class Level:
    """A support level: who has it, its targets, its escalation rules, and the words it is published with.

    ``operating`` are its hours at every severity that ``named_hours`` does not name.
    """

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
    variants: tuple[Variant, ...] = ()
    said_instead: tuple[SaidInstead, ...] = ()
    definitions: tuple[tuple[int, str], ...] = ()
    begins: str = RECEIPT
    offer: Offer = NOTHING
    named_hours: tuple[tuple[int, OperatingHours], ...] = ()

    def hours_at(self, severity: int) -> OperatingHours:
        """The hours that the level's targets of a severity are counted in where they name none."""
        return dict(self.named_hours).get(severity, self.operating)

    def target(self, metric: str, severity: int) -> Target | None:
        """The level's target of a metric at a severity, or ``None`` where the severity is outside the level."""
        return next((t for t in self.targets if t.metric == metric and t.severity == severity), None)


class SeverityMatrix(NamedTuple):
    """How a vendor finds a severity: by impact, then urgency, each from the most severe on; a number in each cell."""

    impacts: tuple[str, ...]
    urgencies: tuple[str, ...]
    severities: tuple[tuple[int, ...], ...]


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
    severity_matrix: SeverityMatrix | None = None
    priorities: tuple[Priority, ...] = ()
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

    @cached_property
    def looks_at(self) -> frozenset[str]:
        """The circumstances that make a difference to what this policy promises, by their names."""
        named = {name for level in self.levels for variant in level.variants for name in variant.when.looks_at}
        for operating in self.operating.values():
            if operating.own is not None:
                named |= {"zone"} if operating.own.in_zone else set()
                named |= {"place"} if operating.own.with_holidays else set()
        return frozenset(named)

    @property
    def scale(self) -> tuple[str, ...]:
        """What its severities are called, the most severe first; where two policies agree, numbers mean the same."""
        return tuple(severity.key for severity in self.severities)

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
