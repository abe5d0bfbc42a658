"""Incidents with histories of every kind, folded by core and written at once: as many as one likes, from one seed.

What people do is drawn at random and appended where the lifecycle allows it; what follows by time alone is decided by
core, as by the watcher, up to ``until``. Events have no chain of digests, and nobody is told of anything.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from typing import Any, NamedTuple

from django.db import connection, connections
from django.db.backends.postgresql.psycopg_any import DateRange

from watchkeeper.clocks import rows
from watchkeeper.clocks.models import Commitment, OutsideTheLevel
from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import MET, commitments
from watchkeeper.core.escalation import decide
from watchkeeper.core.facts import facts_of
from watchkeeper.core.lifecycle import allows
from watchkeeper.incidents import flow
from watchkeeper.incidents.models import REFERENCE_LETTERS, Event, Incident
from watchkeeper.incidents.reading import Standing
from watchkeeper.people.models import Account, Person, Team
from watchkeeper.people.wall import for_the_desk
from watchkeeper.policies import terms, versions
from watchkeeper.policies.models import Agreement, GivenPromise, Licence

ALWAYS = DateRange(date(2020, 1, 1), date(2100, 1, 1))
AT_A_TIME = 2_000
COMPONENTS = ("", "gateway", "billing", "portal", "analytics", "runtime", "identity")
LEVELS = ("", "advanced", "premium", "contracted")
SLA = """\
sla: Contracted
acknowledgement:
  1: {within: 30m, goal: 10m}
update:
  1: {within: 1h}
  2: {within: 4h}
resolution:
  1: {within: 8h}
  2: {within: 2 business days}
"""
_references = ("WK-" + "".join(letters) for letters in product(REFERENCE_LETTERS, repeat=6))


class Customer(NamedTuple):
    """An account, one person of it, and the promise it was given."""

    account: Account
    person: Person
    given: GivenPromise


class Told(NamedTuple):
    """An incident's history: when it was received, its events, and how it stands."""

    customer: Customer
    standing: Standing
    look_again_at: datetime | None


def customers(count: int, *, at: datetime) -> tuple[list[Customer], Person]:
    """So many accounts, of each level in turn, and the engineer whom their incidents are given to."""
    team, _is_new = Team.objects.get_or_create(name="Gateway")
    ana = _person("Ana", "engineer")
    team.members.add(ana)
    return [_customer(number, team, at) for number in range(count)], ana


def histories(
    count: int, of: Sequence[Customer], *, assignee: Person, first: datetime, until: datetime, seed: int
) -> Iterator[Told]:
    """So many, received evenly from ``first`` on and until shortly before ``until``."""
    rng = random.Random(seed)
    step = (until - first) / count
    for number in range(count):
        customer = of[rng.randrange(len(of))]
        yield history(rng, customer, assignee, at=first + step * number + step * rng.random(), until=until)


def history(rng: random.Random, customer: Customer, assignee: Person, *, at: datetime, until: datetime) -> Told:
    """One, drawn at random."""
    at = at.replace(microsecond=0)
    timeline = [t.Event(t.REPORTED, at, at, _reported(rng, customer))]
    for act in _story(rng):
        at += timedelta(seconds=int(rng.expovariate(1 / act.after)))
        if at >= until:
            break
        state = facts_of(timeline).state
        happened = act.happens(rng, timeline, assignee, customer) if allows(state, act.kind) else None
        if happened is not None:
            timeline.append(t.Event(happened[0], at, at, happened[1]))
    return Told(customer, *_by_time(timeline, customer.given, until))


def folded(timeline: list[t.Event], given: GivenPromise) -> Standing:
    """How an incident stands."""
    promises = {given.pk: terms.promise_of(given)}
    facts = facts_of(timeline)
    return Standing(timeline, promises, facts, commitments(facts, promises))


def inserted(model: Any, made: Sequence[Any]) -> None:
    """Write rows as the application may."""
    model.objects.bulk_create(made, batch_size=AT_A_TIME)


