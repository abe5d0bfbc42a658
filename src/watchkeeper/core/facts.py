"""What a timeline says: the fold of its events into the facts that promises are measured against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from watchkeeper.core import lifecycle
from watchkeeper.core import timeline as t
from watchkeeper.core.disputes import DECLINED, UPHELD, Dispute, Subject, open_about
from watchkeeper.core.policy import ACKNOWLEDGEMENT, CALL, DISPATCH, POST_INCIDENT_REPORT
from watchkeeper.core.spans import Span
from watchkeeper.core.timeline import Event


class Turn(NamedTuple):
    """From ``at`` on the incident stood at ``severity`` and these promises were candidates, each since its moment."""

    at: datetime
    severity: int
    promises: tuple[tuple[datetime, Any], ...]


class Asking(NamedTuple):
    """A round in which an acknowledgement is owed: from when, since when met or cancelled, and why cancelled.

    ``turns`` is how many turns there were when it ended: what changes afterwards, even at once, concerns it no more.
    """

    opened_at: datetime
    met_at: datetime | None = None
    cancelled_at: datetime | None = None
    reason: str | None = None
    turns: int | None = None


class Silence(NamedTuple):
    """The time between two public messages of the team, during which the next update is owed."""

    opened_at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None
    turns: int | None = None


class Escalation(NamedTuple):
    """One escalation by the customer: opened, answered, ended."""

    opened_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None


CommitmentKey = tuple[str, int]
"""A metric and which of its commitments, counted from 1."""


@dataclass(slots=True)
class Facts:
    """Everything the events of one incident add up to, made by ``facts_of`` and not changed after. Instants are UTC.

    ``turns`` and ``askings`` are never empty. ``standing_still_since`` is the open pause's start. ``warned`` holds
    (metric, nth, severity and promise of the winning clock, what passed) of warnings given; ``breached`` the
    commitments whose breach is on the timeline, with the severity at the breach; ``eligible`` those that may be
    escalated; ``reached`` the metrics that a message or a report of the team met, and when. A test (``is_test``) only
    tries the way in, and counts nowhere. ``parent`` is the incident of an outage that this one is a part of.
    ``is_unverified`` while nobody has confirmed that it came from whom it names: until then nothing goes back there.
    ``told`` are, of an incident that came from another desk's log, the metrics that the log tells of.
    ``component`` is what it is about now; ``disputes`` are those of the customer, in the order they were opened.
    """

    received_at: datetime
    state: str
    turns: list[Turn]
    askings: list[Asking]
    silences: list[Silence]
    escalations: list[Escalation]
    pauses: list[Span]
    resolved_spells: list[Span]
    standing_still_since: datetime | None
    resolved_at: datetime | None
    resolved_turns: int | None
    ended_at: datetime | None
    ended_by: str | None
    assignee: Any
    warned: set[tuple[str, int, int, Any, str]]
    breached: dict[CommitmentKey, int]
    eligible: set[CommitmentKey]
    rungs: set[tuple[str, int, int]]
    exclusions: dict[CommitmentKey, str]
    last_at: datetime
    dispatched_at: datetime | None = None
    called_at: datetime | None = None
    reached: dict[str, datetime] = field(default_factory=dict)
    is_test: bool = False
    parent: Any = None
    is_unverified: bool = False
    told: frozenset[str] | None = None
    component: str = ""
    disputes: list[Dispute] = field(default_factory=list)

    @property
    def is_imported(self) -> bool:
        """Whether it came from another desk's log: its promises are counted, and nothing is done about them."""
        return self.told is not None

    @property
    def severity(self) -> int:
        """The severity's number now, 1 the most severe."""
        return self.turns[-1].severity

    @property
    def acknowledged_at(self) -> datetime | None:
        """When the first acknowledgement counted, if there is one."""
        return self.askings[0].met_at

    def begun(self, beginning: str) -> datetime | None:
        """When what a clock begins with happened, if it has: the receipt, the dispatch, a call, the acknowledgement."""
        if beginning == DISPATCH:
            return self.dispatched_at
        if beginning == CALL:
            return self.called_at
        return self.acknowledged_at if beginning == ACKNOWLEDGEMENT else self.received_at

    @property
    def escalation(self) -> Escalation | None:
        """The escalation that is open: answered or not, but not ended."""
        if self.escalations and self.escalations[-1].ended_at is None:
            return self.escalations[-1]
        return None

    @property
    def may_escalate(self) -> bool:
        """Whether the customer may escalate now: from an eligible breach until the incident is closed."""
        return bool(self.eligible) and self.state != lifecycle.CLOSED


class NoReport(ValueError):
    """A timeline that does not begin with a report."""


