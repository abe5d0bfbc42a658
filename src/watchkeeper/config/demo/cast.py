"""The invented people of the demo, their teams and accounts, and what each account is entitled to."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from watchkeeper.config.demo.sign_ins import SignIn
from watchkeeper.people.models import Account, MachineToken, Person, Team
from watchkeeper.policies.models import Agreement, Licence

Role = Person.Role

SLA = """\
sla: Meridian Health 2026
acknowledgement:
  1: {within: 30m, goal: 10m}
  2: {within: 1h}
update:
  1: {within: 1h, hours: premium}
  2: {within: 4h, hours: premium}
resolution:
  1: {within: 8h, hours: premium}
contacts:
  escalation: {name: Meridian duty line, emails: [escalation@vendor.example, meridian-duty@vendor.example]}
"""


class Cast(NamedTuple):
    """Everybody and every account, by the word that the stories call them."""

    people: dict[str, Person]
    accounts: dict[str, Account]
    monitoring: MachineToken
    sign_ins: list[SignIn]


class _Part(NamedTuple):
    key: str
    name: str
    who: str
    roles: tuple[str, ...]


_VENDOR = (
    _Part("helen", "Helen Okafor", "manager, team East", (Role.MANAGER,)),
    _Part("marc", "Marc Lindqvist", "manager, team West", (Role.MANAGER,)),
    _Part("noor", "Noor Haddad", "engineer, team East", (Role.ENGINEER,)),
    _Part("tomas", "Tomas Vrba", "engineer, team East", (Role.ENGINEER,)),
    _Part("priya", "Priya Raman", "engineer, team West", (Role.ENGINEER,)),
    _Part("jonas", "Jonas Weber", "engineer, team West", (Role.ENGINEER,)),
    _Part("dana", "Dana Whitlock", "account executive", (Role.ACCOUNT_EXECUTIVE,)),
    _Part("sam", "Sam Ortiz", "administrator", (Role.ADMINISTRATOR,)),
)

_TEAMS = {"East": ("helen", "noor", "tomas"), "West": ("marc", "priya", "jonas")}


class _Organisation(NamedTuple):
    key: str
    name: str
    team: str
    level: str | None
    sla: str
    people: tuple[_Part, ...]


_CUSTOMERS = (
    _Organisation(
        "halden",
        "Halden Freight",
        "East",
        None,
        "",
        (
            _Part("ingrid", "Ingrid Solheim", "customer, Break-Fix", (Role.CUSTOMER,)),
            _Part("bela", "Béla Kovács", "customer, Break-Fix", (Role.CUSTOMER,)),
        ),
    ),
    _Organisation(
        "brightwater",
        "Brightwater Energy",
        "West",
        "advanced",
        "",
        (
            _Part("oscar", "Oscar Mbeki", "customer, Advanced", (Role.CUSTOMER,)),
            _Part("yuki", "Yuki Tanabe", "customer, Advanced", (Role.CUSTOMER,)),
        ),
    ),
    _Organisation(
        "corvina",
        "Corvina Bank",
        "East",
        "premium",
        "",
        (
            _Part("lena", "Lena Fischer", "customer, Premium", (Role.CUSTOMER,)),
            _Part("rafael", "Rafael Duarte", "customer manager, Premium", (Role.CUSTOMER_MANAGER,)),
        ),
    ),
    _Organisation(
        "meridian",
        "Meridian Health",
        "West",
        "premium",
        SLA,
        (
            _Part("aisha", "Aisha Bello", "customer, Premium with an SLA", (Role.CUSTOMER,)),
            _Part("grace", "Grace Lindholm", "customer manager, Premium with an SLA", (Role.CUSTOMER_MANAGER,)),
        ),
    ),
)


def assemble(now: datetime) -> Cast:
    """Make them all. They share one random password, so that it is hashed, slowly, once."""
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    hashed = make_password(password)
    people = {part.key: _person(part, f"{part.key}@vendor.example", hashed, None) for part in _VENDOR}
    teams = {name: Team.objects.create(name=name) for name in _TEAMS}
    for name, members in _TEAMS.items():
        teams[name].members.set([people[key] for key in members])
    accounts = {}
    for customer in _CUSTOMERS:
        account = _account(customer, teams[customer.team], people["dana"], now.date())
        accounts[customer.key] = account
        for part in customer.people:
            people[part.key] = _person(part, f"{part.key}@{customer.key}.example", hashed, account)
    monitoring = MachineToken.objects.create(
        name="gateway monitoring of Corvina Bank",
        account=accounts["corvina"],
        digest=MachineToken.written()[1],  # its secret is told to nobody
        scopes=[MachineToken.Scope.REPORT],
        created_at=now,
    )
    parts = (*_VENDOR, *(part for customer in _CUSTOMERS for part in customer.people))
    sign_ins = [SignIn(part.who, part.name, people[part.key].email, password) for part in parts]
    return Cast(people, accounts, monitoring, sign_ins)


def _person(part: _Part, email: str, hashed: str, account: Account | None) -> Person:
    person = Person.objects.create_person(email, name=part.name, password=None, roles=list(part.roles), account=account)
    person.password = hashed
    person.save(update_fields=["password"])
    return person


def _account(customer: _Organisation, team: Team, executive: Person, today: date) -> Account:
    account = Account.objects.create(name=customer.name, slug=customer.key, team=team, account_executive=executive)
    since = DateRange(date(today.year - 1, 1, 1), date(today.year + 2, 1, 1))
    Licence.objects.create(account=account, period=since)
    if customer.level is not None:
        Agreement.objects.create(account=account, level=customer.level, period=since, sla_text=customer.sla)
    return account
