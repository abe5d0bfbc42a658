"""The verbs through the one door: what they leave on the timeline, whom they refuse and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.config.watcher import look_at_some
from watchkeeper.core.lifecycle import NotAllowedNow
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.notify.models import Notice
from watchkeeper.people.access import Refused


def kinds(incident):
    return list(incident.events.values_list("kind", flat=True))


def told(incident, step_begins):
    notices = Notice.objects.for_incident(incident.pk).filter(step__startswith=step_begins)
    return sorted(notices.values_list("recipient", flat=True))


def test_the_first_acknowledgement_counts_and_names_its_person(cast, report):
    incident = report(cast.petra)
    verbs.acknowledge(incident, by=cast.ana)
    assert (incident.state, incident.acknowledged_at) == ("acknowledged", chicago("2026-03-02 10:00"))
    assert incident.messages.get(event__kind="acknowledged").body == "Ana has your report and is working on it."


def test_a_second_acknowledgement_is_refused_and_names_the_first(cast, report, clock):
    incident = report(cast.petra)
    verbs.acknowledge(incident, by=cast.ana)
    clock.advance(timedelta(minutes=1))
    with pytest.raises(verbs.AlreadyAcknowledged, match="Ana acknowledged"):
        verbs.acknowledge(incident, by=cast.bo)
    assert kinds(incident).count("acknowledged") == 1


def test_a_first_public_reply_acknowledges_and_a_note_does_not(cast, report):
    incident = report(cast.petra)
    verbs.note(incident, by=cast.ana, text="seen it before")
    assert incident.acknowledged_at is None
    verbs.reply(incident, by=cast.ana, text="We see it too.")
    assert incident.acknowledged_at is not None


@pytest.mark.parametrize("who", ["petra", "axel"])
def test_neither_customers_nor_account_executives_acknowledge(cast, report, who):
    incident = report(cast.petra)
    with pytest.raises(Refused, match="that is for: engineer, manager"):
        verbs.acknowledge(incident, by=getattr(cast, who))


def test_a_customer_raises_the_severity_and_does_not_lower_it(cast, report):
    incident = report(cast.petra, 3)
    verbs.classify(incident, by=cast.petra, severity=1, reason="all of it is down now")
    assert incident.severity == 1
    with pytest.raises(verbs.NotPossible, match="may raise the severity"):
        verbs.classify(incident, by=cast.petra, severity=4, reason="calmer")


def test_a_change_of_severity_needs_a_reason(cast, report):
    with pytest.raises(verbs.Nothing):
        verbs.classify(report(cast.petra), by=cast.ana, severity=2, reason="  ")


def test_a_breach_is_seen_by_the_watcher_counts_from_due_and_tells_each_role_once(cast, report, clock):
    incident = report(cast.petra)
    verbs.dispatch(incident, to=cast.ana, by=cast.mia)
    clock.set(chicago("2026-03-02 12:00:05"))
    while look_at_some():
        pass
    incident.refresh_from_db()
    breach = incident.events.get(kind="breached")
    assert (breach.at, breach.recorded_at) == (chicago("2026-03-02 12:00"), chicago("2026-03-02 12:00:05"))
    assert (incident.is_breached, incident.may_be_escalated) == (True, True)
    assert told(incident, "breached") == ["ana@vendor.example", "escalation@vendor.example", "mia@vendor.example"]


def test_looking_again_adds_nothing(cast, report, clock):
    incident = report(cast.petra)
    clock.set(chicago("2026-03-02 13:00"))
    while look_at_some():
        pass
    before = kinds(incident)
    assert not look_at_some()
    assert kinds(incident) == before


def test_a_low_breach_goes_to_assignee_and_manager_alone_and_cannot_be_escalated(cast, report, clock):
    incident = report(cast.petra, 4)
    verbs.dispatch(incident, to=cast.ana, by=cast.mia)
    clock.set(chicago("2026-03-09 10:00"))
    while look_at_some():
        pass
    assert told(incident, "breached") == ["ana@vendor.example", "mia@vendor.example"]
    with pytest.raises(verbs.NotPossible, match="not eligible"):
        verbs.escalate(incident, by=cast.petra)


def test_outside_the_level_nothing_is_ever_told_as_a_breach(cast, report, clock):
    incident = report(cast.basil, 3)
    clock.set(chicago("2026-06-01 10:00"))
    assert not look_at_some()
    assert told(incident, "breached") == []


def test_before_the_breach_a_customer_cannot_escalate(cast, report):
    with pytest.raises(verbs.NotPossible, match="from the moment it is breached"):
        verbs.escalate(report(cast.petra), by=cast.petra)


def test_an_escalation_is_one_and_a_second_attempt_joins_it(cast, report, clock):
    incident = report(cast.petra)
    clock.set(chicago("2026-03-02 12:30"))
    look_at_some()
    verbs.escalate(incident, by=cast.petra, text="We lose orders.")
    verbs.escalate(incident, by=cast.petra, text="Still.")
    assert [kind for kind in kinds(incident) if kind.startswith("escalat")] == ["escalated", "escalation_joined"]
    assert told(incident, "escalated") == ["axel@vendor.example"]
    answer = Commitment.objects.of_incident(incident.pk).get(metric="escalation_answer")
    assert answer.due_at == chicago("2026-03-02 14:30")


def test_merging_acknowledges_the_younger_and_raises_the_older(cast, report, clock):
    older = report(cast.petra, 3)
    clock.advance(timedelta(minutes=5))
    younger = report(cast.petra, 1)
    verbs.merge(younger, into=older, by=cast.ana)
    older.refresh_from_db()
    assert (older.severity, younger.state) == (1, "closed")
    assert Commitment.objects.of_incident(younger.pk).get(metric="acknowledgement").outcome == "met"


def test_incidents_of_two_accounts_are_never_merged(cast, report):
    with pytest.raises(verbs.NotPossible, match="two accounts"):
        verbs.merge(report(cast.clara), into=report(cast.petra), by=cast.ana)


def test_what_the_state_forbids_is_refused_and_nothing_is_written(cast, report):
    incident = report(cast.petra)
    with pytest.raises(NotAllowedNow, match="it must be resolved"):
        verbs.confirm(incident, by=cast.petra)
    assert kinds(incident) == ["reported"]


def test_an_incident_is_dispatched_only_to_somebody_who_serves_the_account(cast, report):
    with pytest.raises(verbs.NotPossible, match="does not serve"):
        verbs.dispatch(report(cast.petra), to=cast.axel, by=cast.mia)


def test_only_a_manager_excludes_and_says_why(cast, report):
    incident = report(cast.petra)
    with pytest.raises(Refused):
        verbs.exclude(incident, by=cast.ana, metric="acknowledgement", nth=1, reason="a test")
    verbs.exclude(incident, by=cast.mia, metric="acknowledgement", nth=1, reason="a test of ours")
    assert Commitment.objects.of_incident(incident.pk).get().excluded == "a test of ours"


def test_recorded_times_never_run_backwards_when_the_clock_does(cast, report, clock):
    incident = report(cast.petra)
    clock.advance(timedelta(minutes=-10))
    verbs.acknowledge(incident, by=cast.ana)
    assert incident.acknowledged_at == chicago("2026-03-02 10:00")


def test_the_queue_stands_by_urgency(cast, report):
    late, soon, never = report(cast.petra, 3), report(cast.petra, 1), report(cast.basil, 4)
    assert list(Incident.objects.by_urgency()) == [soon, late, never]


def test_after_a_promise_was_kept_there_is_nothing_to_escalate(cast, report):
    incident = report(cast.petra)
    verbs.acknowledge(incident, by=cast.ana)
    with pytest.raises(verbs.NotPossible, match="every promise so far was kept"):
        verbs.escalate(incident, by=cast.petra)


def test_outside_the_level_there_is_nothing_to_escalate_either(cast, report):
    with pytest.raises(verbs.NotPossible, match="nothing is promised"):
        verbs.escalate(report(cast.basil, 4), by=cast.basil)


def test_the_first_of_the_team_who_speaks_has_it(cast, report):
    incident = report(cast.petra)
    verbs.acknowledge(incident, by=cast.ana)
    assert incident.assignee == cast.ana


def test_who_speaks_later_does_not_take_it_away(cast, report):
    incident = report(cast.petra)
    verbs.dispatch(incident, to=cast.bo, by=cast.mia)
    verbs.reply(incident, by=cast.ana, text="Bo is on it.")
    assert incident.assignee == cast.bo


def test_a_dispatch_is_told_to_whoever_has_the_incident_now_and_not_to_who_had_it(cast, report):
    incident = report(cast.petra)
    verbs.dispatch(incident, to=cast.ana, by=cast.mia)
    verbs.dispatch(incident, to=cast.bo, by=cast.mia)
    assert told(incident, "dispatched:2") == [cast.ana.email]
    assert told(incident, "dispatched:3") == [cast.bo.email]
    assert "assigned to Bo" in Notice.objects.for_incident(incident.pk).get(step="dispatched:3").text


def test_lowered_out_of_the_level_in_the_very_instant_it_was_received_nothing_was_ever_promised(cast, report):
    incident = report(cast.ada, 1)
    verbs.classify(incident, by=cast.ana, severity=4, reason="A detour works")
    assert not Commitment.objects.of_incident(incident.pk).exists()
    assert incident.due_at is None
