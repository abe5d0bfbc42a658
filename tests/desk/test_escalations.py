"""The list of escalations: each with its own clock, what is owed first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from watchkeeper.ui.moments import iso


@pytest.fixture
def escalated(cast, report, breach):
    from watchkeeper.incidents import verbs

    incident = breach(report(cast.clara, 1))
    verbs.escalate(incident, by=cast.clara, text="Nobody answers.")
    return incident


def test_an_open_escalation_shows_who_opened_it_whose_it_is_and_how_long_is_left(cast, browser_of, escalated):
    page = browser_of(cast.axel).get(reverse("desk-escalations")).content.decode()
    for words in (escalated.reference, "Clara", "Axel", ">2 h<", "Owed"):
        assert words in page, words


def test_an_answer_settles_its_clock_and_an_end_moves_it_to_the_ended(cast, browser_of, escalated):
    axel = browser_of(cast.axel)
    axel.post(reverse("desk-escalation-answer", args=[escalated.reference]), {"text": "I have it, Clara."})
    page = axel.get(reverse("desk-escalations")).content.decode()
    assert "Owed" not in page
    assert "Met" in page
    axel.post(reverse("desk-escalation-end", args=[escalated.reference]), {"reason": "Settled by telephone."})
    assert escalated.reference not in axel.get(reverse("desk-escalations")).content.decode()
    ended = axel.get(reverse("desk-escalations"), {"ended": "yes"}).content.decode()
    assert escalated.reference in ended
    assert "Settled by telephone." in ended


def test_the_incident_tells_its_escalation_with_its_own_due_time(cast, browser_of, escalated):
    from watchkeeper.clocks.models import Commitment

    due_at = Commitment.objects.get(incident_id=escalated.pk, metric="escalation_answer").due_at
    page = browser_of(cast.axel).get(reverse("desk-incident", args=[escalated.reference])).content.decode()
    assert "Answer the escalation" in page
    assert iso(due_at) in page


def test_a_second_answer_is_refused(cast, browser_of, escalated):
    axel, address = browser_of(cast.axel), reverse("desk-escalation-answer", args=[escalated.reference])
    assert axel.post(address, {"text": "I have it."}).status_code == 302
    answer = axel.post(address, {"text": "Once more."})
    assert answer.status_code == 409
    assert "No escalation waits for an answer here" in answer.content.decode()


def test_an_answer_that_is_late_stands_out(cast, browser_of, escalated, clock):
    from watchkeeper.incidents import flow

    clock.advance(timedelta(hours=3))
    flow.look_at(escalated)
    page = browser_of(cast.axel).get(reverse("desk-escalations")).content.decode()
    assert "data-owed" in page
    assert "late, still owed" in page


def test_an_executive_sees_the_escalations_of_their_own_accounts_alone(cast, browser_of, escalated):
    from watchkeeper.people.models import Person

    other = Person.objects.create_person("x@v.example", name="Xenia", password=None, roles=["account_executive"])
    assert escalated.reference not in browser_of(other).get(reverse("desk-escalations")).content.decode()
