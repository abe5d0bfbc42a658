"""Invariants 10, 12, 14 and 15 on the real PostgreSQL: verbs and watchers that meet, die, and see clocks go back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection

from tests.cast import Cast, raise_curtain
from tests.harness.clock import Clock
from tests.harness.shared_postgres import SharedPostgres
from tests.incidents.at_once import Gate, at_once, at_the_desk, gate_at
from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.config.watcher import AT_ONCE, look_at_some
from watchkeeper.incidents import verbs
from watchkeeper.incidents.evidence import first_flaw
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.notify import outbox
from watchkeeper.notify.models import Notice
from watchkeeper.notify.outbox import Recipient, Saying
from watchkeeper.notify.wording import Words
from watchkeeper.people.models import Person
from watchkeeper.people.wall import for_the_desk

MONDAY = chicago("2026-03-02 10:00")
DUE = chicago("2026-03-02 12:00")
A_MICROSECOND = timedelta(microseconds=1)
A_MINUTE = timedelta(minutes=1)

Gates = Callable[..., AbstractContextManager[Gate]]


@pytest.fixture
def cast(committed_db: None, clock: Clock) -> Cast:
    clock.set(MONDAY)
    return at_the_desk(raise_curtain)()


@pytest.fixture
def gates(postgres: SharedPostgres, test_database: str) -> Gates:
    return partial(gate_at, postgres, test_database)


@pytest.fixture
def incident(cast: Cast) -> Incident:
    """A Critical of the Premium account, reported on Monday at ten and due at noon."""
    return report(cast.petra)


def report(person: Person, severity: int = 1) -> Incident:
    said = verbs.Report("The gateway answers 503", "Since ten, for every route.", severity)
    return at_the_desk(verbs.report, said, account=person.account, by=person, channel=Incident.Channel.PORTAL)()


def acknowledging(incident: Incident, by: Person) -> Callable[[], Event]:
    return at_the_desk(verbs.acknowledge, Incident(pk=incident.pk, policy_version=incident.policy_version), by=by)


def events(incident: Incident, kind: str) -> list[Event]:
    with for_the_desk():
        return list(incident.events.filter(kind=kind))


def looks_until_nothing_is_due() -> int:
    looked_at = 0
    while some := look_at_some():
        looked_at += some
    return looked_at


class TestFirstReports:
    def test_the_first_reports_of_an_account_at_once_are_accepted_and_so_is_the_next(
        self, cast: Cast, gates: Gates
    ) -> None:
        with gates(accounts=[cast.premium.pk]) as gate:
            first = at_once(gate, *[partial(report, cast.petra)] * 3)

        assert {type(accepted) for accepted in [*first, report(cast.petra)]} == {Incident}


class TestOneFirstAcknowledgement:
    def test_of_many_at_once_one_wins_and_the_others_learn_who_was_first(
        self, cast: Cast, incident: Incident, gates: Gates
    ) -> None:
        with gates(incident=incident.pk) as gate:
            answers = at_once(gate, *(acknowledging(incident, by) for by in (cast.ana, cast.bo, cast.mia) * 2))

        (won,) = (answer for answer in answers if isinstance(answer, Event))
        refused = [answer for answer in answers if isinstance(answer, verbs.AlreadyAcknowledged)]
        assert len(refused) == 5
        assert {str(answer) for answer in refused} == {
            f"{won.person.name} acknowledged {incident.reference} first, at 2026-03-02 16:00:00 UTC"
        }
        assert [event.pk for event in events(incident, "acknowledged")] == [won.pk]

    def test_at_once_with_a_first_reply_the_commitment_is_met_once(
        self, cast: Cast, incident: Incident, gates: Gates
    ) -> None:
        replying = at_the_desk(verbs.reply, incident, by=cast.bo, text="We see it too.")
        with gates(incident=incident.pk) as gate:
            acknowledged, replied = at_once(gate, acknowledging(incident, cast.ana), replying)

        assert isinstance(replied, Event)
        assert isinstance(acknowledged, Event | verbs.AlreadyAcknowledged)
        with for_the_desk():
            assert Commitment.objects.of_incident(incident.pk).get().outcome == "met"
            assert first_flaw(cast.premium) is None


class TestNoBackDating:
    def test_who_waited_at_the_door_counts_from_when_they_got_in(
        self, cast: Cast, incident: Incident, gates: Gates, clock: Clock
    ) -> None:
        clock.set(DUE - A_MINUTE)
        with gates(incident=incident.pk) as gate:
            (acknowledged,) = at_once(
                gate, acknowledging(incident, cast.ana), meanwhile=lambda: clock.set(DUE + A_MINUTE)
            )

        assert (acknowledged.at, acknowledged.recorded_at) == (DUE + A_MINUTE, DUE + A_MINUTE)
        assert [breach.at for breach in events(incident, "breached")] == [DUE]

    def test_a_clock_that_jumps_back_turns_no_timeline_back(self, cast: Cast, incident: Incident, clock: Clock) -> None:
        clock.set(MONDAY - timedelta(minutes=10))
        acknowledged = acknowledging(incident, cast.ana)()
        assert (acknowledged.at, acknowledged.recorded_at) == (MONDAY, MONDAY)


class TestBreach:
    def test_at_the_due_instant_itself_nothing_is_breached_and_a_microsecond_later_it_is(
        self, incident: Incident, clock: Clock
    ) -> None:
        clock.set(DUE)
        looks_until_nothing_is_due()
        assert events(incident, "breached") == []
        clock.set(DUE + A_MICROSECOND)
        looks_until_nothing_is_due()
        (breach,) = events(incident, "breached")
        assert (breach.at, breach.recorded_at) == (DUE, DUE + A_MICROSECOND)

    def test_watchers_at_once_breach_each_incident_once(self, cast: Cast, gates: Gates, clock: Clock) -> None:
        incidents = [report(cast.petra) for _ in range(AT_ONCE * 2 + 2)]
        clock.set(DUE + A_MINUTE)
        with gates(accounts=[cast.premium.pk]) as gate:
            looked_at = at_once(gate, *[looks_until_nothing_is_due] * 4)

        assert sum(looked_at) == len(incidents)
        for incident in incidents:
            assert len(events(incident, "breached")) == 1
            assert told_of_breach(incident) == [
                "escalation@vendor.example",
                "mia@vendor.example",
                "oncall@vendor.example",
            ]

    def test_a_watcher_whose_backend_is_ended_while_it_works_leaves_its_work_to_the_next(
        self, cast: Cast, incident: Incident, gates: Gates, clock: Clock
    ) -> None:
        clock.set(DUE + A_MINUTE)
        with gates(accounts=[cast.premium.pk]) as gate:
            (died,) = at_once(gate, look_at_some, meanwhile=lambda: end_those_who_wait(gate))

        assert isinstance(died, OperationalError)
        assert events(incident, "breached") == []
        assert looks_until_nothing_is_due() == 1
        assert len(events(incident, "breached")) == 1

    def test_a_watcher_that_dies_before_any_of_its_statements_leaves_all_or_nothing(
        self, cast: Cast, postgres: SharedPostgres, clock: Clock
    ) -> None:
        clock.set(DUE + A_MINUTE)
        died_before = 0
        with postgres.superuser() as superuser:
            for number in range(1, 500):
                incident = overdue(cast, clock)
                if not dies_before_statement(number, look_at_some, superuser):
                    break
                died_before = number
                assert_nothing_was_done(incident)
                assert looks_until_nothing_is_due() == 1
                assert_all_was_done_once(incident)
        assert_all_was_done_once(incident)
        assert died_before > 10, "a look at a breach takes more statements than that"
        with for_the_desk():
            assert first_flaw(cast.premium) is None


class TestOneOutageAtATime:
    @pytest.mark.parametrize("moved_to", ["another outage", "no outage"])
    def test_who_would_take_out_what_was_moved_while_they_waited_is_told_to_look_again(
        self, cast: Cast, incident: Incident, gates: Gates, moved_to: str
    ) -> None:
        child, another = report(cast.ada), report(cast.clara)
        putting = partial(at_the_desk, verbs.put_under, child, by=cast.ana)
        putting(parent=incident)()
        bo_moves_it = {
            "another outage": putting(parent=another),
            "no outage": at_the_desk(verbs.take_out, child, by=cast.bo),
        }[moved_to]
        with gates(incident=child.pk) as gate:
            moved, refused = at_once(gate, bo_moves_it, at_the_desk(verbs.take_out, child, by=cast.ana))

        assert isinstance(moved, Event)
        assert isinstance(refused, verbs.NotPossible)
        assert "was moved meanwhile" in str(refused)
        with for_the_desk():
            child.refresh_from_db()
        assert child.parent_id == (another.pk if moved_to == "another outage" else None)
        assert [event.person for event in events(child, "linked") if event.data.get("apart")] == (
            [] if moved_to == "another outage" else [cast.bo]
        )


class TestNobodyWaitsInACircle:
    def test_a_merge_and_a_watcher_at_the_younger_end_both(
        self, cast: Cast, incident: Incident, gates: Gates, clock: Clock
    ) -> None:
        clock.advance(A_MINUTE)
        younger = report(cast.petra)
        acknowledging(incident, cast.ana)()
        clock.set(DUE + timedelta(minutes=5))
        merging = at_the_desk(verbs.merge, younger, into=incident, by=cast.ana)
        with gates(accounts=[cast.premium.pk]) as gate:
            merged, looked = at_once(gate, merging, look_at_some)

        assert (merged.kind, looked) == ("merged", False)
        assert len(events(younger, "breached")) == 1

    def test_an_update_of_an_outage_and_a_watcher_at_two_of_its_accounts_end_both(
        self, cast: Cast, gates: Gates, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        first, last = sorted((cast.premium, cast.contracted), key=lambda account: account.pk)
        of = {cast.premium: cast.petra, cast.contracted: cast.clara}
        due = [report(of[account]) for account in (first, last)]
        parent, child = report(of[last], 3), report(of[first], 3)
        at_the_desk(verbs.put_under, child, parent=parent, by=cast.ana)()
        clock.set(DUE + A_MINUTE)
        telling = at_the_desk(
            verbs.reply_to_all, parent, among=[child.reference], by=cast.ana, text="The carrier is down."
        )
        with gates(accounts=[last.pk]) as gate:
            told, looked = at_once(gate, telling, look_at_some)

        assert isinstance(told, Event)
        assert (looked, caplog.messages) == (2, [])
        assert [len(events(incident, "breached")) for incident in due] == [1, 1]

    def test_a_notice_of_a_locked_incident_can_be_written(self, cast: Cast, incident: Incident, gates: Gates) -> None:
        words = Words(subject="Late", text="Nobody has answered.\n", urgency="alarm", is_automatic=True)
        saying = Saying(
            step="late", to=Recipient(cast.mia.email), words=words, account_id=None, incident_id=incident.pk
        )
        with gates(accounts=[cast.premium.pk]) as gate:
            at_once(gate, acknowledging(incident, cast.ana), meanwhile=at_the_desk(outbox.queue, saying))
        with for_the_desk():
            assert Notice.objects.for_incident(incident.pk).filter(step="late").count() == 1

    def test_a_watcher_that_waited_too_long_looks_again_in_a_second(
        self, cast: Cast, incident: Incident, gates: Gates, clock: Clock
    ) -> None:
        clock.set(DUE + A_MINUTE)
        with gates(accounts=[cast.premium.pk]), connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '1ms'")
            assert look_at_some()
        assert events(incident, "breached") == []
        clock.advance(timedelta(seconds=1))
        assert look_at_some()
        assert len(events(incident, "breached")) == 1


def told_of_breach(incident: Incident) -> list[str]:
    with for_the_desk():
        notices = Notice.objects.for_incident(incident.pk).filter(step__startswith="breached:")
        return sorted(notices.values_list("recipient", flat=True))


def end_those_who_wait(gate: Gate) -> None:
    for pid in gate.pids_waiting():
        gate.watcher.execute("select pg_terminate_backend(%s, 10000)", [pid])


def overdue(cast: Cast, clock: Clock) -> Incident:
    """A Critical of the Premium account that was due a minute ago, and that nobody has looked at."""
    clock.set(MONDAY)
    incident = report(cast.petra)
    clock.set(DUE + A_MINUTE)
    return incident


def dies_before_statement(number: int, act: Callable[[], Any], superuser: Any) -> bool:
    """Do ``act`` and end its backend just before its statement ``number``; false where it has fewer."""
    sent = 0

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal sent
        sent += 1
        if sent == number:
            pid = context["connection"].connection.info.backend_pid
            superuser.execute("select pg_terminate_backend(%s, 10000)", [pid])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        try:
            act()
        except OperationalError:
            connection.close()
            return True
    return False


def assert_nothing_was_done(incident: Incident) -> None:
    assert events(incident, "breached") == []
    assert told_of_breach(incident) == []
    with for_the_desk():
        assert Commitment.objects.of_incident(incident.pk).get().outcome == "running"


def assert_all_was_done_once(incident: Incident) -> None:
    assert len(events(incident, "breached")) == 1
    assert len(told_of_breach(incident)) == 3
    with for_the_desk():
        assert Commitment.objects.of_incident(incident.pk).get().outcome == "breached"
