"""Comparing: incidents read with their whole timelines, folded once as they are and once under other terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from watchkeeper.core.commitments import commitments
from watchkeeper.core.facts import facts_of
from watchkeeper.core.promise import Promise
from watchkeeper.core.timeline import Event
from watchkeeper.core.what_if import beside
from watchkeeper.incidents.models import Incident
from watchkeeper.incidents.reading import timelines_of
from watchkeeper.office.publishing.counterfactual import Uncomputable
from watchkeeper.people.models import Account
from watchkeeper.policies.models import GivenPromise, PolicyVersion
from watchkeeper.policies.terms import promise_of
from watchkeeper.policies.versions import policy_of
from watchkeeper.reports.what_if.tally import Seen, Tally
from watchkeeper.reports.what_if.terms import Terms, Told


class Comparison:
    """Compares incidents with what other terms would have made of them, as things stand at ``as_of``.

    What many incidents share is read once: their accounts, the versions and the promises they were given.
    """

    def __init__(self, terms: Terms, *, as_of: datetime) -> None:
        self._terms = terms
        self._as_of = as_of
        self._accounts: dict[int, Account] = {}
        self._versions: dict[int, PolicyVersion] = {}
        self._given: dict[int, GivenPromise] = {}
        self._promises: dict[int, Promise] = {}

    def count(self, incidents: Sequence[Incident], tally: Tally) -> None:
        """Count these incidents."""
        for found in self.each(incidents):
            if isinstance(found, Seen):
                tally.add(found)
            else:
                tally.set_aside(found[1])

    def each(self, incidents: Sequence[Incident]) -> Iterator[Seen | tuple[Incident, str]]:
        """Each incident compared, or with the reason why it cannot be."""
        timelines = timelines_of([incident.pk for incident in incidents])
        self._read_what_they_share(incidents, timelines)
        for incident in incidents:
            try:
                yield self._compare(incident, timelines[incident.pk])
            except Uncomputable as reason:
                yield incident, str(reason)

    def _compare(self, incident: Incident, timeline: Sequence[Event]) -> Seen:
        keys = [event.data["promise"] for event in timeline if event.data.get("promise") is not None]
        promises = {key: self._promises[key] for key in keys}
        was = commitments(facts_of(timeline), promises)
        told = Told(incident, timeline, {key: self._given[key] for key in keys}, promises)
        compared = beside(was, self._terms.commitments(told), self._as_of)
        policy = policy_of(incident.policy_version)
        return Seen(
            reference=incident.reference,
            account=incident.account.name,
            title=incident.title,
            received_at=incident.received_at,
            is_imported=incident.is_imported,
            level=promises[keys[-1]].level.name if keys else "",
            number=incident.severity,
            severity=policy.severity_numbered(incident.severity).name,
            compared=compared,
        )

    def _read_what_they_share(self, incidents: Sequence[Incident], timelines: dict[int, list[Event]]) -> None:
        accounts = {incident.account_id for incident in incidents} - self._accounts.keys()
        self._accounts |= Account.objects.in_bulk(accounts) if accounts else {}
        named = {event.data.get("promise") for timeline in timelines.values() for event in timeline} - {None}
        unread = named - self._given.keys()
        given = GivenPromise.objects.select_related("agreement").in_bulk(unread) if unread else {}
        versions = {row.version_id for row in given.values()} | {each.policy_version_id for each in incidents}
        unread_versions = versions - self._versions.keys()
        self._versions |= PolicyVersion.objects.in_bulk(unread_versions) if unread_versions else {}
        for key, row in given.items():
            row.version = self._versions[row.version_id]
            row.account = self._accounts.get(row.account_id) or row.account
            self._given[key], self._promises[key] = row, promise_of(row)
        for incident in incidents:
            incident.account = self._accounts[incident.account_id]
            incident.policy_version = self._versions[incident.policy_version_id]
