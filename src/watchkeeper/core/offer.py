"""What a level brings beside its targets: ways in, named contacts, limits, credits, and the rules it says in words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from watchkeeper.core.named_contacts import NamedContacts

CHANNELS = ("web", "mail", "phone", "chat", "api", "monitoring")
"""The ways in that a level may name."""

PERIODS = ("month", "quarter", "year")
"""The periods that shares, limits and credits are counted over, in the policy's zone."""


class Share(NamedTuple):
    """The part of a period's incidents that a target is promised for, where there are ``at_least`` so many of them."""

    of: Fraction
    each: str
    at_least: int = 1

    def __str__(self) -> str:
        enough = f", from {self.at_least} reports on" if self.at_least > 1 else ""
        return f"{float(self.of * 100):g} % a {self.each}{enough}"


class SharedPromise(NamedTuple):
    """A share of all incidents together at these severities (empty: all that have a target), for one metric.

    ``leaves_out`` says in words what is not counted; it is excluded by hand.
    """

    share: Share
    metric: str
    severities: tuple[int, ...] = ()
    leaves_out: tuple[str, ...] = ()

    def said(self, severities: str) -> str:
        """In words, with what its severities are called."""
        left_out = f"; not counted: {', '.join(self.leaves_out)}" if self.leaves_out else ""
        of = f" of {severities}" if severities else ""
        return f"{self.metric.replace('_', ' ')}{of}: {self.share}{left_out}"

    def __str__(self) -> str:
        return self.said(", ".join(map(str, self.severities)))


class Limit(NamedTuple):
    """How much of something there is: ``at_most`` of it ``each`` period (empty: in all). Nothing is refused for it."""

    of: str
    at_most: int
    each: str = ""

    def __str__(self) -> str:
        return f"at most {self.at_most} {self.of}" + (f" a {self.each}" if self.each else "")


class Maintenance(NamedTuple):
    """A window kept free for maintenance: the calendar it is open in, what that is called, and how it is announced."""

    hours: str
    called: str
    notice: str = ""

    def __str__(self) -> str:
        return self.called + (f", announced {self.notice} before" if self.notice else "")


class Credit(NamedTuple):
    """What the customer may claim: after so many breaches of a metric in one period, so much."""

    after: int
    metric: str
    each: str
    worth: str
    claim: str = ""

    def __str__(self) -> str:
        return f"after {self.missed} in a {self.each}: {self.worth}" + (f" ({self.claim})" if self.claim else "")

    @property
    def missed(self) -> str:
        """What must be missed, ``4 missed acknowledgements``."""
        return f"{self.after} missed {spoken(self.metric, self.after)}"


def spoken(metric: str, times: int) -> str:
    """A metric in words, and in the plural where there are several: ``acknowledgements``, ``diagnoses``."""
    words = metric.replace("_", " ")
    if times == 1:
        return words
    return f"{words.removesuffix('is')}es" if words.endswith("is") else f"{words}s"


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything a level brings beside targets, features and escalation; empty where the vendor says nothing.

    ``channels`` are the ways in by severity number; 0 stands for all severities that are not named.
    """

    channels: tuple[tuple[int, tuple[str, ...]], ...] = ()
    emergency: str = ""
    named_contacts: NamedContacts | str = ""
    limits: tuple[Limit | str, ...] = ()
    languages: tuple[str, ...] = ()
    staff: str = ""
    maintenance: tuple[Maintenance | str, ...] = ()
    credits: tuple[Credit | str, ...] = ()
    shares: tuple[SharedPromise, ...] = ()
    not_covered: tuple[str, ...] = ()
    response_means: str = ""
    severity_rules: str = ""
    closing_rules: str = ""
    offered_from: date | None = None
    offered_to: date | None = None

    def over(self, other: Offer) -> Offer:
        """This offer laid over another: what it does not say is as the other says."""
        return Offer(**{field.name: getattr(self, field.name) or getattr(other, field.name) for field in fields(Offer)})

    def channels_at(self, severity: int) -> tuple[str, ...]:
        """The ways in at a severity; empty where the vendor names none."""
        named = dict(self.channels)
        return named.get(severity, named.get(0, ()))


NOTHING = Offer()
