"""Bringing in what another desk's log tells: incidents with their real times, and what is told of them later.

Nobody is notified. What was promised is counted, and nothing else follows from it; the watcher raises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from watchkeeper.clocks import rows
from watchkeeper.core import timeline as t
from watchkeeper.incidents import evidence, flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.announcement import Announcement, announce
from watchkeeper.incidents.importing import (
    SOURCE,
    Happened,
    Log,
    Logged,
    Prepared,
    answered,
    as_timeline,
    happened_to,
)
from watchkeeper.incidents.models import ImportedIncident, Incident, new_reference
from watchkeeper.incidents.reading import Standing, folded, timelines_of
from watchkeeper.people import clock
from watchkeeper.people.models import Account
from watchkeeper.policies import terms
from watchkeeper.policies.terms import promise_of
from watchkeeper.policies.versions import policy_of


class _Brought(NamedTuple):
    """An incident, what goes onto its timeline, and how it stands with it."""

    incident: Incident
    happened: Sequence[Happened]
    standing: Standing


def bring_in(batch: Sequence[Prepared], *, account: Account, log: Log) -> int:
    """Make an incident of each, in one transaction that stands for the desk; how many.

    What somebody else brought in meanwhile is left out.
    """
    _hold(account)
    keys = [each.logged.key for each in batch]
    there = ImportedIncident.objects.filter(account=account, source=log.source, key__in=keys)
    known = set(there.values_list("key", flat=True))
    now = clock.now()
    references = _references(len(batch))
    brought = [
        _made(each, account=account, log=log, reference=reference, now=now)
        for each, reference in zip(batch, references, strict=True)
        if each.logged.key not in known
    ]
    if not brought:
        return 0
    Incident.objects.bulk_create([each.incident for each in brought])
    ImportedIncident.objects.bulk_create(
        ImportedIncident(
            incident=each.incident,
            account=account,
            source=log.source,
            key=each.standing.timeline[0].data["imported"]["key"],
        )
        for each in brought
    )
    _write(brought, now)
    return len(brought)


def carry_on(batch: Sequence[tuple[int, Logged]], *, account: Account) -> int:
    """Write down what a log tells of incidents that are known already, by their keys, and not yet on their timelines;
    how many there were. In one transaction that stands for the desk."""
    _hold(account)
    logged = dict(batch)
    held = list(Incident.objects.select_for_update(**flow.THE_ROW).filter(pk__in=logged).order_by("pk"))
    timelines = timelines_of(logged)
    now = clock.now()
    brought = []
    for incident in held:
        before = timelines[incident.pk]
        close_after = policy_of(incident.policy_version).close_after
        there = {event.kind for event in before}
        told = answered(logged[incident.pk], close_after=close_after, now=now)
        happened = [each for each in told if each.kind not in there]
        timeline = [*before, *as_timeline(happened, recorded_at=now)]
        brought.append(_Brought(incident, happened, folded(timeline)))
    flow.make_equal([(each.incident, _copies(each, now)) for each in brought])
    _write(brought, now)
    return len(brought)


def _hold(account: Account) -> None:
    """Of two imports into an account one waits."""
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _references(number: int) -> list[str]:
    """So many references that no incident has."""
    found: dict[str, None] = {}
    while len(found) < number:
        more = {new_reference() for _ in range(number - len(found))}
        taken = Incident.objects.filter(reference__in=more).values_list("reference", flat=True)
        found.update(dict.fromkeys(more - set(taken)))
    return list(found)


def _made(each: Prepared, *, account: Account, log: Log, reference: str, now: datetime) -> _Brought:
    logged, (version, given, _) = each.logged, each.terms
    if given is not None and given.pk is None:
        given.pk = terms.kept(given).pk
    key = 0 if given is None else given.pk
    happened = happened_to(logged, log, each.terms, promise=key, now=now)
    promises = {} if given is None else {key: promise_of(given)}
    standing = folded(as_timeline(happened, recorded_at=now), promises)
    incident = Incident(
        reference=reference,
        account=account,
        channel=Incident.Channel.IMPORT,
        policy_version=version,
        title=logged.title,
        product=logged.product,
        component=logged.component,
        environment=logged.environment,
        severity=logged.severity,
        received_at=logged.received_at,
        stands_at=logged.received_at,
    )
    brought = _Brought(incident, happened, standing)
    for name, value in _copies(brought, now).items():
        setattr(incident, name, value)
    return brought


def _copies(each: _Brought, now: datetime) -> dict[str, Any]:
    return flow.copies(each.standing, flow.plan_of(each.incident, each.standing, now).look_again_at)


def _write(brought: Sequence[_Brought], now: datetime) -> None:
    """Append to the timelines, and make the commitments equal. Open pages are nudged once."""
    pen = evidence.Pen([each.incident for each in brought])
    for each in brought:
        for happened in each.happened:
            pen.append(each.incident, _entry(happened, now))
    pen.write()
    rows.make_equal(flow.computed(each.incident, each.standing) for each in brought)
    announce([Announcement.of(brought[-1].incident, [t.REPORTED])])


def _entry(happened: Happened, now: datetime) -> evidence.Entry:
    return evidence.Entry(
        kind=happened.kind,
        at=happened.at,
        recorded_at=now,
        source=SOURCE,
        by=Actor(happened.side),
        data=dict(happened.data),
        says=happened.says,
    )