def copied(model: Any, made: Sequence[Any]) -> None:
    """Write rows by COPY, which only the owner of a table that stands behind the wall may."""
    if not made:
        return
    fields = [field for field in model._meta.concrete_fields if field.name != "id" or made[0].pk is not None]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    copying = f"copy {model._meta.db_table} ({columns}) from stdin"
    with connections["owner"].cursor() as cursor, cursor.copy(copying) as copy:
        for row in made:
            copy.write_row([_plain(getattr(row, field.attname)) for field in fields])


def write(told: Iterable[Told], *, by: Callable[[Any, Sequence[Any]], None]) -> int:
    """Write incidents, events and copies; how many incidents there were."""
    written, source = 0, iter(told)
    while some := list(islice(source, AT_A_TIME)):
        with for_the_desk():
            _write(some, by)
        written += len(some)
    return written


class _Act(NamedTuple):
    """What somebody may do next, on average so many seconds after what was before."""

    after: float
    kind: str

    def happens(
        self, rng: random.Random, timeline: list[t.Event], assignee: Person, customer: Customer
    ) -> tuple[str, dict[str, Any]] | None:
        if self.kind == t.DISPATCHED:
            return self.kind, {"assignee": assignee.pk}
        if self.kind not in _DATA:
            return self.kind, {}
        made = _DATA[self.kind](rng, folded(timeline, customer.given))
        return None if made is None else (self.kind, made)


_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0


def _story(rng: random.Random) -> list[_Act]:
    acts = [_Act(10 * _MINUTE, t.DISPATCHED)] if rng.random() < 0.8 else []
    if rng.random() < 0.25:
        acts.append(_Act(_HOUR, t.CLASSIFIED))
    if rng.random() < 0.05:
        acts.append(_Act(_HOUR, t.WITHDRAWN))
    if rng.random() < 0.03:
        acts.append(_Act(_HOUR, t.RECOVERED))
    if rng.random() < 0.92:
        acts.append(_Act(rng.choice([10 * _MINUTE, _HOUR, 6 * _HOUR, 2 * _DAY]), t.ACKNOWLEDGED))
    for _ in range(rng.choice([0, 0, 1, 2])):
        acts.append(_Act(2 * _HOUR, rng.choice([t.REPLIED, t.ASKED, t.ANSWERED, t.CLASSIFIED, t.NOTED])))
    if rng.random() < 0.06:
        acts += [_Act(_HOUR, t.ESCALATED), _Act(_HOUR, t.ESCALATION_ANSWERED), _Act(_DAY, t.ESCALATION_ENDED)]
    if rng.random() < 0.8:
        acts.append(_Act(8 * _HOUR, rng.choice([t.RESOLVED] * 9 + [t.MERGED])))
    if rng.random() < 0.1:
        acts += [_Act(_DAY, t.REOPENED), _Act(8 * _HOUR, t.RESOLVED)]
    if rng.random() < 0.04:
        acts.append(_Act(_DAY, t.EXCLUDED))
    if rng.random() < 0.05:
        acts += [_Act(_DAY, t.DISPUTED), _Act(_DAY, t.DISPUTE_ANSWERED)]
    if rng.random() < 0.3:
        acts.append(_Act(_DAY, t.CONFIRMED))
    return acts


def _reported(rng: random.Random, customer: Customer) -> dict[str, Any]:
    test = {"is_test": True} if rng.random() < 0.02 else {}
    return {
        "severity": rng.choice([1, 1, 2, 2, 2, 3, 3, 4, 5]),
        "severity_from": "reporter",
        "reporter": customer.person.pk,
        "promise": customer.given.pk,
        "title": "The gateway answers 503",
        "component": rng.choice(COMPONENTS),
        "product": "",
        "environment": "",
    } | test


def _classified(rng: random.Random, standing: Standing) -> dict[str, Any]:
    if rng.random() < 0.2:
        return {"product": "", "component": rng.choice(COMPONENTS), "environment": ""}
    before = standing.facts.severity
    return {"severity": rng.randint(1, 5), "severity_before": before, "reason": "seen anew", "reacknowledge": False}


def _excluded(rng: random.Random, standing: Standing) -> dict[str, Any] | None:
    if not standing.commitments:
        return None
    made = rng.choice(standing.commitments)
    return {"metric": made.metric, "nth": made.nth, "reason": rng.choice(["a drill", "the customer's own network"])}