def facts_of(timeline: Iterable[Event]) -> Facts:
    """Fold a timeline, in the order its events were recorded, into its facts.

    What was taken back counts for nothing. Raises ``NoReport`` when the first event is not ``reported`` and
    ``lifecycle.NotAllowedNow`` when an event could not have happened in the state that the events before it led to.
    """
    events = iter(t.without_taken_back(timeline))
    first = next(events, None)
    if first is None or first.kind != t.REPORTED:
        raise NoReport(f"a timeline begins with reported, not with {first.kind if first else 'nothing'}")
    facts = _reported(first)
    for event in events:
        facts.state = lifecycle.next_state(facts.state, event.kind)
        if event.kind in t.TEAM_SPOKE:
            _the_team_spoke(facts, event)
        consequence = _CONSEQUENCES.get(event.kind)
        if consequence is not None:
            consequence(facts, event)
        if event.at > facts.last_at:
            facts.last_at = event.at
    return facts


def _reported(event: Event) -> Facts:
    at = event.at
    promise = event.data.get("promise")
    promises = () if promise is None else ((at, promise),)
    return Facts(
        received_at=at,
        state=lifecycle.NEW,
        turns=[Turn(at, event.data["severity"], promises)],
        askings=[Asking(at)],
        silences=[],
        escalations=[],
        pauses=[],
        resolved_spells=[],
        standing_still_since=None,
        resolved_at=None,
        resolved_turns=None,
        ended_at=None,
        ended_by=None,
        assignee=None,
        warned=set(),
        breached={},
        eligible=set(),
        rungs=set(),
        exclusions={},
        last_at=at,
        is_test=event.data.get("is_test", False),
        is_unverified=event.data.get("is_unverified", False),
        told=frozenset(event.data["imported"]["tells"]) if "imported" in event.data else None,
        component=event.data.get("component", ""),
    )


def _the_team_spoke(facts: Facts, event: Event) -> None:
    asking = facts.askings[-1]
    if facts.dispatched_at is None:
        facts.dispatched_at = event.at
    if asking.met_at is None and asking.cancelled_at is None:
        facts.askings[-1] = Asking(asking.opened_at, met_at=event.at, turns=len(facts.turns))
    _end_silence(facts, event.at, t.REPLIED)
    if event.kind not in (t.RESOLVED, t.MERGED) and facts.state not in (lifecycle.RESOLVED, lifecycle.CLOSED):
        facts.silences.append(Silence(event.at))


def _end_silence(facts: Facts, at: datetime, by: str) -> None:
    if facts.silences and facts.silences[-1].ended_at is None:
        facts.silences[-1] = Silence(facts.silences[-1].opened_at, at, by, len(facts.turns))


def _dispatched(facts: Facts, event: Event) -> None:
    """Where a dispatch is taken back that was the first, the incident is nobody's; the clock it began runs on."""
    facts.assignee = event.data.get("assignee")
    if facts.assignee is None and facts.state == lifecycle.DISPATCHED:
        facts.state = lifecycle.NEW
    if facts.dispatched_at is None:
        facts.dispatched_at = event.at


def _call_logged(facts: Facts, event: Event) -> None:
    if facts.called_at is None:
        facts.called_at = event.at


def _asked(facts: Facts, event: Event) -> None:
    if facts.standing_still_since is None:
        facts.standing_still_since = event.at


def _resumed(facts: Facts, event: Event) -> None:
    if facts.standing_still_since is not None:
        if event.at > facts.standing_still_since:
            facts.pauses.append(Span(facts.standing_still_since, event.at))
        facts.standing_still_since = None


def _classified(facts: Facts, event: Event) -> None:
    facts.component = event.data.get("component", facts.component)
    severity = event.data.get("severity", facts.severity)
    before = facts.turns[-1]
    if severity == before.severity:
        return
    facts.turns.append(Turn(max(event.at, before.at), severity, before.promises))
    if severity < before.severity and event.data.get("reacknowledge") and facts.askings[-1].met_at is not None:
        facts.askings.append(Asking(event.at))
        facts.state = lifecycle.DISPATCHED if facts.assignee is not None else lifecycle.NEW


def _promise_applied(facts: Facts, event: Event) -> None:
    before = facts.turns[-1]
    earlier = () if event.data.get("supersedes") else before.promises
    at = max(event.at, before.at)
    facts.turns.append(Turn(at, before.severity, (*earlier, (at, event.data["promise"]))))


def _linked(facts: Facts, event: Event) -> None:
    if "under" in event.data:
        facts.parent = event.data["under"]
    elif event.data.get("apart"):
        facts.parent = None


def _sender_confirmed(facts: Facts, _event: Event) -> None:
    facts.is_unverified = False


def _replied(facts: Facts, event: Event) -> None:
    metric = event.data.get("reached")
    if metric is not None:
        facts.reached.setdefault(metric, event.at)


def _report_published(facts: Facts, event: Event) -> None:
    facts.reached.setdefault(POST_INCIDENT_REPORT, event.at)


def _resolved(facts: Facts, event: Event) -> None:
    _resumed(facts, event)
    _is_resolved(facts, event)


def _is_resolved(facts: Facts, event: Event) -> None:
    facts.resolved_at = event.at
    facts.resolved_turns = len(facts.turns)


