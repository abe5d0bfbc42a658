"""Whoever does, undoes, or says to a whole outage what at once, and however the database's clock jumps, the rows keep
invariants 10, 12, 14, 15 and 22, and those of ``undone_and_told``.

The machine lets people, watchers and clocks loose on a few incidents in a real PostgreSQL. After every step the
timelines, the copies on the rows and the accounts' chains are held to the invariants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import raise_curtain
from tests.harness.clock import Clock
from tests.harness.shared_postgres import SharedPostgres
from tests.incidents.at_once import Act, at_once, at_the_desk, gate_at
from tests.incidents.undone_and_told import (
    ToldToAll,
    a_breach_stays,
    commitment_rows_are_the_fold_s,
    it_reached_each_once,
    its_customers_know_of_no_other_account_s,
    taken_back,
    undone_is_as_if_it_had_not_been,
)
from tests.notify.stage import NAMED_SERVER
from tests.patience import examples
from tests.stage import chicago
from watchkeeper.config.watcher import look_at_some
from watchkeeper.core import timeline as t
from watchkeeper.core.commitments import BREACHED, MET, RUNNING
from watchkeeper.core.leaving import HELD_FOR
from watchkeeper.core.lifecycle import NotAllowedNow
from watchkeeper.core.policy import ACKNOWLEDGEMENT
from watchkeeper.incidents import flow, moment, verbs
from watchkeeper.incidents.evidence import first_flaw
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.incidents.reading import standing_of
from watchkeeper.notify.models import Notice
from watchkeeper.people import clock as database_clock
from watchkeeper.people.models import Account
from watchkeeper.people.wall import for_the_desk

START = chicago("2026-03-06 09:00")  # a Friday: the weekend and the clocks going forward lie ahead
CUSTOMERS = ("basil", "ada", "petra", "clara")
TELEPHONE = "phone"

REFUSALS = (verbs.NotPossible, NotAllowedNow, moment.NotThen)
"""What may be answered to somebody who comes too late."""

ACTS: dict[str, Callable[[Any, Incident], Any]] = {
    "Ana acknowledges": lambda cast, incident: verbs.acknowledge(incident, by=cast.ana),
    "Bo acknowledges": lambda cast, incident: verbs.acknowledge(incident, by=cast.bo),
    "Mia replies": lambda cast, incident: verbs.reply(incident, by=cast.mia, text="We see it too."),
    "Bo asks": lambda cast, incident: verbs.ask(incident, by=cast.bo, text="Which region?"),
    "the customer answers": lambda cast, incident: verbs.reply(incident, by=incident.reporter, text="All of them."),
    "the customer raises": lambda cast, incident: verbs.classify(
        incident, by=incident.reporter, severity=1, reason="all of it is down"
    ),
    "Ana lowers": lambda cast, incident: verbs.classify(incident, by=cast.ana, severity=4, reason="a detour works"),
    "the customer escalates": lambda cast, incident: verbs.escalate(incident, by=incident.reporter),
    "the customer withdraws": lambda cast, incident: verbs.withdraw(incident, by=incident.reporter, reason="solved"),
    "Ana replies and may undo it": lambda cast, incident: verbs.reply(
        incident, by=cast.ana, text="We are on it.", held_for=HELD_FOR
    ),
    "Bo asks and may undo it": lambda cast, incident: verbs.ask(
        incident, by=cast.bo, text="Since when?", held_for=HELD_FOR
    ),
    "Mia dispatches to Bo": lambda cast, incident: verbs.dispatch(incident, to=cast.bo, by=cast.mia),
    "Mia dispatches to Ana": lambda cast, incident: verbs.dispatch(incident, to=cast.ana, by=cast.mia),
    "Ana raises": lambda cast, incident: verbs.classify(incident, by=cast.ana, severity=1, reason="it spreads"),
    "Bo takes it out": lambda cast, incident: verbs.take_out(incident, by=cast.bo),
    "Ana resolves": lambda cast, incident: verbs.resolve(incident, by=cast.ana, text="It was the pool."),
}
TAKING_IT = ("Ana acknowledges", "Bo acknowledges", "Mia replies")
UNDOABLE = (
    "Ana replies and may undo it",
    "Bo asks and may undo it",
    "Mia dispatches to Bo",
    "Ana raises",
    "Ana lowers",
)
TEAM = ("ana", "bo", "mia")
WATCH = "a watcher looks"


class Desk(RuleBasedStateMachine):
    """People, watchers and a clock. ``first_acknowledged`` remembers what must never change, and the number of its
    event: it goes only if that was taken back before it left. ``told_to_all`` are the updates of outages."""

    def __init__(self, postgres: SharedPostgres, database: str, clock: Clock) -> None:
        super().__init__()
        self.postgres, self.database, self.clock = postgres, database, clock
        self.incidents: list[int] = []
        self.first_acknowledged: dict[int, tuple[int, datetime, int]] = {}
        self.told_to_all: list[ToldToAll] = []

    @initialize()
    def open(self) -> None:
        connections.close_all()
        self.postgres.clone(self.database)
        self.clock.set(START)
        self.cast = at_the_desk(raise_curtain)()
        self.accounts = [getattr(self.cast, who).account_id for who in CUSTOMERS]
        for who in CUSTOMERS[:3]:
            self.report(who, 1)

    @rule(who=st.sampled_from(CUSTOMERS), severity=st.integers(1, 5))
    @precondition(lambda self: len(self.incidents) < 5)
    def report(self, who: str, severity: int) -> None:
        person = getattr(self.cast, who)
        said = verbs.Report("The gateway answers 503", "Since ten.", severity)
        reporting = at_the_desk(verbs.report, said, account=person.account, by=person, channel=Incident.Channel.PORTAL)
        self.incidents.append(reporting().pk)

    @rule(minutes=st.sampled_from([1, 14, 16, 61, 130, 600, 3000]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @rule(seconds=st.sampled_from([3, 9, 10, 40]))
    def a_moment_passes(self, seconds: int) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    @rule(minutes=st.integers(1, 200))
    def the_clock_jumps_back(self, minutes: int) -> None:
        self.clock.advance(-timedelta(minutes=minutes))

    @precondition(lambda self: self.incidents)
    @rule(data=st.data(), names=st.lists(st.sampled_from([*TAKING_IT, WATCH]), min_size=2, max_size=4))
    def the_team_takes_it_at_once(self, data: st.DataObject, names: list[str]) -> None:
        self._act_at_once(data.draw(st.sampled_from(self.incidents)), names)

    @precondition(lambda self: self.incidents)
    @rule(data=st.data(), names=st.lists(st.sampled_from([*ACTS, WATCH]), min_size=1, max_size=4))
    def anybody_acts_at_once(self, data: st.DataObject, names: list[str]) -> None:
        self._act_at_once(data.draw(st.sampled_from(self.incidents)), names)

    @rule(data=st.data(), did=st.sampled_from(UNDOABLE), meanwhile=st.sampled_from([None, *ACTS, WATCH]))
    def somebody_undoes_what_they_did(self, data: st.DataObject, did: str, meanwhile: str | None) -> None:
        incident = data.draw(st.sampled_from(self.incidents))
        self._act_at_once(incident, [did])
        self._try_to_undo(data, incident, newest=True, meanwhile=meanwhile)

    @rule(data=st.data(), meanwhile=st.sampled_from([None, *ACTS, WATCH]))
    def somebody_tries_to_undo_anything(self, data: st.DataObject, meanwhile: str | None) -> None:
        self._try_to_undo(data, data.draw(st.sampled_from(self.incidents)), newest=False, meanwhile=meanwhile)

    def _try_to_undo(self, data: st.DataObject, incident: int, *, newest: bool, meanwhile: str | None) -> None:
        with for_the_desk():
            timeline = Event.objects.filter(incident_id=incident).order_by("-number").select_related("person")
            events = [event for event in timeline if event.side == Event.Side.TEAM]
        if not events:
            return
        meant = events[0] if newest else data.draw(st.sampled_from(events))
        by = meant.person if newest else getattr(self.cast, data.draw(st.sampled_from(TEAM)))
        undo = at_the_desk(lambda: verbs.take_back(Incident.objects.get(pk=incident), number=meant.number, by=by))
        self._at_the_gate(incident, undo, *([self._act(meanwhile, incident)] if meanwhile else []))

    @rule(data=st.data(), meanwhile=st.sampled_from([None, *ACTS, WATCH]))
    def it_becomes_part_of_an_outage(self, data: st.DataObject, meanwhile: str | None) -> None:
        incident = data.draw(st.sampled_from(self.incidents))
        self._put_under(data, incident, meanwhile)

    @rule(data=st.data())
    def all_become_part_of_an_outage(self, data: st.DataObject) -> None:
        for incident in self.incidents[1:]:
            self._put_under(data, incident, None, parent=self.incidents[0])

    def _put_under(
        self, data: st.DataObject, incident: int, meanwhile: str | None, *, parent: int | None = None
    ) -> None:
        over = parent or data.draw(st.sampled_from(self.incidents))
        pair = Incident(pk=incident), Incident(pk=over)

        def put() -> Event:
            child, parent = (Incident.objects.get(pk=each.pk) for each in pair)
            return verbs.put_under(child, parent=parent, by=self.cast.ana)

        acts = [at_the_desk(put), *([self._act(meanwhile, incident)] if meanwhile else [])]
        self._at_the_gate(incident, *acts)

    @rule(
        data=st.data(),
        verb=st.sampled_from(["reply_to_all", "reply_to_all", "resolve_all"]),
        is_held=st.booleans(),
        meanwhile=st.sampled_from([None, *ACTS, WATCH]),
        is_undone=st.booleans(),
    )
    def an_outage_is_told(
        self, data: st.DataObject, verb: str, is_held: bool, meanwhile: str | None, is_undone: bool
    ) -> None:
        with for_the_desk():
            below = dict(Incident.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
        parent = data.draw(st.sampled_from(sorted(set(below.values())) or self.incidents))
        named = data.draw(st.sets(st.sampled_from(self.incidents))) | set(below)
        rival = data.draw(st.sampled_from(self.incidents))
        how = {"held_for": HELD_FOR} if is_held and verb == "reply_to_all" else {}

        def tell() -> Event:
            of = [each.reference for each in Incident.objects.filter(pk__in=named)]
            over = Incident.objects.get(pk=parent)
            return getattr(verbs, verb)(over, among=of, by=self.cast.ana, text="The carrier has news.", **how)

        acts = [at_the_desk(tell), *([self._act(meanwhile, rival)] if meanwhile else [])]
        told = self._at_the_gate(parent, *acts)[0]
        if not isinstance(told, Event):
            return
        self.told_to_all.append(ToldToAll(parent, told.number, frozenset(named - {parent})))
        if is_undone:
            self._act_at_once(rival, ["Bo takes it out"])
            undo = at_the_desk(
                lambda: verbs.take_back(Incident.objects.get(pk=parent), number=told.number, by=self.cast.ana)
            )
            self._at_the_gate(parent, undo)

    @precondition(lambda self: self.incidents)
    @rule(data=st.data(), minutes=st.integers(1, 300))
    def a_call_is_logged(self, data: st.DataObject, minutes: int) -> None:
        incident = data.draw(st.sampled_from(self.incidents))

        def log_it() -> Event:
            called_at = database_clock.now() - timedelta(minutes=minutes)
            with moment.past(called_at, source=TELEPHONE):
                return verbs.reply(Incident.objects.get(pk=incident), by=self.cast.ana, text="As said on the phone …")

        with suppress(*REFUSALS):
            at_the_desk(log_it)()

    @rule(watchers=st.integers(2, 3))
    def watchers_look_until_nothing_is_due(self, watchers: int) -> None:
        def look() -> None:
            while look_at_some():
                pass

        with gate_at(self.postgres, self.database, accounts=self.accounts) as gate:
            for answer in at_once(gate, *[look] * watchers):
                if isinstance(answer, BaseException):
                    raise answer
        look()  # what one held while the others looked
        self._nothing_due_is_left()

    @invariant()
    def the_rows_keep_the_invariants(self) -> None:
        with for_the_desk():
            incidents = list(Incident.objects.filter(pk__in=self.incidents).select_related("policy_version", "account"))
            for incident in incidents:
                timeline = list(incident.events.order_by("number").select_related("message"))
                self._acknowledged_first_by_one(incident, timeline)
                _never_dated_back(timeline)
                _breached_once_and_not_early(timeline)
                _on_time_or_breached(incident, timeline)
                _copies_equal_the_timeline(incident)
                _said_once(incident)
                undone_is_as_if_it_had_not_been(timeline)
                a_breach_stays(incident, timeline)
                commitment_rows_are_the_fold_s(incident)
                its_customers_know_of_no_other_account_s(incident, incidents)
            for told in self.told_to_all:
                it_reached_each_once(told, [each for each in incidents if each.pk != told.parent])
            assert [first_flaw(account) for account in Account.objects.all()] == [None] * 4

    def _act_at_once(self, incident: int, names: list[str]) -> None:
        self._at_the_gate(incident, *(self._act(name, incident) for name in names))

    def _at_the_gate(self, incident: int, *acts: Act) -> list[Any]:
        if len(acts) == 1:
            answers = [_done_alone(acts[0])]
        else:
            with gate_at(self.postgres, self.database, incident=incident) as gate:
                answers = at_once(gate, *acts)
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, REFUSALS):
                raise answer
        return answers

    def _act(self, name: str, incident: int) -> Act:
        if name == WATCH:
            return look_at_some
        return at_the_desk(lambda: ACTS[name](self.cast, Incident.objects.get(pk=incident)))

    def _acknowledged_first_by_one(self, incident: Incident, timeline: list[Event]) -> None:
        gone = taken_back(timeline)
        spoken = [event for event in timeline if event.kind in t.TEAM_SPOKE and event.number not in gone]
        number, *_ = self.first_acknowledged.get(incident.pk, (None,))
        if number in gone:
            del self.first_acknowledged[incident.pk]
        assert [event.kind for event in spoken[1:]].count(t.ACKNOWLEDGED) == 0
        if spoken:
            first = (spoken[0].number, spoken[0].at, spoken[0].person_id)
            assert self.first_acknowledged.setdefault(incident.pk, first) == first
        assert incident.acknowledged_at == (spoken[0].at if spoken else None)

    def _nothing_due_is_left(self) -> None:
        with for_the_desk():
            now = database_clock.now()
            for incident in Incident.objects.filter(pk__in=self.incidents):
                standing = standing_of(incident)
                overdue = {
                    (made.metric, made.nth)
                    for made in standing.commitments
                    if made.outcome == BREACHED or (made.outcome == RUNNING and made.due_at and made.due_at < now)
                }
                assert overdue == set(standing.facts.breached)


def _done_alone(act: Act) -> Any:
    try:
        return act()
    except REFUSALS as refused:
        return refused


def _never_dated_back(timeline: list[Event]) -> None:
    recorded = [event.recorded_at for event in timeline]
    assert recorded == sorted(recorded)
    for event in timeline:
        if event.at != event.recorded_at:
            assert event.at < event.recorded_at
            assert event.source == ("due" if event.kind == t.BREACHED else TELEPHONE)


def _breached_once_and_not_early(timeline: list[Event]) -> None:
    breaches = [event for event in timeline if event.kind == t.BREACHED]
    counted = Counter((event.data["metric"], event.data["nth"]) for event in breaches)
    assert set(counted.values()) <= {1}
    for breach in breaches:
        assert breach.at == datetime.fromisoformat(breach.data["due_at"]) < breach.recorded_at


def _on_time_or_breached(incident: Incident, timeline: list[Event]) -> None:
    breached = {(event.data["metric"], event.data["nth"]) for event in timeline if event.kind == t.BREACHED}
    for made in standing_of(incident).commitments:
        if made.metric == ACKNOWLEDGEMENT and made.outcome == MET:
            assert made.done_at <= made.due_at
            assert (made.metric, made.nth) not in breached


def _copies_equal_the_timeline(incident: Incident) -> None:
    copies = flow.copies(standing_of(incident), incident.look_again_at)
    assert {name: getattr(incident, name) for name in copies} == copies


def _said_once(incident: Incident) -> None:
    said = Counter(Notice.objects.for_incident(incident.pk).values_list("step", "recipient", "channel"))
    assert set(said.values()) <= {1}


@pytest.mark.property
def test_people_watchers_and_clocks_let_loose_keep_the_invariants(
    committed_db: None,
    postgres: SharedPostgres,
    test_database: str,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.conf.settings.WATCHKEEPER_SMTP", NAMED_SERVER, raising=False)
    run_state_machine_as_test(
        lambda: Desk(postgres, test_database, clock),
        settings=settings(
            max_examples=examples(3),
            stateful_step_count=12,
            deadline=None,
            phases=[Phase.generate],  # a dozen steps can be read as they are; making them fewer takes minutes
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
