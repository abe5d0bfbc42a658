"""What the desk knows already, by the words a table calls it."""

from __future__ import annotations

from collections.abc import Iterable

from watchkeeper.core.said import sentence
from watchkeeper.people.models import Account, Person, Team

AN_ACCOUNT = sentence("the slug or name of an account")
"""What a cell that names one should be."""


def all_accounts() -> list[Account]:
    """Every account with its team and its executive.

    Without a join: right after tens of thousands were imported the database knows too little about them to join well.
    """
    found = list(Account.objects.order_by())
    teams = Team.objects.in_bulk()
    executives = Person.objects.in_bulk({account.account_executive_id for account in found} - {None})
    for account in found:
        account.team = teams.get(account.team_id)
        account.account_executive = executives.get(account.account_executive_id)
    return found


def accounts() -> dict[str, Account]:
    """Every account by its slug and by its name, without case; where both fit, the slug decides."""
    found = all_accounts()
    return {account.name.casefold(): account for account in found} | {account.slug: account for account in found}


def teams() -> dict[str, Team]:
    """Every team by its name, without case."""
    return {team.name.casefold(): team for team in Team.objects.all()}


def people() -> dict[str, Person]:
    """Everybody by address, customers with their account."""
    accounts = {account.pk: account for account in Account.objects.order_by()}
    found = list(Person.objects.order_by())
    for person in found:
        person.account = accounts.get(person.account_id)
    return {person.email: person for person in found}


def executives() -> dict[str, Person]:
    """Everybody who may lead an account, by address."""
    found = Person.objects.filter(roles__contains=[Person.Role.ACCOUNT_EXECUTIVE], is_active=True)
    return {person.email: person for person in found}


class TeamsToBe:
    """The teams there are, and those that a table names for the first time: they are added with it."""

    def __init__(self) -> None:
        self._known = teams()
        self.new: dict[str, Team] = {}

    def called(self, name: str) -> Team:
        """The team of this name, which may not be in the database yet. Raises ``ValueError``."""
        if len(name) > 200:
            told = sentence("“{name}…” is too long for a team's name; at most 200 characters are kept", name=name[:57])
            raise ValueError(told)
        folded = name.casefold()
        return self._known.get(folded) or self.new.setdefault(folded, Team(name=name))

    def all_called(self, names: Iterable[str]) -> list[Team]:
        """The teams of these names."""
        return [self.called(name) for name in names]

    def write(self) -> None:
        """Add the new ones."""
        for team in self.new.values():
            team.save()
