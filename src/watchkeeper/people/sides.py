"""What goes together: the vendor's own people have roles and teams, a customer's belong to an account."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from watchkeeper.people.models import Account, Person


class Misfit(NamedTuple):
    """What does not go together: the field to change, and why."""

    field: str
    says: str


def misfit(*, roles: Collection[str], account: Account | None, has_teams: bool) -> Misfit | None:
    """What of roles, account and teams does not go together; ``None`` where all does."""
    held, of_customers = set(roles), {role.value for role in Person.CUSTOMER_ROLES}
    if not held:
        return Misfit("roles", "is empty; one of the vendor's people has at least one role, a customer an account")
    if account is not None and held - of_customers:
        return Misfit("roles", f"{_named(held - of_customers)} is for the vendor's own people, who have no account")
    if account is None and held & of_customers:
        return Misfit("roles", f"{_named(held & of_customers)} belongs to an account; write it in the column account")
    if account is not None and has_teams:
        return Misfit("teams", f"is for the vendor's own people; {account.name} has its team itself")
    return None


def _named(roles: set[str]) -> str:
    return " and ".join(sorted(roles))
