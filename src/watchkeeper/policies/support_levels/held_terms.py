"""One promise that an account holds, as its customer reads it: what it covers, until when, and what an SLA changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core import published
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Contact, Severity
from watchkeeper.core.promise import Promise
from watchkeeper.core.within import Within
from watchkeeper.people.models import Account, Person
from watchkeeper.policies import periods
from watchkeeper.policies.models import Agreement, Licence, SignedCopy
from watchkeeper.policies.support_levels.limits import Limit, limit_at
from watchkeeper.policies.terms import Held, held_by
from watchkeeper.policies.versions import local_day, midnight
from watchkeeper.ui.translated import translated

SOON = timedelta(days=90)
"""Before an end the customer is told what holds then."""


class Then(NamedTuple):
    """What an account holds from the day on that follows an end: each level with what it covers."""

    since: date
    held: tuple[str, ...]


class Beyond(NamedTuple):
    """Features that are not held, and the level that would bring them."""

    level: str
    features: tuple[str, ...]


class Terms(NamedTuple):
    """A promise that an account holds in ``period``; ``then`` is what follows, where it ends soon."""

    covers: str
    period: str
    promise: Promise
    rank: int
    then: Then | None
    table: published.Table
    limits: tuple[Limit, ...]
    eligible: tuple[Severity, ...]
    not_eligible: tuple[Severity, ...]
    engineers: tuple[Person, ...]
    signed_copies: tuple[SignedCopy, ...]

    @property
    def is_changed(self) -> bool:
        """Whether an SLA says something else than the level anywhere in the table."""
        return any(cell.is_changed for row in self.table.rows for cell in row.cells)

    @property
    def escalates(self) -> str:
        """What of the promise may be escalated, in words; empty where nothing may."""
        names = [severity.name for severity in self.eligible]
        words = gettext("After a breach at {names}; it is answered within {within}")
        return words.format(names=_or(names), within=_length(self.promise.escalation.answer_within)) if names else ""

    @property
    def does_not_escalate(self) -> str:
        """What of the promise may not be escalated, in words; empty where all may."""
        names = [severity.name for severity in self.not_eligible]
        return gettext("A breach at {names} is not eligible for escalation").format(names=_or(names)) if names else ""

    @property
    def answer_instead_of(self) -> str:
        """How soon the level has an escalation answered, where the SLA says otherwise; else empty."""
        of_level = self.promise.level.escalation.answer_within
        is_changed = self.promise.sla and of_level != self.promise.escalation.answer_within
        return _length(of_level) if is_changed else ""

    @property
    def features_of_level(self) -> tuple[str, ...]:
        return tuple(feature for feature in self.table.features if feature not in self.features_of_sla)

    @property
    def features_of_sla(self) -> tuple[str, ...]:
        """What the SLA adds to the level."""
        return self.promise.sla.terms.features if self.promise.sla else ()

    @property
    def not_included(self) -> Beyond | None:
        """What the next level that brings more beside its targets would add; ``None`` where none does."""
        held = self.promise.features
        higher = (
            Beyond(level.name, tuple(feature for feature in level.features if feature not in held))
            for level in self.promise.policy.levels[self.rank :]
        )
        return next((beyond for beyond in higher if beyond.features), None)

    @property
    def contacts_of_sla(self) -> tuple[Contact, ...]:
        return tuple(self.promise.sla.terms.contacts.values()) if self.promise.sla else ()


def terms_of(held: Held, account: Account, *, at: datetime) -> Terms:
    """A promise that is held at an instant, as its customer reads it."""
    promise, agreement = held.promise, held.agreement
    promised = [severity for severity in promise.policy.severities if promise.target(ACKNOWLEDGEMENT, severity.number)]
    today = local_day(at)
    row: Agreement | Licence = agreement or Licence.objects.in_force_on(today).get(account=account)
    ends: date | None = row.period.upper
    return Terms(
        covers=covers(agreement),
        period=periods.spelled(row.period),
        promise=promise,
        rank=promise.policy.levels.index(promise.level) + 1,
        then=_then(account, ends, promise.policy.zone) if ends and ends - today <= SOON else None,
        table=translated(published.table(promise)),
        limits=tuple(filter(None, (limit_at(promise, each.number) for each in promise.policy.severities))),
        eligible=tuple(each for each in promised if each.number in promise.escalation.eligible),
        not_eligible=tuple(each for each in promised if each.number not in promise.escalation.eligible),
        engineers=tuple(agreement.designated_engineers.filter(is_active=True).order_by("name")) if agreement else (),
        signed_copies=tuple(agreement.signed_copies.all()) if agreement else (),
    )


def covers(agreement: Agreement | None) -> str:
    """``For the environment production``; without an agreement the licence is meant."""
    if agreement is None:
        return gettext("Included in your licence")
    if agreement.scope == Agreement.Scope.ALL:
        return gettext("For everything you report")
    if agreement.scope == Agreement.Scope.PRODUCT:
        return gettext("For the product {name}").format(name=agreement.scope_value)
    return gettext("For the environment {name}").format(name=agreement.scope_value)


def _length(within: Within) -> str:
    return str(translated(within.after_a_preposition))


def _or(names: list[str]) -> str:
    return gettext(" or ").join(filter(None, (", ".join(names[:-1]), names[-1])))


def _then(account: Account, since: date, zone: str) -> Then:
    held = held_by(account, at=midnight(since, zone=zone))
    return Then(since, tuple(f"{each.promise.level.name} ({_in_brackets(covers(each.agreement))})" for each in held))


def _in_brackets(words: str) -> str:
    return words[:1].lower() + words[1:]
