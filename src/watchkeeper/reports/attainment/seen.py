"""The commitments that a reader may count: those of the incidents that ``Incident.objects.seen_by`` shows them.

Where a reader sees whole accounts this asks for the accounts, which a commitment names itself, and not for each of
their incidents: a million of them would be read for nothing. Tests count nowhere.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from watchkeeper.clocks.models import Measured
from watchkeeper.incidents.models import Incident
from watchkeeper.people.access import accounts_served_by
from watchkeeper.people.models import Account, Person

Rows = TypeVar("Rows", bound=Measured)


def seen_by(person: Person, rows: QuerySet[Rows]) -> QuerySet[Rows]:
    """Of these rows those that a person may count."""
    rows = rows.filter(is_test=False)
    if not person.is_active:
        return rows.none()
    if sees_only_own(person):
        return rows.filter(incident_id__in=Incident.objects.seen_by(person).values("pk"))
    if person.is_customer:
        return rows.filter(account_id=person.account_id)
    if person.has_role(Person.Role.MANAGER):
        return rows
    return rows.filter(account__in=accounts_served_by(person))


def accounts_counted_by(person: Person) -> QuerySet[Account]:
    """The accounts whose figures a person of the vendor reads, by name."""
    return accounts_served_by(person).order_by("name")


def sees_only_own(person: Person) -> bool:
    """Whether a customer sees only the incidents they take part in."""
    if not person.is_customer or person.account is None:
        return False
    return person.account.sees_only_own and not person.has_role(Person.Role.CUSTOMER_MANAGER)
