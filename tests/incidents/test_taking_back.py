"""Undoing: a dispatch and a change of severity by an event of their own, a reply before it has left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.notify.stage import NAMED_SERVER
from tests.stage import chicago
from watchkeeper.api import answers
from watchkeeper.clocks.models import Commitment
from watchkeeper.config.watcher import look_at_some
from watchkeeper.core.leaving import HELD_FOR
from watchkeeper.incidents import verbs
from watchkeeper.incidents.announcement import Announcement
from watchkeeper.incidents.evidence import first_flaw
from watchkeeper.incidents.files import GivenFile
from watchkeeper.incidents.models import AttachmentChunk, Incident
from watchkeeper.incidents.reading import standing_of
from watchkeeper.incidents.search import found
from watchkeeper.notify import outbox
from watchkeeper.notify.models import Notice
from watchkeeper.people.access import Refused
from watchkeeper.policies.models import Agreement, PolicyVersion

SECRET = "The key is hunter2."


@pytest.fixture
def mail_server(settings):
    settings.WATCHKEEPER_SMTP = NAMED_SERVER


@pytest.fixture
def held(cast, report, mail_server):
    """``held(text)``: Ana replies at the desk; the incident and the event of her reply."""

    def replied(text=SECRET, **given):
        incident = given.pop("incident", None) or report(cast.petra)
        return incident, verbs.reply(incident, by=cast.ana, text=text, held_for=HELD_FOR, **given)

    return replied


@pytest.fixture
def asked_again(cast):
    """The policy asks for a second acknowledgement after a raise."""
    first = PolicyVersion.objects.get()
    PolicyVersion.objects.create(
        number=2,
        text=f"{first.text}\nreacknowledge_on_raise: yes\n",
        valid_from=first.valid_from + timedelta(days=1),
        published_at=first.published_at,
    )


def acknowledgements(incident):
    """How each acknowledgement stands, and when it is due while it runs."""
    made = [one for one in standing_of(incident).commitments if one.metric == "acknowledgement"]
    return [(one.outcome, one.due_at if one.outcome == "running" else None) for one in made]


def told(incident, step):
    return list(Notice.objects.for_incident(incident.pk).filter(step=step).values_list("recipient", flat=True))


def kinds_known(incident):
    return [event.kind for event in incident.events.known_to_customers().order_by("number")]


# A dispatch


def test_a_dispatch_goes_back_to_who_had_it_and_says_what_it_undoes(cast, report):
    incident = report(cast.petra)
    verbs.dispatch(incident, to=cast.ana, by=cast.mia)
    wrong = verbs.dispatch(incident, to=cast.bo, by=cast.mia)
    event = verbs.take_back(incident, number=wrong.number, by=cast.mia)
    assert (event.kind, event.data["takes_back"], incident.assignee) == ("dispatched", wrong.number, cast.ana)
    assert told(incident, f"dispatched:{event.number}") == [cast.bo.email]
    assert "Ana has it again" in Notice.objects.get(step=f"dispatched:{event.number}").text


def test_the_first_dispatch_undone_leaves_the_incident_new_and_nobodys(cast, report):
    incident = report(cast.petra)
    wrong = verbs.dispatch(incident, to=cast.bo, by=cast.mia)
    due_at = incident.due_at
    verbs.take_back(incident, number=wrong.number, by=cast.mia)
    assert (incident.state, incident.assignee, incident.due_at) == ("new", None, due_at)
    assert standing_of(incident).facts.dispatched_at == wrong.at
    assert first_flaw(cast.premium) is None


def test_only_who_did_it_can_undo_it_and_only_for_five_minutes(cast, report, clock):
    incident = report(cast.petra)
    number = verbs.dispatch(incident, to=cast.bo, by=cast.mia).number
    with pytest.raises(verbs.NotPossible, match="only who did it"):
        verbs.take_back(incident, number=number, by=cast.ana)
    with pytest.raises(Refused):
        verbs.take_back(incident, number=number, by=cast.petra)
    clock.advance(timedelta(minutes=5, seconds=1))
    with pytest.raises(verbs.NotPossible, match="more than 5 minutes ago"):
        verbs.take_back(incident, number=number, by=cast.mia)


def test_what_has_moved_on_is_not_undone_and_says_what_happened(cast, report):
    incident = report(cast.petra)
    number = verbs.dispatch(incident, to=cast.bo, by=cast.mia).number
    verbs.acknowledge(incident, by=cast.bo)
    with pytest.raises(verbs.NotPossible, match="moved on: it was acknowledged by Bo since"):
        verbs.take_back(incident, number=number, by=cast.mia)


def test_what_was_undone_is_not_undone_again_nor_is_the_undoing(cast, report):
    incident = report(cast.petra)
    number = verbs.dispatch(incident, to=cast.bo, by=cast.mia).number
    undone = verbs.take_back(incident, number=number, by=cast.mia)
    with pytest.raises(verbs.NotPossible, match="undone already"):
        verbs.take_back(incident, number=number, by=cast.mia)
    with pytest.raises(verbs.NotPossible, match="undid something itself"):
        verbs.take_back(incident, number=undone.number, by=cast.mia)
    with pytest.raises(verbs.NotPossible, match="there is no event 99"):
        verbs.take_back(incident, number=99, by=cast.mia)


@pytest.mark.parametrize("verb", ["acknowledge", "resolve", "note"])
def test_an_acknowledgement_a_resolution_and_a_note_are_never_undone(cast, report, verb):
    incident = report(cast.petra)
    event = getattr(verbs, verb)(incident, by=cast.ana, text="Done.")
    with pytest.raises(verbs.NotPossible, match=f"what was {event.kind} stays"):
        verbs.take_back(incident, number=event.number, by=cast.ana)


# A change of severity


def test_a_raise_undone_falls_back_to_the_milder_clock_counted_from_receipt(cast, report, clock):
    incident = report(cast.petra, 3)
    due_at = incident.due_at
    clock.advance(timedelta(minutes=10))
    raised = verbs.classify(incident, by=cast.ana, severity=1, reason="Down")
    assert incident.due_at < due_at
    clock.advance(timedelta(minutes=1))
    event = verbs.take_back(incident, number=raised.number, by=cast.ana)
    assert (incident.severity, incident.due_at, event.data["takes_back"]) == (3, due_at, raised.number)
    assert told(incident, f"classified:{event.number}") == [cast.petra.email]


def test_a_lowering_undone_makes_the_promise_no_later_than_it_was_and_keeps_a_breach(cast, report, clock, look_again):
    incident = report(cast.petra, 1)
    due_at = incident.due_at
    clock.set(due_at - timedelta(minutes=1))
    lowered = verbs.classify(incident, by=cast.ana, severity=3, reason="Milder")
    clock.advance(timedelta(minutes=2))
    verbs.take_back(incident, number=lowered.number, by=cast.ana)
    assert (incident.severity, incident.is_breached) == (1, False)
    assert incident.due_at == due_at + timedelta(minutes=2)  # it stood still while it stood at the milder one
    clock.set(incident.due_at + timedelta(minutes=1))
    look_again(incident)
    number = verbs.classify(incident, by=cast.ana, severity=3, reason="Milder").number
    verbs.take_back(incident, number=number, by=cast.ana)
    assert incident.is_breached


def test_a_severity_the_customer_changed_since_stays(cast, report):
    incident = report(cast.petra, 3)
    number = verbs.classify(incident, by=cast.ana, severity=4, reason="Milder").number
    verbs.classify(incident, by=cast.petra, severity=2, reason="It is worse")
    with pytest.raises(verbs.NotPossible, match="classified by Petra since"):
        verbs.take_back(incident, number=number, by=cast.ana)


def test_a_raise_undone_leaves_the_second_acknowledgement_owed_in_the_milder_window_from_the_raise(
    cast, report, clock, asked_again
):
    incident = report(cast.petra, 3)
    first = verbs.acknowledge(incident, by=cast.ana)
    clock.advance(timedelta(minutes=10))
    raised = verbs.classify(incident, by=cast.ana, severity=1, reason="Down")
    assert acknowledgements(incident) == [("met", None), ("running", raised.at + timedelta(hours=2))]
    clock.advance(timedelta(minutes=1))
    verbs.take_back(incident, number=raised.number, by=cast.ana)
    eight_hours_on = chicago("2026-03-03 09:10")
    assert acknowledgements(incident) == [("met", None), ("running", eight_hours_on)]
    assert (incident.state, incident.severity, incident.due_at) == ("dispatched", 3, eight_hours_on)
    assert incident.acknowledged_at == first.at
    verbs.acknowledge(incident, by=cast.bo)
    assert acknowledgements(incident) == [("met", None), ("met", None)]
    assert (incident.state, incident.acknowledged_at) == ("acknowledged", first.at)


def test_a_second_acknowledgement_stays_met_when_its_raise_is_undone(cast, report, asked_again):
    incident = report(cast.petra, 3)
    verbs.acknowledge(incident, by=cast.ana)
    raised = verbs.classify(incident, by=cast.ana, severity=1, reason="Down")
    verbs.acknowledge(incident, by=cast.bo)
    verbs.take_back(incident, number=raised.number, by=cast.ana)
    assert acknowledgements(incident) == [("met", None), ("met", None)]
    assert (incident.state, incident.severity) == ("acknowledged", 3)


def test_a_lowering_undone_asks_for_no_acknowledgement_though_it_raises(cast, report, asked_again):
    incident = report(cast.petra, 1)
    verbs.acknowledge(incident, by=cast.ana)
    lowered = verbs.classify(incident, by=cast.ana, severity=3, reason="Milder")
    verbs.take_back(incident, number=lowered.number, by=cast.ana)
    assert acknowledgements(incident) == [("met", None)]
    assert (incident.state, incident.severity) == ("acknowledged", 1)


# A reply


def test_a_reply_counts_at_once_and_nobody_but_the_team_knows_before_it_leaves(cast, held, clock, browser_of):
    incident, said = held(given_files=[GivenFile("k.txt", "text/plain", b"hunter2")])
    assert (incident.state, incident.acknowledged_at) == ("acknowledged", said.at)
    page = f"/incidents/{incident.reference}"
    before = browser_of(cast.petra).get(page).content.decode()
    assert "hunter2" not in before
    assert "k.txt" not in before
    assert "replied" not in kinds_known(incident)
    assert "cknowledged" not in before.partition("<main")[2].partition("Timeline")[0]
    clock.advance(HELD_FOR)
    assert "hunter2" in browser_of(cast.petra).get(page).content.decode()


def test_an_account_s_token_and_a_search_find_it_only_once_it_has_left(cast, held, clock):
    incident, said = held()
    read = answers.whole(Incident.objects.get(pk=incident.pk), for_the_team=False)
    assert (read.state, read.acknowledged_at) == ("dispatched", None)
    assert all(happened.kind != "replied" for happened in read.timeline)
    assert [made.outcome for made in read.commitments][:1] == ["running"]
    assert answers.whole(Incident.objects.get(pk=incident.pk), for_the_team=True).state == "acknowledged"
    finds = Incident.objects.filter(found("hunter2", reader=cast.petra))
    assert not finds.exists()
    clock.advance(HELD_FOR)
    assert finds.exists()
    read = answers.whole(Incident.objects.get(pk=incident.pk), for_the_team=False)
    assert (read.state, read.acknowledged_at) == ("acknowledged", said.at)


def test_its_mail_waits_until_it_leaves(cast, held, clock):
    incident, said = held()
    notice = Notice.objects.get(incident_id=incident.pk, step=f"replied:{said.number}")
    assert outbox.claim(notice.pk) is None
    assert outbox.sweep().called == 0
    clock.advance(HELD_FOR)
    assert outbox.sweep().called == 1
    assert outbox.claim(notice.pk) is not None


def test_the_customer_is_nudged_when_it_leaves_and_not_before(cast, held, clock, monkeypatch):
    called = []
    monkeypatch.setattr("watchkeeper.incidents.flow.announce", called.extend)
    incident, said = held()
    verbs.note(incident, by=cast.bo, text="I wonder.")
    assert [one.is_for_customers for one in called[1:]] == [True, False]  # who has it; a note
    assert incident.look_again_at == said.recorded_at + HELD_FOR
    clock.advance(HELD_FOR)
    called.clear()
    look_at_some()
    assert called == [Announcement(incident.pk, incident.account_id, True)]


def test_a_reply_taken_back_reaches_nobody_and_counts_for_nothing(cast, held, clock, browser_of):
    incident, said = held(given_files=[GivenFile("k.txt", "text/plain", b"hunter2")])
    clock.advance(timedelta(seconds=9))
    event = verbs.take_back(incident, number=said.number, by=cast.ana)
    assert (event.kind, event.data) == ("taken_back", {"event": said.number})
    assert (incident.state, incident.acknowledged_at) == ("dispatched", None)
    notice = Notice.objects.get(incident_id=incident.pk, step=f"replied:{said.number}")
    assert (notice.status, notice.text) == ("suppressed", Notice.REDACTED)
    message = incident.messages.get(event=said)
    assert (message.body, message.erased_by) == ("", cast.ana)
    assert not AttachmentChunk.objects.exists()
    clock.advance(timedelta(minutes=1))
    assert kinds_known(incident) == ["reported"]
    page = browser_of(cast.petra).get(f"/incidents/{incident.reference}").content.decode()
    assert "hunter2" not in page
    assert "rased" not in page
    assert first_flaw(cast.premium) is None


def test_a_reply_taken_back_after_the_due_time_leaves_the_breach_at_the_due_time(cast, held, report, clock):
    incident = report(cast.petra)
    clock.set(incident.due_at - timedelta(seconds=3))
    due_at = incident.due_at
    _, said = held(incident=incident)
    clock.advance(timedelta(seconds=8))
    look_at_some()
    assert not incident.events.filter(kind="breached").exists()
    verbs.take_back(incident, number=said.number, by=cast.ana)
    breach = incident.events.get(kind="breached")
    assert (breach.at, breach.source, incident.is_breached) == (due_at, "due", True)


def test_it_can_no_longer_be_taken_back_when_it_is_about_to_leave(cast, held, clock):
    incident, said = held()
    clock.advance(HELD_FOR - timedelta(milliseconds=400))
    with pytest.raises(verbs.NotPossible, match="it has left"):
        verbs.take_back(incident, number=said.number, by=cast.ana)


def test_a_mail_that_a_worker_has_taken_up_keeps_all_of_it_as_it_is(cast, held):
    incident, said = held()
    notices = Notice.objects.filter(incident_id=incident.pk, step=f"replied:{said.number}")
    notices.update(next_attempt_at=said.recorded_at)
    outbox.claim(notices.get().pk)
    with pytest.raises(verbs.NotPossible, match="it has left"):
        verbs.take_back(incident, number=said.number, by=cast.ana)
    assert incident.messages.get(event=said).body == SECRET


def test_a_question_taken_back_lets_the_clocks_go_on_as_if_it_had_not_been_asked(cast, report, clock):
    incident = report(cast.petra)
    asked = verbs.ask(incident, by=cast.ana, text="Which?", held_for=HELD_FOR)
    assert incident.state == "waiting"
    verbs.take_back(incident, number=asked.number, by=cast.ana)
    assert incident.state == "dispatched"
    assert standing_of(incident).facts.standing_still_since is None


def test_a_question_on_which_something_rests_is_not_taken_back(cast, report):
    incident = report(cast.petra)
    asked = verbs.ask(incident, by=cast.ana, text="Which?", held_for=HELD_FOR)
    verbs.resume(incident, by=cast.bo, reason="Seen")
    with pytest.raises(verbs.NotPossible, match="rests on what was said"):
        verbs.take_back(incident, number=asked.number, by=cast.ana)
    assert incident.messages.get(event=asked).body == "Which?"


def test_somebody_else_can_acknowledge_after_it_was_taken_back(cast, held):
    incident, said = held()
    with pytest.raises(verbs.AlreadyAcknowledged):
        verbs.acknowledge(incident, by=cast.bo)
    verbs.take_back(incident, number=said.number, by=cast.ana)
    verbs.acknowledge(incident, by=cast.bo)
    with pytest.raises(verbs.AlreadyAcknowledged, match="Bo acknowledged"):
        verbs.acknowledge(incident, by=cast.ana)


def test_a_workaround_said_in_a_reply_that_was_taken_back_was_never_there(cast, held):
    incident, said = held(reached="workaround")
    assert standing_of(incident).facts.reached == {"workaround": said.at}
    verbs.take_back(incident, number=said.number, by=cast.ana)
    assert standing_of(incident).facts.reached == {}


def test_a_promise_that_began_with_it_is_gone_with_it(cast, held, report):
    with_updates = "sla: Contracted\nupdate:\n  1: {within: 1h, hours: premium}\n"
    Agreement.objects.filter(account=cast.contracted).update(sla_text=with_updates)
    incident = report(cast.clara, 1)
    rows = Commitment.objects.of_incident(incident.pk)
    before = set(rows.values_list("metric", "nth", "outcome"))
    _, said = held(incident=incident)
    assert ("update", 1, "running") in set(rows.values_list("metric", "nth", "outcome"))
    verbs.take_back(incident, number=said.number, by=cast.ana)
    assert set(rows.values_list("metric", "nth", "outcome")) == before


def test_when_it_was_is_on_the_record(cast, held):
    incident, said = held()
    event = verbs.take_back(incident, number=said.number, by=cast.ana)
    assert event.at >= said.at == chicago("2026-03-02 10:00")