def _reopened(facts: Facts, event: Event) -> None:
    if facts.resolved_at is not None and event.at > facts.resolved_at:
        facts.resolved_spells.append(Span(facts.resolved_at, event.at))
    facts.resolved_at = facts.resolved_turns = None
    if facts.askings[-1].met_at is not None:
        facts.silences.append(Silence(event.at))
        return
    facts.askings.append(Asking(event.at))
    facts.state = lifecycle.DISPATCHED if facts.assignee is not None else lifecycle.NEW


def _recovered(facts: Facts, event: Event) -> None:
    _resumed(facts, event)
    _cancel_what_is_owed(facts, event)
    _is_resolved(facts, event)


def _withdrawn(facts: Facts, event: Event) -> None:
    _resumed(facts, event)
    _cancel_what_is_owed(facts, event)
    _ended(facts, event)


def _cancel_what_is_owed(facts: Facts, event: Event) -> None:
    asking = facts.askings[-1]
    if asking.met_at is None:
        facts.askings[-1] = Asking(asking.opened_at, None, event.at, event.kind, len(facts.turns))
    _end_silence(facts, event.at, event.kind)


def _ended(facts: Facts, event: Event) -> None:
    facts.ended_at = event.at
    facts.ended_by = event.kind
    _end_silence(facts, event.at, event.kind)


def _merged(facts: Facts, event: Event) -> None:
    _resumed(facts, event)
    _ended(facts, event)


def _escalated(facts: Facts, event: Event) -> None:
    if facts.escalation is None:
        facts.escalations.append(Escalation(event.at, None, None))


def _escalation_answered(facts: Facts, event: Event) -> None:
    escalation = facts.escalation
    if escalation is not None and escalation.answered_at is None:
        facts.escalations[-1] = Escalation(escalation.opened_at, event.at, None)


def _escalation_ended(facts: Facts, event: Event) -> None:
    escalation = facts.escalation
    if escalation is not None:
        facts.escalations[-1] = Escalation(escalation.opened_at, escalation.answered_at, event.at)


def _warned(facts: Facts, event: Event) -> None:
    clock = (event.data["metric"], event.data["nth"], event.data["severity"], event.data["promise"])
    facts.warned.update((*clock, passed) for passed in event.data["passed"])


def _breached(facts: Facts, event: Event) -> None:
    key = (event.data["metric"], event.data["nth"])
    facts.breached[key] = event.data["severity"]
    if event.data["eligible"]:
        facts.eligible.add(key)


def _became_eligible(facts: Facts, event: Event) -> None:
    facts.eligible.add((event.data["metric"], event.data["nth"]))


def _rung_reached(facts: Facts, event: Event) -> None:
    facts.rungs.add((event.data["metric"], event.data["nth"], event.data["rung"]))


def _excluded(facts: Facts, event: Event) -> None:
    facts.exclusions[(event.data["metric"], event.data["nth"])] = event.data["reason"]


def _disputed(facts: Facts, event: Event) -> None:
    facts.disputes.append(Dispute(_subject(event), event.at))


def _dispute_answered(facts: Facts, event: Event) -> None:
    dispute = open_about(facts.disputes, _subject(event))
    if dispute is not None:
        standing = UPHELD if event.data["upheld"] else DECLINED
        place = facts.disputes.index(dispute)
        facts.disputes[place] = Dispute(dispute.subject, dispute.opened_at, standing, event.at)


def _subject(event: Event) -> Subject:
    return Subject(event.data["about"], event.data.get("metric", ""), event.data.get("nth", 0))


_CONSEQUENCES: dict[str, Callable[[Facts, Event], None]] = {
    t.DISPATCHED: _dispatched,
    t.CALL_LOGGED: _call_logged,
    t.LINKED: _linked,
    t.SENDER_CONFIRMED: _sender_confirmed,
    t.REPLIED: _replied,
    t.REPORT_PUBLISHED: _report_published,
    t.ASKED: _asked,
    t.ANSWERED: _resumed,
    t.RESUMED: _resumed,
    t.CLASSIFIED: _classified,
    t.ABSORBED: _classified,
    t.PROMISE_APPLIED: _promise_applied,
    t.RESOLVED: _resolved,
    t.REOPENED: _reopened,
    t.RECOVERED: _recovered,
    t.WITHDRAWN: _withdrawn,
    t.CONFIRMED: _ended,
    t.CLOSED: _ended,
    t.MERGED: _merged,
    t.ESCALATED: _escalated,
    t.ESCALATION_ANSWERED: _escalation_answered,
    t.ESCALATION_ENDED: _escalation_ended,
    t.WARNED: _warned,
    t.BREACHED: _breached,
    t.BECAME_ELIGIBLE: _became_eligible,
    t.RUNG_REACHED: _rung_reached,
    t.EXCLUDED: _excluded,
    t.DISPUTED: _disputed,
    t.DISPUTE_ANSWERED: _dispute_answered,
}