def _disputed(rng: random.Random, standing: Standing) -> dict[str, Any]:
    met = [made for made in standing.commitments if made.outcome == MET and made.excluded is None]
    if met and rng.random() < 0.6:
        return {"about": "met", "metric": met[-1].metric, "nth": met[-1].nth}
    return {"about": "severity", "metric": "", "nth": 0}


def _answered(rng: random.Random, standing: Standing) -> dict[str, Any] | None:
    disputes = standing.facts.disputes
    if not disputes or rng.random() < 0.3:
        return None
    return {**disputes[-1].subject._asdict(), "upheld": rng.random() < 0.5}


_DATA: dict[str, Any] = {
    t.CLASSIFIED: _classified,
    t.EXCLUDED: _excluded,
    t.DISPUTED: _disputed,
    t.DISPUTE_ANSWERED: _answered,
    t.ESCALATED: lambda _rng, standing: {} if _has_breach(standing) else None,
    t.MERGED: lambda _rng, _standing: {"into": "WK-222222"},
}


def _has_breach(standing: Standing) -> bool:
    return any(made.outcome == "breached" for made in standing.commitments)


def _by_time(timeline: list[t.Event], given: GivenPromise, until: datetime) -> tuple[Standing, datetime | None]:
    """What follows by time alone, however late somebody looks."""
    policy = versions.policy_of(given.version)
    while True:
        standing = folded(timeline, given)
        plan = decide(standing.facts, standing.commitments, standing.promises, until, close_after=policy.close_after)
        if not plan.steps:
            return standing, plan.look_again_at
        timeline += [t.Event(step.kind, step.at, until, step.data) for step in plan.steps]


def _write(some: Sequence[Told], save: Callable[[Any, Sequence[Any]], None]) -> None:
    keys = _next_keys(Incident, len(some))
    incidents = [_incident(key, each) for key, each in zip(keys, some, strict=True)]
    computed = [flow.computed(row, each.standing) for row, each in zip(incidents, some, strict=True)]
    save(Incident, incidents)
    save(Event, [event for row, each in zip(incidents, some, strict=True) for event in _events(row, each)])
    save(Commitment, [rows.row_of(each, made) for each in computed for made in each.commitments])
    save(OutsideTheLevel, [row for each in computed for row in rows.outside(each)])


def _incident(key: int, told: Told) -> Incident:
    facts = told.standing.facts
    return Incident(
        pk=key,
        reference=next(_references),
        account=told.customer.account,
        reporter=told.customer.person,
        channel=Incident.Channel.API,
        policy_version=told.customer.given.version,
        title="The gateway answers 503",
        component=facts.component,
        is_test=facts.is_test,
        received_at=facts.received_at,
        **flow.copies(told.standing, told.look_again_at),
    )


_chain: dict[int, int] = {}
"""The last number of each account's chain that was written here."""


def _events(incident: Incident, told: Told) -> Iterator[Event]:
    for number, event in enumerate(told.standing.timeline, 1):
        place = _chain[incident.account_id] = _chain.get(incident.account_id, 0) + 1
        yield Event(
            incident_id=incident.pk,
            account_id=incident.account_id,
            number=number,
            account_number=place,
            kind=event.kind,
            at=event.at,
            recorded_at=event.recorded_at,
            source="bench",
            side=Event.Side.WATCHKEEPER,
            data={name: _written(value) for name, value in event.data.items()},
        )


def _next_keys(model: Any, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict) else value


def _written(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _person(name: str, role: str, **fields: Any) -> Person:
    return Person.objects.create_person(f"{name.lower()}@x.example", name=name, password=None, roles=[role], **fields)


def _customer(number: int, team: Team, at: datetime) -> Customer:
    level = LEVELS[number % len(LEVELS)]
    account = Account.objects.create(name=f"Customer {number}", slug=f"customer-{number}", team=team)
    person = _person(f"Petra-{number}", "customer", account=account)
    if level:
        bought, sla = ("premium", SLA) if level == "contracted" else (level, "")
        Agreement.objects.create(account=account, level=bought, period=ALWAYS, sla_text=sla)
    else:
        Licence.objects.create(account=account, period=ALWAYS)
    given = terms.give(account, at=at, about=terms.About())
    assert given is not None, "an account with a licence or an agreement has a promise"
    return Customer(account, person, given)
