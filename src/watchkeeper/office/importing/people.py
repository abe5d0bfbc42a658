"""The table of people, the vendor's own and its customers'. A row is found by its address."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from watchkeeper.core.said import joined, sentence
from watchkeeper.office.importing import known
from watchkeeper.office.importing.cells import Cells, address, known_zone, line_of_text, one_of, several, yes_or_no
from watchkeeper.office.importing.plan import ADDED, AT_ONCE, CHANGED, Plan, Step, difference, overwrite
from watchkeeper.office.importing.problems import Problem
from watchkeeper.office.importing.table import Column, Row
from watchkeeper.people.models import Account, Person, Team
from watchkeeper.people.sides import misfit

Role = Person.Role

COLUMNS = (
    Column("email", sentence("The address they sign in with."), "ada@acme.example", is_needed=True),
    Column("name", sentence("What they are called."), "Ada Byron", is_needed=True),
    Column("account", sentence("The slug or name of a customer's account; empty for the vendor's own people."), "acme"),
    Column(
        "roles",
        sentence(
            "Of a customer: customer (what an empty cell means) or customer_manager. Of the vendor: engineer, "
            "account_executive, manager, administrator. Several with ; between."
        ),
        "engineer; manager",
    ),
    Column(
        "teams",
        sentence("The teams of one of the vendor's people, with ; between. A team that is not there is added."),
        "East",
    ),
    Column("zone", sentence("Their IANA time zone; empty: as their browser says."), "Europe/Berlin"),
    Column("active", sentence("Whether they may sign in: yes or no. A row of a new person without it: yes."), "yes"),
)

_FIELDS = ("name", "roles", "zone", "is_active")
_IN_WORDS = {role.value: sentence(role.name.lower().replace("_", " ")) for role in Role}
"""The roles as they are called in English; ``people`` has the words in other languages."""

_ROLES = {word: role for role in Role for word in (role.value, str(_IN_WORDS[role.value]))}
_COLUMNS = {"is_active": "active"}
_WORDS = {
    "name": sentence("name"),
    "roles": sentence("roles"),
    "zone": sentence("zone"),
    "is_active": sentence("active"),
}


_NO_MANAGER = sentence("leaves the desk without a manager who may sign in; keep one")


def plan(rows: Iterable[Row], problems: list[Problem]) -> Plan:
    """What the table would do. What cannot be done is added to ``problems``."""
    return _People(problems).planned(rows)


class _People:
    def __init__(self, problems: list[Problem]) -> None:
        self.accounts = known.accounts()
        self.people = known.people()
        self.teams_of: dict[int, set[str]] = {}
        for team in Team.objects.prefetch_related("members"):
            for member in team.members.all():
                self.teams_of.setdefault(member.pk, set()).add(team.name)
        self.teams = known.TeamsToBe()
        self.line_of: dict[str, int] = {}
        self.had_a_manager = self._has_a_manager()
        self.plan = Plan(problems=problems)
        self.new: list[Person] = []
        self.changed: list[Person] = []
        self.members: list[tuple[Person, list[Team]]] = []

    def planned(self, rows: Iterable[Row]) -> Plan:
        for row in rows:
            self._look_at(Cells(row, self.plan.problems))
        if self.had_a_manager and not self._has_a_manager():
            self.plan.problems.append(Problem(0, "", _NO_MANAGER))
        self.plan.beside = [sentence("team {name} is added", name=team.name) for team in self.teams.new.values()]
        self.plan.write = self._write
        self.plan.to_invite = lambda: [person for person in self.new if person.is_active]
        return self.plan

    def _look_at(self, cells: Cells) -> None:
        email = cells.needed("email", address, sentence("write the address they sign in with"))
        name = cells.needed("name", line_of_text(200), sentence("write what they are called"))
        account = cells.read("account", one_of(self.accounts, known.AN_ACCOUNT))
        said = self._said(cells, of_a_customer=bool(cells.given("account")))
        if not cells.are_sound or email is None or name is None:
            return
        line = self.line_of.setdefault(email, cells.line)
        if line != cells.line:
            told = sentence(
                "{email} stands in line {line} already; a person stands in a table once", email=email, line=line
            )
            cells.complain("email", told)
            return
        person = self.people.get(email)
        if person is None:
            self._add(cells, email, name, account, said)
        elif self._stays_where_they_are(cells, person, account):
            self._change(cells, person, {"name": name, **said})

    def _said(self, cells: Cells, *, of_a_customer: bool) -> dict[str, object]:
        said: dict[str, object] = {
            "roles": cells.read("roles", _roles) or ([Role.CUSTOMER.value] if of_a_customer else []),
            "teams": cells.read("teams", lambda given: self.teams.all_called(several(given))) or [],
            "zone": cells.read("zone", known_zone) or "",
            "is_active": cells.read("active", yes_or_no) is not False,
        }
        return {field: value for field, value in said.items() if cells.has(_COLUMNS.get(field, field))}

    def _add(self, cells: Cells, email: str, name: str, account: Account | None, said: dict[str, object]) -> None:
        said.setdefault("roles", [Role.CUSTOMER.value] if account else [])
        if not _fits(cells, said["roles"], account, said.get("teams")):
            return
        teams = said.pop("teams", None)
        person = Person(email=email, name=name, account=account, **said)
        person.set_unusable_password()
        self.people[email] = person
        self.new.append(person)
        if teams:
            self.members.append((person, teams))
        self.plan.steps.append(Step(cells.line, ADDED, f"{name} <{email}>", (_place(person, teams or []),)))

    def _change(self, cells: Cells, person: Person, said: dict[str, object]) -> None:
        if not _fits(cells, said.get("roles", person.roles), person.account, said.get("teams")):
            return
        differences = [
            difference(_WORDS[field], _words(getattr(person, field)), _words(value))
            for field, value in said.items()
            if field != "teams" and getattr(person, field) != value
        ]
        teams = said.pop("teams", None)
        has, gets = self.teams_of.get(person.pk, set()), {team.name for team in teams or []}
        if teams is not None and has != gets:
            differences.append(difference(sentence("teams"), ", ".join(sorted(has)), ", ".join(sorted(gets))))
            self.members.append((person, teams))
        if not differences:
            self.plan.unchanged += 1
            return
        for field, value in said.items():
            setattr(person, field, value)
        self.changed.append(person)
        self.plan.steps.append(Step(cells.line, CHANGED, person.email, tuple(differences)))

    def _stays_where_they_are(self, cells: Cells, person: Person, account: Account | None) -> bool:
        if not cells.has("account") or person.account == account:
            return True
        told = (
            sentence(
                "{email} belongs to the account {slug}, and nobody changes sides: use another address",
                email=person.email,
                slug=person.account.slug,
            )
            if person.account
            else sentence(
                "{email} belongs to the vendor, and nobody changes sides: use another address", email=person.email
            )
        )
        cells.complain("account", told)
        return False

    def _has_a_manager(self) -> bool:
        return any(person.has_role(Role.MANAGER) for person in self.people.values())

    def _write(self, _by: Person | None) -> None:
        self.teams.write()
        Person.objects.bulk_create(self.new, AT_ONCE)
        overwrite(self.changed, _FIELDS)
        Membership = Team.members.through
        changed = [person.pk for person, _teams in self.members]
        Membership.objects.filter(person_id__in=changed).delete()
        Membership.objects.bulk_create(
            [Membership(person=person, team=team) for person, teams in self.members for team in teams], AT_ONCE
        )


def _roles(given: str) -> list[str]:
    found = [one_of(_ROLES, sentence("a role"))(part) for part in several(given)]
    return sorted({role.value for role in found})


def _fits(cells: Cells, roles: object, account: Account | None, teams: object) -> bool:
    """Whether roles, side and teams go together; says which do not."""
    found = misfit(roles=list(roles), account=account, has_teams=bool(teams))  # type: ignore[call-overload]
    if found is not None:
        cells.complain(found.field, found.says)
    return found is None


def _words(value: object) -> object:
    return ", ".join(value) if isinstance(value, list) else value


def _place(person: Person, teams: list[Team]) -> str:
    roles = reduce(_and, (_IN_WORDS[role] for role in person.roles))
    side = person.account.name if person.account else sentence("the vendor")
    said = sentence("{roles} of {side}", roles=roles, side=side)
    return joined(", ", (said, reduce(_and, (team.name for team in teams)))) if teams else said


def _and(some: str, other: str) -> str:
    return sentence("{some} and {other}", some=some, other=other)
