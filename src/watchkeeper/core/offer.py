"""What a level brings beside its targets: ways in, named contacts, limits, credits, and the rules it says in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from watchkeeper.core.metric_names import METRICS, spoken
from watchkeeper.core.named_contacts import NamedContacts
from watchkeeper.core.said import Said, sentence

CHANNELS = ("web", "mail", "phone", "chat", "api", "monitoring")
"""The ways in that a level may name."""

CHANNEL_NAMES: Mapping[str, Said] = {
    "web": sentence("web"),
    "mail": sentence("mail"),
    "phone": sentence("phone"),
    "chat": sentence("chat"),
    "api": sentence("api"),
    "monitoring": sentence("monitoring"),
}
"""What a page calls them."""

PERIODS = ("month", "quarter", "year")
"""The periods that shares, limits and credits are counted over, in the policy's zone."""

_PERIOD_NAMES: Mapping[str, Said] = {
    "month": sentence("month"),
    "quarter": sentence("quarter"),
    "year": sentence("year"),
}


class Share(NamedTuple):
    """The part of a period's incidents that a target is promised for, where there are ``at_least`` so many of them."""

    of: Fraction
    each: str
    at_least: int = 1

    def __str__(self) -> str:
        share = sentence("{percent} a {period}", percent=f"{float(self.of * 100):g} %", period=_period(self.each))
        if self.at_least <= 1:
            return share
        return sentence("{share}, from {count} reports on", share=share, count=self.at_least)


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
        metric, share = METRICS[self.metric], str(self.share)
        if severities:
            promise = sentence("{metric} of {severities}: {share}", metric=metric, severities=severities, share=share)
        else:
            promise = sentence("{metric}: {share}", metric=metric, share=share)
        if not self.leaves_out:
            return promise
        return sentence("{promise}; not counted: {left_out}", promise=promise, left_out=", ".join(self.leaves_out))

    def __str__(self) -> str:
        return self.said(", ".join(map(str, self.severities)))


class Limit(NamedTuple):
    """How much of something there is: ``at_most`` of it ``each`` period (empty: in all). Nothing is refused for it."""

    of: str
    at_most: int
    each: str = ""

    def __str__(self) -> str:
        if not self.each:
            return sentence("at most {count} {things}", count=self.at_most, things=self.of)
        return sentence(
            "at most {count} {things} a {period}", count=self.at_most, things=self.of, period=_period(self.each)
        )


class Maintenance(NamedTuple):
    """A window kept free for maintenance: the calendar it is open in, what that is called, and how it is announced."""

    hours: str
    called: str
    notice: str = ""

    def __str__(self) -> str:
        if not self.notice:
            return self.called
        return sentence("{window}, announced {notice} before", window=self.called, notice=self.notice)


class Credit(NamedTuple):
    """What the customer may claim: after so many breaches of a metric in one period, so much."""

    after: int
    metric: str
    each: str
    worth: str
    claim: str = ""

    def __str__(self) -> str:
        said = sentence(
            "after {missed} in a {period}: {worth}", missed=self.missed, period=_period(self.each), worth=self.worth
        )
        return sentence("{credit} ({claim})", credit=said, claim=self.claim) if self.claim else said

    @property
    def missed(self) -> str:
        """What must be missed, ``4 missed acknowledgements``."""
        return sentence("{count} missed {metrics}", count=self.after, metrics=spoken(self.metric, self.after))


def _period(each: str) -> str:
    return _PERIOD_NAMES.get(each, each)


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
