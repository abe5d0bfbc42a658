"""The table of accounts. A row is found by its slug, or by its name where it gives none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.text import slugify

from watchkeeper.core.policy import Policy
from watchkeeper.core.said import sentence
from watchkeeper.office.importing import known
from watchkeeper.office.importing.cells import (
    Cells,
    address,
    holiday_place,
    known_zone,
    line_of_text,
    one_of,
    yes_or_no,
)
from watchkeeper.office.importing.plan import ADDED, AT_ONCE, CHANGED, Plan, Step, difference, overwrite
from watchkeeper.office.importing.problems import Problem, shown
from watchkeeper.office.importing.table import Column, Row
from watchkeeper.people.models import Account, Person

COLUMNS = (
    Column("name", sentence("What the customer is called."), "Acme Ltd", is_needed=True),
    Column(
        "slug",
        sentence("Its short name in addresses and tables: small letters, digits, hyphens. Made of the name."),
        "acme",
    ),
    Column("team", sentence("Who serves it. A team that is not there yet is added."), "East"),
    Column(
        "account_executive",
        sentence("The address of the person of the vendor who owns its escalations."),
        "dana@vendor.example",
    ),
    Column("default_severity", sentence("The severity of a report that gives none: its number, key or name."), "3"),
    Column("sees_only_own", sentence("Whether its people see only incidents they take part in: yes or no."), "no"),
    Column("zone", sentence("The customer's own IANA time zone, for hours that follow the customer."), "Europe/Berlin"),
    Column("place", sentence("Whose holidays the customer keeps: a country or one of its regions."), "DE-BY"),
    Column("region", sentence("Where the customer is served, in the policy's word."), "EMEA"),
)

_WORDS = {
    "name": sentence("name"),
    "team": sentence("team"),
    "account_executive": sentence("account executive"),
    "default_severity": sentence("default severity"),
    "sees_only_own": sentence("sees only own"),
    "zone": sentence("zone"),
    "place": sentence("place"),
    "region": sentence("region"),
}
_FIELDS = ("name", "team", "account_executive", "default_severity", "sees_only_own", "zone", "place", "region")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def plan(rows: Iterable[Row], policy: Policy, problems: list[Problem]) -> Plan:
    """What the table would do. What cannot be done is added to ``problems``."""
    return _Accounts(policy, problems).planned(rows)


class _Accounts:
    def __init__(self, policy: Policy, problems: list[Problem]) -> None:
        found = known.all_accounts()
        self.by_slug = {account.slug: account for account in found}
        self.by_name = {account.name.casefold(): account for account in found}
        self.line_of: dict[str, int] = {}
        self.severities = {
            word.casefold(): severity.number
            for severity in policy.severities
            for word in (severity.name, severity.key, str(severity.number))
        }
        self.executives = known.executives()
        self.teams = known.TeamsToBe()
        self.plan = Plan(problems=problems)
        self.new: list[Account] = []
        self.changed: list[Account] = []

    def planned(self, rows: Iterable[Row]) -> Plan:
        for row in rows:
            self._look_at(Cells(row, self.plan.problems))
        self.plan.beside = [sentence("team {name} is added", name=team.name) for team in self.teams.new.values()]
        self.plan.write = self._write
        return self.plan

    def _look_at(self, cells: Cells) -> None:
        name = cells.needed("name", line_of_text(200), sentence("write what the customer is called"))
        slug = cells.read("slug", _slug)
        said = self._said(cells)
        if not cells.are_sound or name is None:
            return
        account = self.by_slug.get(slug) if slug else self.by_name.get(name.casefold())
        if account is None:
            self._add(cells, name, slug or self._free_slug(name), said)
        elif self._is_the_first(cells, account.slug) and self._may_be_called(cells, account, name):
            self._change(cells, account, {"name": name, **said})

    def _said(self, cells: Cells) -> dict[str, object]:
        """The fields whose columns the table has."""
        said: dict[str, object] = {
            "team": cells.read("team", lambda given: self.teams.called(" ".join(given.split()))),
            "account_executive": cells.read(
                "account_executive",
                lambda given: one_of(self.executives, sentence("an account executive of this desk"))(address(given)),
            ),
            "default_severity": cells.read(
                "default_severity", one_of(self.severities, sentence("a severity of the policy"))
            ),
            "sees_only_own": cells.read("sees_only_own", yes_or_no) or False,
            "zone": cells.read("zone", known_zone) or "",
            "place": cells.read("place", holiday_place) or "",
            "region": cells.read("region", line_of_text(80)) or "",
        }
        return {field: value for field, value in said.items() if cells.has(field)}

    def _add(self, cells: Cells, name: str, slug: str, said: dict[str, object]) -> None:
        if not self._is_the_first(cells, slug):
            return
        other = self.by_name.get(name.casefold())
        if other is not None:
            told = sentence(
                "{name} is the account {slug}; write that slug, or another name", name=shown(name), slug=other.slug
            )
            cells.complain("name", told)
            return
        account = Account(name=name, slug=slug, **said)
        self.by_slug[slug] = self.by_name[name.casefold()] = account
        self.new.append(account)
        self.plan.steps.append(Step(cells.line, ADDED, f"{name} ({slug})", tuple(_said(said))))

    def _change(self, cells: Cells, account: Account, said: dict[str, object]) -> None:
        differences = tuple(
            difference(_WORDS[field], getattr(account, field), value)
            for field, value in said.items()
            if getattr(account, field) != value
        )
        if not differences:
            self.plan.unchanged += 1
            return
        for field, value in said.items():
            setattr(account, field, value)
        self.by_name[account.name.casefold()] = account
        self.changed.append(account)
        self.plan.steps.append(Step(cells.line, CHANGED, account.slug, differences))

    def _is_the_first(self, cells: Cells, slug: str) -> bool:
        line = self.line_of.setdefault(slug, cells.line)
        if line != cells.line:
            told = sentence(
                "is about {slug}, as line {line} is; an account stands in a table once", slug=slug, line=line
            )
            cells.complain("", told)
        return line == cells.line

    def _may_be_called(self, cells: Cells, account: Account, name: str) -> bool:
        other = self.by_name.get(name.casefold(), account)
        if other is not account:
            told = sentence(
                "{name} is the name of the account {slug}; each needs its own", name=shown(name), slug=other.slug
            )
            cells.complain("name", told)
        return other is account

    def _free_slug(self, name: str) -> str:
        wished = slugify(name)[:70].strip("-") or "account"
        slug, number = wished, 2
        while slug in self.by_slug:
            slug, number = f"{wished}-{number}", number + 1
        return slug

    def _write(self, _by: Person | None) -> None:
        self.teams.write()
        for account in (*self.new, *self.changed):
            account.team = account.team  # a team that was added has its key only now
        Account.objects.bulk_create(self.new, AT_ONCE)
        overwrite(self.changed, _FIELDS)


def _slug(given: str) -> str:
    if not _SLUG.fullmatch(given) or len(given) > 80:
        told = sentence(
            "{given} is not a slug; write small letters, digits and hyphens, as acme-ltd", given=shown(given)
        )
        raise ValueError(told)
    return given


def _said(said: dict[str, object]) -> Iterable[str]:
    """What is known of a new account beside its name."""
    for field, value in said.items():
        if value not in (None, False, ""):
            yield sentence("{what}: {value}", what=_WORDS[field], value=sentence("yes") if value is True else value)
