"""Whom a step tells: from the roles and contacts core names to people and addresses, each address once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from watchkeeper.core.policy import (
    ACCOUNT_EXECUTIVE,
    ASSIGNEE,
    DISTRIBUTION,
    MANAGERS,
    ON_CALL,
    ROLES_TOLD,
    Contact,
    Policy,
    Told,
)
from watchkeeper.core.promise import Promise
from watchkeeper.people.models import Account, Person

ESCALATION_CONTACT = "escalation"
DESK_CONTACT = "desk"


class Recipient(NamedTuple):
    """Somebody to tell, and in which role: a person of the desk or a contact's address."""

    role: str
    name: str
    address: str
    person: Person | None


class NobodyToTell(ValueError):
    """A role that stands for nobody, not even by its fallback."""


def recipients(
    roles: Iterable[Told], *, account: Account, assignee: Person | None, policy: Policy, promise: Promise | None
) -> list[Recipient]:
    """The recipients of these roles and contacts, in their order. An address told once is not told again.

    Without an assignee the level's on-call contact stands in, then the policy's desk; without an account
    executive the managers of the account's team.
    """
    contacts = promise.contacts if promise is not None else policy.contacts
    desk = contacts.get(DESK_CONTACT)
    on_call = (promise.on_call if promise is not None else None) or desk
    executive = account.account_executive
    told: dict[str, Recipient] = {}
    for role in roles:
        if isinstance(role, Contact):
            found: Iterable[Recipient] = _of_contact(role.name, role)
        else:
            found = _in_role(role, account, assignee, executive, on_call, contacts.get(ESCALATION_CONTACT))
        for recipient in found:
            told.setdefault(recipient.address.lower(), recipient)
    return list(told.values())


def _in_role(
    role: str,
    account: Account,
    assignee: Person | None,
    executive: Person | None,
    on_call: Contact | None,
    distribution: Contact | None,
) -> Iterable[Recipient]:
    if role == DISTRIBUTION:
        return _of_contact(role, distribution)
    if role == ASSIGNEE:
        return [_of_person(role, assignee)] if assignee is not None else _of_contact(role, on_call)
    if role == ON_CALL:
        return _of_contact(role, on_call)
    if role == ACCOUNT_EXECUTIVE and executive is not None:
        return [_of_person(role, executive)]
    if role in (MANAGERS, ACCOUNT_EXECUTIVE):
        return [_of_person(role, manager) for manager in account.managers()]
    raise NobodyToTell(f'"{role}" is not a role that can be told; write one of {", ".join(ROLES_TOLD)}')


def _of_person(role: str, person: Person) -> Recipient:
    return Recipient(role, person.name, person.email, person)


def _of_contact(role: str, contact: Contact | None) -> list[Recipient]:
    return [Recipient(role, contact.name, address, None) for address in contact.emails] if contact else []
