"""All that an account holds: each promise as its customer reads it, and whom the account may turn to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from watchkeeper.core.policy import Contact, Policy
from watchkeeper.people.models import Account, Person
from watchkeeper.policies.support_levels import held_terms
from watchkeeper.policies.support_levels.held_terms import Terms
from watchkeeper.policies.terms import Held, held_by


class AccountTerms(NamedTuple):
    """All that an account was promised; ``by_sla`` are the contacts that an SLA brought."""

    account: Account
    terms: list[Terms]
    contacts: list[Contact]
    by_sla: frozenset[Contact]
    executive: Person | None


def terms_of(account: Account, policy: Policy, *, at: datetime) -> AccountTerms:
    """All that an account holds at an instant; ``policy`` is the one in force then."""
    held = held_by(account, at=at)
    terms = [held_terms.terms_of(each, account, at=at) for each in held]
    return AccountTerms(
        account=account,
        terms=terms,
        contacts=_contacts(held) or [contact for contact in policy.contacts.values() if contact.is_public],
        by_sla=frozenset(contact for each in terms for contact in each.contacts_of_sla),
        executive=_reachable(account.account_executive),
    )


def _contacts(held: list[Held]) -> list[Contact]:
    """The public contacts of all promises, each once."""
    found = {contact: None for each in held for contact in each.promise.contacts.values() if contact.is_public}
    return list(found)


def _reachable(executive: Person | None) -> Person | None:
    return executive if executive is not None and executive.is_active else None
