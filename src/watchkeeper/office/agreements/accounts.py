"""``/desk/accounts``: every account with what it bought, what ends soon first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Exists, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Least
from django.http import HttpRequest, HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from watchkeeper.core.policy import Level, Policy
from watchkeeper.incidents.desk import shell
from watchkeeper.office.agreements import words
from watchkeeper.office.agreements.spells import COMING, CURRENT, SOON, Spell, spells
from watchkeeper.people import access, clock
from watchkeeper.people.models import Account
from watchkeeper.policies.models import Agreement, Licence
from watchkeeper.policies.versions import local_day, policy_in_force
from watchkeeper.ui.paging import address, page_number

PAGE = 50
SIDES = {
    "": gettext_lazy("All"),
    "ending": format_lazy(gettext_lazy("Ending within {days} days"), days=SOON),
    "without": gettext_lazy("Without entitlement"),
}


class Line(NamedTuple):
    """An account in the list: its level for everything, and its licence and agreements as they stand."""

    account: Account
    level: Level | None
    rank: int
    licence: Spell | None
    agreements: list[Spell]
    coming: int
    ends_first: Spell | None


def accounts(request: HttpRequest) -> HttpResponse:
    """A page of accounts; ``side`` and ``q`` (a part of the name) narrow it."""
    now = clock.now()
    in_force, today = policy_in_force(now), local_day(now)
    side = request.GET.get("side", "")
    side = side if side in SIDES else ""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:200]
    page = page_number(request.GET)
    read = access.accounts_with_agreements_read_by(request.user)
    found = list(_found(read, today, side, asked)[page * PAGE : (page + 1) * PAGE + 1])
    return shell.page(
        request,
        "office/agreements/accounts.html",
        now=now,
        section="desk-accounts",
        lines=[_line(account, in_force, today) for account in found[:PAGE]],
        asked=asked,
        side=side,
        tabs=[
            {"label": label, "href": address(side=key), "is_current": key == side, "count": _count(read, today, key)}
            for key, label in SIDES.items()
        ],
        earlier=address(side=side, q=asked, page=page - 1) if page else "",
        later=address(side=side, q=asked, page=page + 1) if len(found) > PAGE else "",
    )


def _found(read: QuerySet[Account], today: date, side: str, asked: str) -> QuerySet[Account]:
    found = _of_side(read, today, side)
    found = found.filter(name__icontains=asked) if asked else found
    return (
        found.order_by(F("ends_next").asc(nulls_last=True), "name")
        .select_related("account_executive")
        .prefetch_related("licences", "agreements__pinned_version")
    )


def _count(read: QuerySet[Account], today: date, side: str) -> int:
    return _of_side(read, today, side).count()


def _of_side(read: QuerySet[Account], today: date, side: str) -> QuerySet[Account]:
    """Accounts with ``ends_next``: the first end, still to come, that nothing follows."""
    current = (model.objects.in_force_on(today).filter(account=OuterRef("pk")) for model in (Licence, Agreement))
    next_ends = [
        model.objects.in_force_on(today).not_renewed().filter(account=OuterRef("pk")).order_by().values("account")
        for model in (Licence, Agreement)
    ]
    ends_next = Least(*(Subquery(rows.annotate(end=Min("period__endswith")).values("end")) for rows in next_ends))
    found = read.annotate(ends_next=ends_next)
    if side == "ending":
        return found.filter(ends_next__lte=today + timedelta(days=SOON))
    if side == "without":
        licence, agreement = current
        return found.filter(~Exists(licence), ~Exists(agreement))
    return found


def _line(account: Account, in_force: Policy, today: date) -> Line:
    licences = [spell for spell in spells(account.licences.all(), today, in_force) if spell.phase == CURRENT]
    agreements = spells(account.agreements.all(), today, in_force)
    current = [spell for spell in agreements if spell.phase == CURRENT]
    level = _level(current, bool(licences), in_force)
    return Line(
        account=account,
        level=level,
        rank=in_force.levels.index(level) + 1 if level in in_force.levels else 1,
        licence=licences[0] if licences else None,
        agreements=current,
        coming=sum(spell.phase == COMING for spell in agreements),
        ends_first=min(
            (spell for spell in (*licences, *current) if spell.ends_soon),
            key=lambda spell: spell.row.period.upper,
            default=None,
        ),
    )


def _level(current: list[Spell], has_licence: bool, in_force: Policy) -> Level | None:
    for spell in current:
        if spell.row.scope == words.Scope.ALL:
            return words.level_of(spell.row, in_force)
    return in_force.licence_level if has_licence else None
