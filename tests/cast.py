"""The people of the stories: four accounts as in the demo, and those who serve them. Made fresh for each test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange

from watchkeeper.people.models import Account, Person, Team
from watchkeeper.policies.models import Agreement, Licence, PolicyVersion

POLICY = Path(__file__).parents[1] / "policies" / "production-support.yaml"
SLA = """\
sla: Contracted 2026
acknowledgement:
  1: {within: 30m, goal: 10m}
"""
ALWAYS = DateRange(date(2020, 1, 1), date(2100, 1, 1))
PASSWORD = "an open gate at dawn"


@dataclass(frozen=True)
class Cast:
    """Ana and Bo are engineers, Mia their manager, Axel the account executive; customers are named for their level."""

    basic: Account
    advanced: Account
    premium: Account
    contracted: Account
    ana: Person
    bo: Person
    mia: Person
    axel: Person
    basil: Person
    ada: Person
    petra: Person
    clara: Person


def raise_curtain(*, password: str | None = None) -> Cast:
    """Publish the shipped policy and make the accounts and people. Sign-in needs ``password``, which costs time."""
    if not PolicyVersion.objects.exists():
        PolicyVersion.objects.create(
            number=1,
            text=POLICY.read_text(encoding="utf-8"),
            valid_from=date(2000, 1, 1),
            published_at=datetime(2026, 1, 1, tzinfo=UTC),
        )

    def of_vendor(name: str, *roles: str) -> Person:
        return Person.objects.create_person(
            f"{name.lower()}@vendor.example", name=name, password=password, roles=list(roles)
        )

    ana, bo = of_vendor("Ana", "engineer"), of_vendor("Bo", "engineer")
    mia, axel = of_vendor("Mia", "manager"), of_vendor("Axel", "account_executive")
    team = Team.objects.create(name="Gateway")
    team.members.add(ana, bo, mia)

    def account(name: str) -> Account:
        slug = name.lower()
        made = Account.objects.create(name=name, slug=slug, team=team, account_executive=axel)
        Licence.objects.create(account=made, period=ALWAYS)
        return made

    def customer(name: str, account: Account) -> Person:
        return Person.objects.create_person(
            f"{name.lower()}@{account.slug}.example", name=name, password=password, roles=["customer"], account=account
        )

    basic, advanced, premium, contracted = map(account, ("Basic", "Advance", "Premier", "Contracted"))
    Agreement.objects.create(account=advanced, level="advanced", period=ALWAYS)
    Agreement.objects.create(account=premium, level="premium", period=ALWAYS)
    Agreement.objects.create(account=contracted, level="premium", period=ALWAYS, sla_text=SLA)
    return Cast(
        basic=basic,
        advanced=advanced,
        premium=premium,
        contracted=contracted,
        ana=ana,
        bo=bo,
        mia=mia,
        axel=axel,
        basil=customer("Basil", basic),
        ada=customer("Ada", advanced),
        petra=customer("Petra", premium),
        clara=customer("Clara", contracted),
    )
