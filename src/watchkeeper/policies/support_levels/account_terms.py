"""What an account holds: the effective promise, what an SLA changed in it, and what a higher level would give."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from watchkeeper.core import published
from watchkeeper.core.policy import ACKNOWLEDGEMENT, Contact, Policy
from watchkeeper.core.promise import Promise
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.support_levels.limits import Limit, limit_at
from watchkeeper.policies.terms import Held, held_by


class Terms(NamedTuple):
    """One promise that an account holds: what it covers, its table, its limits. ``until`` is exclusive."""

    covers: str
    promise: Promise
    rank: int
    until: date | None
    table: published.Table
    limits: tuple[Limit, ...]
    escalation: str

    @property
    def is_changed(self) -> bool:
        """Whether an SLA says something else than the level anywhere in the table."""
        return any(cell.is_changed for row in self.table.rows for cell in row.cells)


class AccountTerms(NamedTuple):
    """All that an account was promised, and whom it may turn to."""

    account: Account
    terms: list[Terms]
    contacts: list[Contact]
    executive: Person | None


def terms_of(account: Account, policy: Policy, *, at: datetime) -> AccountTerms:
    """All that an account holds at an instant; ``policy`` is the one in force then."""
    held = held_by(account, at=at)
    return AccountTerms(
        account=account,
        terms=[_terms(each) for each in held],
        contacts=_contacts(held) or [contact for contact in policy.contacts.values() if contact.is_public],
        executive=_reachable(account.account_executive),
    )


def _terms(held: Held) -> Terms:
    promise = held.promise
    return Terms(
        covers=_covers(held.agreement),
        promise=promise,
        rank=promise.policy.levels.index(promise.level) + 1,
        until=held.agreement.period.upper if held.agreement else None,
        table=published.table(promise),
        limits=tuple(filter(None, (limit_at(promise, each.number) for each in promise.policy.severities))),
        escalation=_escalation(promise),
    )


def _escalation(promise: Promise) -> str:
    """What of the promise may be escalated, in words."""
    promised = [severity for severity in promise.policy.severities if promise.target(ACKNOWLEDGEMENT, severity.number)]
    eligible = [each.name for each in promised if each.number in promise.escalation.eligible]
    others = [each.name for each in promised if each.number not in promise.escalation.eligible]
    answered = f"it is answered within {promise.escalation.answer_within}"
    said = [f"After a breach at {_or(eligible)}; {answered}."] if eligible else []
    said += [f"A breach at {_or(others)} is not eligible for escalation."] if others else []
    return " ".join(said)


def _or(names: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _covers(agreement: Agreement | None) -> str:
    if agreement is None:
        return "Included in your licence"
    if agreement.scope == Agreement.Scope.ALL:
        return "For everything you report"
    return f"For the {agreement.scope} {agreement.scope_value}"


def _contacts(held: list[Held]) -> list[Contact]:
    """The public contacts of all promises, each once."""
    found = {contact: None for each in held for contact in each.promise.contacts.values() if contact.is_public}
    return list(found)


def _reachable(executive: Person | None) -> Person | None:
    return executive if executive is not None and executive.is_active else None
