"""What an incident's page offers to undo, to whom and for how long, and what it says once that is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.reading import words_of
from watchkeeper.core.leaving import HELD_FOR
from watchkeeper.incidents import verbs
from watchkeeper.people.wall import stand_for_the_desk


@pytest.fixture
def incident(cast, report):
    return report(cast.petra, 3)


@pytest.fixture
def post(incident, browser_of):
    """``post(person, "desk-dispatch", **given)``: what their page says then, and the answer."""

    def posted(person, name, **given):
        answer = browser_of(person).post(reverse(name, args=[incident.reference]), given, follow=True)
        stand_for_the_desk()
        incident.refresh_from_db()
        return answer

    return posted


@pytest.fixture
def offered_to(incident, browser_of):
    """``offered_to(person)``: what their page offers to undo, in its words; empty where nothing."""

    def offered(person):
        page = browser_of(person).get(reverse("desk-incident", args=[incident.reference])).content
        stand_for_the_desk()
        return words_of(page.partition(b'id="undo"')[2].partition(b"</form>")[0]) if b"data-undo" in page else ""

    return offered


def test_a_dispatch_is_offered_to_be_undone_to_who_made_it_and_to_nobody_else(cast, post, offered_to, incident):
    page = words_of(post(cast.mia, "desk-dispatch", to=cast.bo.pk).content)
    assert "Dispatched to Bo Undo" in page
    assert "Dispatched to Bo" in offered_to(cast.mia)
    assert offered_to(cast.bo) == offered_to(cast.axel) == ""
    page = words_of(post(cast.mia, "desk-undoing", number=2).content)
    assert "The dispatch is taken back." in page
    assert "took back the dispatch to Bo: it is nobody’s again" in page
    assert (incident.assignee, offered_to(cast.mia)) == (None, "")


def test_it_is_offered_for_five_minutes(cast, post, offered_to, clock):
    post(cast.ana, "desk-severity", severity=2, reason="Worse")
    clock.advance(timedelta(minutes=5))
    assert "Changed to High" in offered_to(cast.ana)
    clock.advance(timedelta(seconds=1))
    assert offered_to(cast.ana) == ""


def test_a_severity_undone_is_told_as_that_on_both_timelines(cast, post, browser_of, incident):
    post(cast.ana, "desk-severity", severity=2, reason="Worse")
    page = words_of(post(cast.ana, "desk-undoing", number=2).content)
    assert "took back the change of severity: Medium again, not High" in page
    theirs = words_of(browser_of(cast.petra).get(f"/incidents/{incident.reference}").content)
    assert "took back the change of severity: it is Medium again" in theirs


def test_a_reply_says_that_it_has_not_left_and_until_when_it_can_be_undone(cast, post, offered_to, clock):
    answer = post(cast.ana, "desk-replies", text="Use hunter2.")
    assert "Reply not sent yet" in words_of(answer.content)
    assert 'data-leaves-at="2026-03-02T16:00:10+00:00"' in answer.content.decode()
    assert offered_to(cast.bo) == ""
    clock.advance(HELD_FOR)
    assert "reply" not in offered_to(cast.ana)


def test_a_reply_undone_leaves_its_trace_with_the_team_and_the_dispatch_to_be_undone_too(cast, post, offered_to):
    post(cast.ana, "desk-replies", text="Use hunter2.")
    answer = post(cast.ana, "desk-undoing", number=3)
    page = words_of(answer.content)
    assert "Your reply is taken back before it left; the customer knows nothing of it." in page
    assert "took it back before it left; it counts for nothing" in page
    assert "hunter2" not in answer.content.decode()
    assert "Dispatched to Ana" in offered_to(cast.ana)


def test_a_question_undone_waits_for_nobody(cast, post, incident):
    post(cast.ana, "desk-questions", text="Which version?")
    assert incident.state == "waiting"
    assert "Your question is taken back" in words_of(post(cast.ana, "desk-undoing", number=3).content)
    assert incident.state == "dispatched"


@pytest.mark.parametrize(
    ("number", "status", "says"),
    [
        (1, 409, "What was reported stays; a dispatch, a change of severity"),
        (99, 409, "There is no event 99"),
        ("x", 422, ""),
        ("", 422, ""),
    ],
)
def test_what_cannot_be_undone_is_refused_with_the_reason(cast, post, incident, number, status, says):
    answer = post(cast.ana, "desk-undoing", number=number)
    assert answer.status_code == status
    assert says in words_of(answer.content)
    assert incident.events.count() == 1


def test_nobody_undoes_what_another_did(cast, post, incident):
    verbs.dispatch(incident, to=cast.bo, by=cast.mia)
    answer = post(cast.ana, "desk-undoing", number=2)
    assert (answer.status_code, incident.assignee) == (409, cast.bo)
    assert "Only who did it can undo it." in words_of(answer.content)
    assert post(cast.axel, "desk-undoing", number=2).status_code == 403
    assert post(cast.petra, "desk-undoing", number=2).status_code == 404
