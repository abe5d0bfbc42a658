"""The people of the vendor who serve an account, and how much each has in hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Account, Person


class Colleague(NamedTuple):
    """Somebody an incident can be dispatched to, and the number of open incidents they own already."""

    person: Person
    in_hand: int


def people_who_serve(account: Account) -> QuerySet[Person]:
    """The engineers and managers for whom ``access.serves`` is true: what it says of one, asked of all at once."""
    return people_who_serve_any([account])


def people_who_serve_any(accounts: Iterable[Account]) -> QuerySet[Person]:
    """Those who serve one of these accounts at least."""
    managers = Q(roles__contains=[Person.Role.MANAGER])
    engineers = Q(roles__contains=[Person.Role.ENGINEER])
    teams = {account.team_id for account in accounts}
    if None not in teams:
        engineers &= Q(teams__in=teams) | Q(teams__isnull=True)
    return Person.objects.filter(managers | engineers, is_active=True, account__isnull=True).distinct().order_by("name")


def colleagues_for(account: Account) -> list[Colleague]:
    """Those who serve the account, who have least in hand first."""
    people = list(people_who_serve(account))
    counts = (
        Incident.objects.in_earnest().open().filter(assignee__in=people).values_list("assignee").annotate(Count("pk"))
    )
    in_hand = dict(counts.order_by())
    found = [Colleague(person, in_hand.get(person.pk, 0)) for person in people]
    return sorted(found, key=lambda colleague: (colleague.in_hand, colleague.person.name))
