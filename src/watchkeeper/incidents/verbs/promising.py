"""What changes a promise after it was given: a better one laid on, a later one by a manager, an exclusion."""

from __future__ import annotations

from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.incidents import flow
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.verbs.refusals import NotPossible, required
from watchkeeper.people import access
from watchkeeper.people.models import Person
from watchkeeper.policies import terms, versions
from watchkeeper.policies.models import GivenPromise


def exclude(incident: Incident, *, by: Person, metric: str, nth: int, reason: str) -> Event:
    """Leave a commitment out of attainment; it stays on the record, with who decided and why."""
    access.require(by, "exclude")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        known = {(c.metric, c.nth) for c in turn.standing().commitments}
        if (metric, nth) not in known:
            words = gettext("there is no {metric} {nth} on {incident}")
            raise NotPossible(words.format(metric=metric, nth=nth, incident=incident.reference))
        return turn.append(t.EXCLUDED, metric=metric, nth=nth, reason=required(reason))


def apply_promise(incident: Incident, *, by: Person) -> Event:
    """Lay the promise that the account has now on an open incident: the earliest due time of all holds."""
    access.require(by, "apply promise")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        given = _promise_now(turn)
        return turn.append(t.PROMISE_APPLIED, promise=given.pk, supersedes=False)


def apply_later_promise(incident: Incident, *, by: Person, reason: str) -> Event:
    """Let the promise that the account has now replace the earlier ones, even where that is later."""
    access.require(by, "apply a later promise")
    with flow.turn_of(incident, Actor.of(by)) as turn:
        given = _promise_now(turn)
        return turn.append(t.PROMISE_APPLIED, promise=given.pk, supersedes=True, reason=required(reason))


def _promise_now(turn: flow.Turn) -> GivenPromise:
    row = turn.incident
    given = terms.give(row.account, at=turn.now, about=row.about)
    if given is None:
        words = gettext("no entitlement is on record for {account}; add a licence or an agreement first")
        raise NotPossible(words.format(account=row.account))
    if versions.policy_of(given.version).scale != versions.policy_of(row.policy_version).scale:
        words = gettext(
            "version {now} of the policy has other severities than version {then}, "
            "under which {incident} was received; it keeps its promise"
        )
        numbers = {"now": given.version.number, "then": row.policy_version.number}
        raise NotPossible(words.format(**numbers, incident=row.reference))
    return given
