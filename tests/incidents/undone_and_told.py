"""What must hold of an incident however it got there: of what was undone on it, and of what an outage told it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from watchkeeper.api import answers
from watchkeeper.clocks.models import Commitment
from watchkeeper.core import leaving
from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import BREACHED
from watchkeeper.core.facts import Facts, facts_of
from watchkeeper.core.lifecycle import OPEN_STATES
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import as_core, standing_of
from watchkeeper.incidents.verbs.taking_back import LASTS
from watchkeeper.notify.models import Notice
from watchkeeper.people import clock
from watchkeeper.people.models import Person


class ToldToAll(NamedTuple):
    """An update or a resolution of an outage: its event on the parent, and the incidents its author named."""

    parent: int
    number: int
    named: frozenset[int]


def taken_back(timeline: Sequence[Event]) -> set[int]:
    """The numbers of the messages that were taken back."""
    return {event.data["event"] for event in timeline if event.kind == t.TAKEN_BACK}


def undone_is_as_if_it_had_not_been(timeline: Sequence[Event]) -> None:
    undone = []
    for event in timeline:
        number = event.data.get("takes_back") or (event.data["event"] if event.kind == t.TAKEN_BACK else None)
        if number is None:
            continue
        meant = timeline[number - 1]
        undone.append(number)
        assert event.person_id == meant.person_id
        if event.kind == t.TAKEN_BACK:
            _was_held_and_is_gone(meant, event)
        else:
            _is_what_it_was(meant, event, timeline)
    assert len(undone) == len(set(undone))


def _was_held_and_is_gone(meant: Event, event: Event) -> None:
    leaves_at = leaving.leaves_at(as_core(meant))
    assert meant.kind in (t.REPLIED, t.ASKED)
    assert leaves_at is not None
    assert event.recorded_at < leaves_at
    assert (meant.message.body, meant.message.taken_back_at) == ("", event.at)
    notices = Notice.objects.for_incident(meant.incident_id).filter(step=f"{meant.kind}:{meant.number}")
    assert set(notices.values_list("status", flat=True)) <= {Notice.Status.SUPPRESSED}


def _is_what_it_was(meant: Event, event: Event, timeline: Sequence[Event]) -> None:
    assert meant.kind == event.kind
    assert "takes_back" not in meant.data
    assert event.recorded_at - meant.recorded_at <= LASTS
    before, after = _facts(timeline[: meant.number - 1]), _facts(timeline[: event.number])
    if event.kind == t.DISPATCHED:
        assert after.assignee == before.assignee
    else:
        assert (event.kind, after.severity) == (t.CLASSIFIED, before.severity)


def a_breach_stays(incident: Incident, timeline: Sequence[Event]) -> None:
    breached = {(event.data["metric"], event.data["nth"]) for event in timeline if event.kind == t.BREACHED}
    outcomes = {(made.metric, made.nth): made.outcome for made in standing_of(incident).commitments}
    assert {outcomes[key] for key in breached} <= {BREACHED}
    assert incident.is_breached >= bool(breached)


def commitment_rows_are_the_fold_s(incident: Incident) -> None:
    rows = Commitment.objects.of_incident(incident.pk).values_list("metric", "nth", "outcome", "due_at", "done_at")
    made = {
        (made.metric, made.nth, made.outcome, made.due_at, made.done_at) for made in standing_of(incident).commitments
    }
    assert set(rows) == made


def its_customers_know_of_no_other_account_s(incident: Incident, incidents: Collection[Incident]) -> None:
    now, gone = clock.now(), taken_back(list(incident.events.all()))
    known = incident.events.known_to_customers().select_related("message")
    for event in known:
        leaves_at = leaving.leaves_at(as_core(event))
        assert leaves_at is None or leaves_at <= now
        assert event.number not in gone
    customers = Person.objects.filter(account=incident.account_id).values_list("email", flat=True)
    told = Notice.objects.for_incident(incident.pk).filter(recipient__in=customers).values_list("subject", "text")
    seen = str([answers.whole(incident, for_the_team=False), list(told)])
    foreign = [each for each in incidents if each.account_id != incident.account_id]
    assert [each.reference for each in foreign if each.reference in seen] == []


def it_reached_each_once(told: ToldToAll, incidents: Collection[Incident]) -> None:
    """Of those who were named, who was an open part of the outage by then; and nobody else."""
    said = Event.objects.select_related("incident").get(incident_id=told.parent, number=told.number)
    is_taken_back = said.number in taken_back(list(said.incident.events.all()))
    for incident in incidents:
        timeline = list(incident.events.order_by("number"))
        before = [event for event in timeline if event.pk < said.pk]
        facts = _facts(before) if before else None
        is_meant = facts and facts.parent == told.parent and facts.state in OPEN_STATES and incident.pk in told.named
        echoes = [event for event in timeline if event.data.get("said_on") == said.incident.reference]
        echoes = [event for event in echoes if event.data["said_as"] == said.number]
        assert [event.kind for event in echoes] == ([said.kind] if is_meant else [])
        if is_taken_back:
            assert {event.number for event in echoes} <= taken_back(timeline)


def _facts(timeline: Sequence[Event]) -> Facts:
    return facts_of([as_core(event) for event in timeline])
