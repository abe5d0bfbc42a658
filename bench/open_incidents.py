"""Many open incidents at once, as the desk itself would have left them: folded, chained and copied by its own code.

Each begins as a report; whatever the clock would have done since is decided by core and stands on its timeline. Only
the mails of that past are left out, and rows are written by the thousand instead of one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import product
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from watchkeeper.clocks import rows
from watchkeeper.clocks.models import Commitment
from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import commitments
from watchkeeper.core.escalation import decide
from watchkeeper.core.facts import facts_of
from watchkeeper.incidents import evidence, flow
from watchkeeper.incidents.actor import WATCHKEEPER, Actor
from watchkeeper.incidents.models import REFERENCE_LETTERS, Event, Incident, Message
from watchkeeper.incidents.moment import AT_THE_DESK
from watchkeeper.incidents.reading import Standing
from watchkeeper.people.models import Account, Person, Team
from watchkeeper.policies import terms, versions
from watchkeeper.policies.models import Agreement, GivenPromise

ALWAYS = DateRange(date(2020, 1, 1), date(2100, 1, 1))
AT_A_TIME = 1000
SOON_ANSWERED, SOON_RESOLVED = timedelta(minutes=5), timedelta(hours=2)
TITLE = "The gateway answers 503"
SAID = {
    t.REPORTED: "Since ten, for every route. The log says: connection reset by upstream payments.example.",
    t.ACKNOWLEDGED: "Ana has your report and is working on it.",
    t.RESOLVED: "The upstream was restarted; its pool of connections had run dry.",
}

_references = ("WK-" + "".join(letters) for letters in product(REFERENCE_LETTERS, repeat=6))
"""In turn: of so many drawn at random two would be the same."""


class Customer(NamedTuple):
    """An account with a Premium agreement, its one person, and the promise it was given."""

    account: Account
    person: Person
    given: GivenPromise


class Received(NamedTuple):
    """A report to be made: when it was received, how severe it is, and whether it was answered and resolved soon."""

    at: datetime
    severity: int
    is_settled: bool = False


def customers(count: int, *, at: datetime) -> tuple[list[Customer], Person]:
    """So many Premium accounts, and the engineer whom all their incidents are given to."""
    team = Team.objects.create(name="Gateway")
    ana = _of_vendor("Ana", "engineer")
    team.members.add(ana, _of_vendor("Mia", "manager"))
    executive = _of_vendor("Axel", "account_executive")
    return [_customer(number, team, executive, at) for number in range(count)], ana


def open_incidents(
    received: Iterable[Received], of: Sequence[Customer], *, assignee: Person, until: datetime
) -> Iterator[Incident]:
    """Write an incident for each report, in turn for each customer, with its timeline up to ``until``."""
    batch: list[tuple[Customer, Received]] = []
    for number, report in enumerate(received):
        batch.append((of[number % len(of)], report))
        if len(batch) == AT_A_TIME:
            yield from _write(batch, assignee, until)
            batch = []
    yield from _write(batch, assignee, until)


def _of_vendor(name: str, role: str) -> Person:
    return Person.objects.create_person(f"{name.lower()}@vendor.example", name=name, password=None, roles=[role])


def _customer(number: int, team: Team, executive: Person, at: datetime) -> Customer:
    slug = f"customer-{number}"
    account = Account.objects.create(name=slug, slug=slug, team=team, account_executive=executive)
    person = Person.objects.create_person(
        f"petra@{slug}.example", name="Petra", password=None, roles=["customer"], account=account
    )
    Agreement.objects.create(account=account, level="premium", period=ALWAYS)
    given = terms.give(account, at=at, about=terms.About())
    assert given is not None, "an account with an agreement has a promise"
    return Customer(account, person, given)


def _write(batch: Sequence[tuple[Customer, Received]], assignee: Person, until: datetime) -> list[Incident]:
    histories = [_history(customer, report, assignee, until) for customer, report in batch]
    incidents = Incident.objects.bulk_create(
        _incident(customer, report, standing, look_again_at)
        for (customer, report), (standing, look_again_at) in zip(batch, histories, strict=True)
    )
    chains: dict[int, evidence.Ends] = {}
    events: list[Event] = []
    messages: list[Message] = []
    for incident, (customer, _report), (standing, _look) in zip(incidents, batch, histories, strict=True):
        end = chains.get(incident.account_id) or _end_of_chain(customer.account)
        for number, happened in enumerate(standing.timeline):
            entry = _entry(happened, customer, assignee)
            event, message = evidence.placed(entry, incident, after=end._replace(number=number))
            end = evidence.Ends(event.number, event.account_number, event.digest)
            events.append(event)
            messages += [message] if message is not None else []
        chains[incident.account_id] = end
    Event.objects.bulk_create(events)
    Message.objects.bulk_create(messages)
    Commitment.objects.bulk_create(
        rows.row_of(flow.computed(incident, standing), made)
        for incident, (standing, _look) in zip(incidents, histories, strict=True)
        for made in standing.commitments
    )
    return incidents


def _history(
    customer: Customer, report: Received, assignee: Person, until: datetime
) -> tuple[Standing, datetime | None]:
    """What the timeline says at ``until``, and when to look again: the steps were taken the moment they were due."""
    policy = versions.policy_of(customer.given.version)
    timeline = [
        t.Event(t.REPORTED, report.at, report.at, _reported(customer, report)),
        t.Event(t.DISPATCHED, report.at, report.at, {"assignee": assignee.pk}),
    ]
    now = report.at
    if report.is_settled:
        answered, now = report.at + SOON_ANSWERED, report.at + SOON_RESOLVED
        timeline += [t.Event(t.ACKNOWLEDGED, answered, answered, {}), t.Event(t.RESOLVED, now, now, {})]
    while True:
        standing = _folded(timeline, customer.given)
        plan = decide(standing.facts, standing.commitments, standing.promises, now, close_after=policy.close_after)
        if plan.steps:
            timeline += [t.Event(step.kind, step.at, now, step.data) for step in plan.steps]
        elif plan.look_again_at is None or plan.look_again_at > until:
            return standing, plan.look_again_at
        else:
            now = plan.look_again_at


def _reported(customer: Customer, report: Received) -> dict[str, object]:
    return {
        "severity": report.severity,
        "severity_from": "reporter",
        "reporter": customer.person.pk,
        "promise": customer.given.pk,
        "title": TITLE,
        "product": "",
        "component": "",
        "environment": "",
    }


def _folded(timeline: list[t.Event], given: GivenPromise) -> Standing:
    promises = {given.pk: terms.promise_of(given)}
    facts = facts_of(timeline)
    return Standing(timeline, promises, facts, commitments(facts, promises))


def _incident(customer: Customer, report: Received, standing: Standing, look_again_at: datetime | None) -> Incident:
    return Incident(
        reference=next(_references),
        account=customer.account,
        reporter=customer.person,
        channel=Incident.Channel.API,
        policy_version=customer.given.version,
        title=TITLE,
        received_at=report.at,
        **flow.copies(standing, look_again_at),
    )


def _entry(happened: t.Event, customer: Customer, assignee: Person) -> evidence.Entry:
    team = Actor.of(assignee)
    actors = {
        t.REPORTED: Actor.of(customer.person),
        t.DISPATCHED: team,
        t.ACKNOWLEDGED: team,
        t.RESOLVED: team,
    }
    return evidence.Entry(
        kind=happened.kind,
        at=happened.at,
        recorded_at=happened.recorded_at,
        source=AT_THE_DESK,
        by=actors.get(happened.kind, WATCHKEEPER),
        data=dict(happened.data),
        says=SAID.get(happened.kind, ""),
    )


def _end_of_chain(account: Account) -> evidence.Ends:
    last = Event.objects.filter(account=account).order_by("-account_number").first()
    return evidence.Ends(0, last.account_number, last.digest) if last else evidence.Ends()
