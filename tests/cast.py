"""The people of the stories: four accounts as in the demo, and those who serve them. Made fresh for each test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
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

    ana, bo, mia, axel = Person.objects.bulk_create(
        _person(name, "vendor", role, password)
        for name, role in (("Ana", "engineer"), ("Bo", "engineer"), ("Mia", "manager"), ("Axel", "account_executive"))
    )
    team = Team.objects.create(name="Gateway")
    team.members.add(ana, bo, mia)
    accounts = Account.objects.bulk_create(
        Account(name=name, slug=name.lower(), team=team, account_executive=axel)
        for name in ("Basic", "Advance", "Premier", "Contracted")
    )
    basic, advanced, premium, contracted = accounts
    Licence.objects.bulk_create(Licence(account=account, period=ALWAYS) for account in accounts)
    Agreement.objects.bulk_create(
        [
            Agreement(account=advanced, level="advanced", period=ALWAYS),
            Agreement(account=premium, level="premium", period=ALWAYS),
            Agreement(account=contracted, level="premium", period=ALWAYS, sla_text=SLA),
        ]
    )
    basil, ada, petra, clara = Person.objects.bulk_create(
        _person(name, account.slug, "customer", password, account=account)
        for name, account in zip(("Basil", "Ada", "Petra", "Clara"), accounts, strict=True)
    )
    return Cast(
        basic=basic,
        advanced=advanced,
        premium=premium,
        contracted=contracted,
        ana=ana,
        bo=bo,
        mia=mia,
        axel=axel,
        basil=basil,
        ada=ada,
        petra=petra,
        clara=clara,
    )


def _person(name: str, of: str, role: str, password: str | None, account: Account | None = None) -> Person:
    """Written with others at once: what ``create_person`` would look up for each is known to be right here."""
    email = f"{name.lower()}@{of}.example"
    return Person(email=email, name=name, roles=[role], account=account, password=make_password(password))
