"""The people of the vendor who serve an account, in the order in which it is best given to them, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from watchkeeper.incidents.models import Incident, Presence
from watchkeeper.incidents.presence import LASTS
from watchkeeper.incidents.urgency import OWED
from watchkeeper.people.models import Account, Person, Team
from watchkeeper.policies.models import Agreement, DesignatedEngineer
from watchkeeper.policies.versions import day_of, policy_of
from watchkeeper.ui.moments import DeskZone, written

SOON = timedelta(hours=2)


class InHand(NamedTuple):
    """How many open incidents somebody has: all of them, those over their due time, those due within two hours."""

    open: int = 0
    overdue: int = 0
    soon: int = 0


class Colleague(NamedTuple):
    """Somebody an incident can be dispatched to. What is known of them says how well it suits."""

    person: Person
    has_it: bool
    is_designated: bool
    is_of_the_team: bool
    is_here: bool
    in_hand: InHand

    @property
    def order(self) -> tuple[object, ...]:
        """Who has it comes last; before them, who is meant for the account, who is here, who has least in hand."""
        pressing = self.in_hand.overdue + self.in_hand.soon
        meant = (self.has_it, not self.is_designated, not self.is_of_the_team, not self.is_here)
        return *meant, pressing, self.in_hand.open, self.person.name

    def reasons(self, *, account: Account, now: datetime) -> Iterator[str]:
        """In words, why they stand where they stand."""
        if self.has_it:
            yield gettext("has it now")
        if self.is_designated:
            yield gettext("designated for {account}").format(account=account.name)
        if self.is_of_the_team and account.team is not None:
            yield gettext("team {team}").format(team=account.team.name)
        elif account.team is not None:
            yield gettext("serves every account")
        if self.is_here:
            yield gettext("at an incident just now")
        if self.person.zone:
            clock = written(now, "clock", DeskZone(self.person.zone, self.person.zone))
            yield gettext("{clock} where they are").format(clock=clock)
        yield _in_words(self.in_hand)


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


def colleagues_for(incident: Incident, *, now: datetime) -> list[Colleague]:
    """Those who serve the incident's account, who suits best first; two queries."""
    people = list(
        people_who_serve(incident.account).annotate(
            is_designated=Exists(_designations(incident, now)),
            is_of_the_team=Exists(_memberships(incident.account)),
            is_here=Exists(Presence.objects.filter(person=OuterRef("pk"), seen_at__gt=now - LASTS)),
        )
    )
    in_hand = _in_hand(people, now)
    found = [
        Colleague(
            person,
            person.pk == incident.assignee_id,
            person.is_designated,
            person.is_of_the_team,
            person.is_here,
            in_hand.get(person.pk, InHand()),
        )
        for person in people
    ]
    return sorted(found, key=lambda colleague: colleague.order)


def _designations(incident: Incident, now: datetime) -> QuerySet[DesignatedEngineer]:
    today = day_of(policy_of(incident.policy_version), now)
    in_force = Agreement.objects.filter(account=incident.account_id).in_force_on(today)
    return DesignatedEngineer.objects.filter(person=OuterRef("pk"), agreement__in=in_force)


def _memberships(account: Account) -> QuerySet[Team]:
    return Team.members.through.objects.filter(person=OuterRef("pk"), team=account.team_id)


def _in_hand(people: list[Person], now: datetime) -> dict[int, InHand]:
    overdue, soon = Q(queue_rank=OWED), Q(due_at__gt=now, due_at__lte=now + SOON) & ~Q(queue_rank=OWED)
    theirs = Incident.objects.in_earnest().open().filter(assignee__in=people).order_by().values_list("assignee")
    counted = theirs.annotate(open=Count("pk"), overdue=Count("pk", filter=overdue), soon=Count("pk", filter=soon))
    return {person: InHand(*counts) for person, *counts in counted}


def _in_words(in_hand: InHand) -> str:
    if not in_hand.open:
        return gettext("nothing in hand")
    said = [gettext("{count} open").format(count=in_hand.open)]
    if in_hand.overdue:
        said.append(gettext("{count} overdue").format(count=in_hand.overdue))
    if in_hand.soon:
        said.append(gettext("{count} due within 2 h").format(count=in_hand.soon))
    return ", ".join(said)
