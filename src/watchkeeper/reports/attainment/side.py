"""The two sides that read attainment: a customer their account's, the vendor that of the accounts they serve."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from watchkeeper.core.policy import Policy
from watchkeeper.incidents.desk import shell as desk_shell
from watchkeeper.incidents.portal import shell as portal_shell
from watchkeeper.people import clock
from watchkeeper.people.models import Person
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.reports.attainment import periods
from watchkeeper.reports.attainment.asked import Asked
from watchkeeper.reports.attainment.count import Population


class Side(NamedTuple):
    """A side of the house: how its addresses begin, the shell of its pages, and whether it is the team's."""

    name: str
    page: Callable[..., HttpResponse]
    template: str
    for_the_team: bool

    def address(self, of: str = "", *args: object) -> str:
        """The address of a page of attainment on this side: ``behind``, ``part``, ``chart``, ``file``, or the first."""
        return reverse(f"{self.name}-attainment{f'-{of}' if of else ''}", args=args)


PORTAL = Side("portal", portal_shell.page, "reports/attainment/portal.html", for_the_team=False)
DESK = Side("desk", desk_shell.page, "reports/attainment/desk.html", for_the_team=True)


class Question(NamedTuple):
    """What one request asks: by whom, on which side, of which commitments, under which policy, and when."""

    side: Side
    reader: Person
    now: datetime
    policy: Policy
    asked: Asked
    period: periods.Choice
    offered: list[periods.Choice]

    @property
    def population(self) -> Population:
        """The commitments asked for."""
        return Population(self.reader, self.asked, self.period, self.now)

    def behind(self, **changes: str) -> str:
        """The address of the commitments behind a figure."""
        return self.side.address("behind") + self.asked.but(**changes)


def question(request: HttpRequest, side: Side) -> Question:
    """Read what an address asks for. On the portal the account is the reader's, whatever the address says."""
    now = clock.now()
    policy = policy_in_force(now)
    offered = periods.choices(now, policy.zone)
    asked = Asked.by(request.GET)
    if not side.for_the_team:
        asked = asked.without_account()
    period = periods.chosen(asked.month or asked.period, offered)
    return Question(side, request.user, now, policy, asked, period, list(offered.values()))
