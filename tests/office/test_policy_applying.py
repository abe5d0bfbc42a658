"""Laying what is promised now on open incidents: what would move is listed, what is chosen is moved, nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.cast import ALWAYS
from tests.policy_texts import FASTER, SLOWER, WITHOUT_COSMETIC, replaced
from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.clocks.models import Commitment
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.office.publishing.moves import preview
from watchkeeper.people import clock as desk_clock
from watchkeeper.people.wall import stand_for_the_desk
from watchkeeper.policies.models import Agreement
from watchkeeper.policies.publishing import publish

THERE = "/desk/policy/promises"
TODAY = date(2026, 3, 2)


@pytest.fixture
def mia(cast, browser_of):
    return browser_of(cast.mia)


@pytest.fixture
def incident(cast, report, clock) -> Incident:
    """Premium, High: due at two under the first version; it is half past ten now."""
    reported = report(cast.petra, 2)
    clock.set(chicago("2026-03-02 10:30"))
    return reported


def seen():
    stand_for_the_desk()
    return preview(Incident.objects.open().select_related("account", "policy_version"), at=desk_clock.now())


def due(incident):
    stand_for_the_desk()
    return Commitment.objects.of_incident(incident.pk).get(metric="acknowledgement").due_at


def applied_to(incident):
    return [
        (each.data["supersedes"], each.data.get("reason")) for each in incident.events.filter(kind="promise_applied")
    ]


def post(browser, **given):
    answer = browser.post(THERE, given, follow=True)
    stand_for_the_desk()
    return answer


def test_a_new_version_moves_nothing_by_itself_and_what_it_would_move_is_listed(cast, report, incident):
    report(cast.ada, 2)
    publish(FASTER, valid_from=TODAY)
    (moved,) = seen().sooner
    assert moved.incident == incident
    assert [(move.was, move.would) for move in moved.moves] == [
        (chicago("2026-03-02 14:00"), chicago("2026-03-02 12:30"))
    ]
    assert (seen().later, seen().impossible) == ([], [])
    assert due(incident) == chicago("2026-03-02 14:00")


def test_what_is_chosen_is_applied_as_an_event_and_the_rest_stays(cast, report, incident, mia):
    other = report(cast.petra, 2)
    publish(FASTER, valid_from=TODAY)
    shown = words_of(mia.get(THERE).content)
    assert incident.reference in shown
    assert "Acknowledgement: Mon 2 Mar, 14:00 → would be Mon 2 Mar, 12:30" in shown
    answer = post(mia, sooner=[incident.reference])
    assert f"Applied to 1 incident: {incident.reference}." in words_of(answer.content)
    assert (due(incident), applied_to(incident)) == (chicago("2026-03-02 12:30"), [(False, None)])
    assert (due(other), applied_to(other)) == (chicago("2026-03-02 14:30"), [])


def test_what_was_applied_is_listed_no_more(cast, incident, mia):
    publish(FASTER, valid_from=TODAY)
    post(mia, sooner=[incident.reference])
    assert seen().sooner == []
    assert "No due time would move" in words_of(mia.get(THERE).content)


def test_later_for_the_customer_is_listed_apart_and_needs_a_reason(cast, incident, mia):
    publish(SLOWER, valid_from=TODAY)
    assert seen().sooner == []
    (moved,) = seen().later
    assert [(move.would, move.is_later) for move in moved.moves] == [(chicago("2026-03-02 19:30"), True)]
    refused = post(mia, later=[incident.reference])
    assert refused.status_code == 422
    assert "Later for the customer needs a reason" in words_of(refused.content)
    assert due(incident) == chicago("2026-03-02 14:00")
    post(mia, later=[incident.reference], reason="Agreed with Petra by telephone")
    assert due(incident) == chicago("2026-03-02 19:30")
    assert applied_to(incident) == [(True, "Agreed with Petra by telephone")]


def test_a_faster_promise_begun_anew_is_never_offered_as_later(cast, incident, clock):
    """At half past one, two hours from now would be later than two o'clock, and nobody wants that."""
    publish(FASTER, valid_from=TODAY)
    clock.set(chicago("2026-03-02 13:30"))
    verbs.note(incident, by=cast.ana, text="Under the new terms this would be breached by now")
    assert (seen().sooner, seen().later) == ([], [])


def test_an_upgrade_is_a_newer_promise_too(cast, report, mia):
    incident = report(cast.basil, 1)
    Agreement.objects.create(account=cast.basic, level="premium", period=ALWAYS)
    (moved,) = seen().sooner
    assert moved.moves[0].would == chicago("2026-03-02 12:00")
    post(mia, sooner=[incident.reference])
    assert due(incident) == chicago("2026-03-02 12:00")


def test_other_severities_are_told_and_never_applied(cast, report, incident, mia):
    publish(WITHOUT_COSMETIC.replace("2: {within: 4h,", "2: {within: 2h,"), valid_from=TODAY)
    ((told, reason),) = seen().impossible
    assert told == incident
    assert "other severities" in reason
    answer = post(mia, sooner=[incident.reference])
    assert f"Not applied to {incident.reference}: version 2 of the policy has other severities" in words_of(
        answer.content
    )
    assert applied_to(incident) == []


def test_a_planned_version_moves_nothing_yet(cast, incident):
    publish(FASTER, valid_from=date(2026, 4, 1))
    assert seen().sooner == []


def test_a_version_that_changes_another_level_moves_nothing(cast, incident):
    text = replaced("    features: [proactive guidance,", "    features: [hand-holding,")
    publish(text, valid_from=TODAY)
    assert (seen().sooner, seen().later) == ([], [])


def test_what_was_resolved_meanwhile_is_told_and_the_others_are_applied(cast, report, incident, mia):
    other = report(cast.petra, 2)
    publish(FASTER, valid_from=TODAY)
    verbs.resolve(other, by=cast.ana, text="Done")
    answer = post(mia, sooner=[other.reference, incident.reference, "WK-NOSUCH", "\0"])
    shown = words_of(answer.content)
    assert f"Not applied to {other.reference}: it is not open any more." in shown
    assert "Not applied to WK-NOSUCH" in shown
    assert f"Applied to 1 incident: {incident.reference}." in shown
    assert Event.objects.filter(kind="promise_applied").count() == 1


def test_nothing_chosen_is_said_and_changes_nothing(cast, incident, mia):
    assert post(mia).status_code == 422
    assert "Choose at least one incident." in words_of(post(mia).content)
    assert applied_to(incident) == []


def test_the_page_is_for_managers(cast, browser_of, client):
    for person in (cast.ana, cast.axel, cast.petra):
        assert browser_of(person).get(THERE).status_code == 404
        assert browser_of(person).post(THERE, {"sooner": "WK-7F3K2Q"}).status_code == 404
    assert client.get(THERE).url.startswith("/sign-in")
    assert reverse("desk-policy-promises") == THERE
