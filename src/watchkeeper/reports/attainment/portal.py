"""``/attainment``: what was promised to the reader's account in a period, and what came of it."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.core.policy import Policy
from watchkeeper.core.scorecard import Attainment
from watchkeeper.core.shares import Standing
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.portal import shell
from watchkeeper.people import clock
from watchkeeper.policies.versions import policy_in_force
from watchkeeper.reports.attainment.count import Named, attained
from watchkeeper.reports.attainment.periods import DEFAULT, choices
from watchkeeper.reports.attainment.shares import promised_said, standing_said
from watchkeeper.ui.time_left import METRICS

_LEFT_OUT_BECAUSE = {
    "withdrawn": gettext_lazy("the report was taken back"),
    "recovered": gettext_lazy("the alert recovered"),
    "merged": gettext_lazy("merged into another incident"),
    "closed": gettext_lazy("closed first"),
    "confirmed": gettext_lazy("confirmed first"),
    "reopened": gettext_lazy("reopened first"),
    "escalation_ended": gettext_lazy("the escalation ended first"),
    "outside the level": gettext_lazy("its severity left the level"),
}


class Tab(NamedTuple):
    """One period to choose."""

    label: str
    href: str
    is_current: bool


class Line(NamedTuple):
    """One metric at one severity, in words."""

    metric: str
    severity: int
    severity_name: str
    counts: Attainment


class Told(NamedTuple):
    """A commitment that was breached or left out, in words."""

    named: Named
    metric: str
    severity: int
    severity_name: str
    why: str


class Share(NamedTuple):
    """A promise for a share of a period's incidents and how it stands, both in words."""

    promised: str
    stands: str
    standing: Standing


def portal_attainment(request: HttpRequest) -> HttpResponse:
    """``?period=`` this-month, last-month, this-quarter or last-quarter, over the incidents that the reader sees."""
    now = clock.now()
    policy = policy_in_force(now)
    offered = choices(now, policy.zone)
    chosen = offered.get(request.GET.get("period", ""), offered[DEFAULT])
    seen = Incident.objects.seen_by(request.user).in_earnest()
    found = attained(seen, chosen.period, each=chosen.each, zone=policy.zone, as_of=now)
    return shell.page(
        request,
        "reports/attainment.html",
        now=now,
        policy=policy,
        tabs=[Tab(each.label, f"?period={each.key}", each == chosen) for each in offered.values()],
        period=chosen.period,
        lines=[
            Line(str(METRICS[line.metric]), line.severity, _name(policy, line.severity), line.counts)
            for line in found.lines
        ],
        total=found.total,
        breached=[_told(one, policy) for one in found.breached],
        left_out=[_told(one, policy) for one in found.left_out],
        shares=[_share(standing, policy) for standing in found.shares],
        sees_only_own=request.user.account.sees_only_own and not request.user.has_role("customer_manager"),
    )


def _told(named: Named, policy: Policy) -> Told:
    row = named.row
    why = gettext("left out by the team") if row.excluded else str(_LEFT_OUT_BECAUSE.get(row.reason, row.reason))
    return Told(named, str(METRICS[row.metric]), row.severity, _name(policy, row.severity), why)


def _share(standing: Standing, policy: Policy) -> Share:
    severities = ", ".join(_name(policy, number) for number in standing.promised.severities)
    return Share(promised_said(standing.promised, severities), standing_said(standing), standing)


def _name(policy: Policy, number: int) -> str:
    """What a severity is called now; an earlier version of the policy may have had more of them."""
    return next(
        (each.name for each in policy.severities if each.number == number),
        gettext("Severity {number}").format(number=number),
    )
