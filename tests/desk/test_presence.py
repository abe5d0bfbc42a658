"""Two at one incident know of each other, and nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.reading import words_of
from watchkeeper.incidents import presence
from watchkeeper.incidents.announcement import Announcement, Meeting
from watchkeeper.incidents.live.reader import shown_to
from watchkeeper.incidents.models import Presence
from watchkeeper.people.wall import stand_for_the_desk


@pytest.fixture
def incident(report, cast):
    return report(cast.petra)


@pytest.fixture
def called(monkeypatch):
    """The meetings that were called out."""
    meetings = []
    monkeypatch.setattr(presence, "call_out", meetings.append)
    return meetings


@pytest.fixture
def says(incident, browser_of, called):
    """``says(person, "looking")``: who else is there, in words."""

    def said(person, doing="looking"):
        answer = browser_of(person).post(reverse("desk-presence", args=[incident.reference]), {"doing": doing})
        stand_for_the_desk()
        return words_of(answer.content) if answer.status_code == 200 else answer.status_code

    return said


def test_each_sees_who_else_looks_and_who_writes(cast, says):
    assert says(cast.ana) == ""
    assert says(cast.bo, "writing") == "Ana is looking at this too"
    assert says(cast.mia) == "Bo is writing here Ana is looking at this too"
    assert says(cast.bo) == "Ana and Mia are looking at this too"


def test_who_left_is_gone_and_who_says_nothing_is_believed_no_more(cast, says, clock):
    says(cast.ana)
    says(cast.bo)
    assert says(cast.ana, "left") == 204
    assert says(cast.bo) == ""
    says(cast.ana)
    clock.advance(presence.LASTS)
    assert says(cast.bo) == ""


def test_only_those_who_are_there_are_told_and_only_of_what_is_new(cast, incident, says, called):
    says(cast.ana)
    assert called == []
    says(cast.bo)
    says(cast.bo)
    says(cast.bo, "writing")
    says(cast.ana, "left")
    says(cast.ana, "left")
    whom = [meeting.people for meeting in called]
    assert whom == [frozenset({cast.ana.pk}), frozenset({cast.ana.pk}), frozenset({cast.bo.pk})]


def test_a_customer_is_told_nothing_of_it_and_cannot_ask(cast, incident, says, browser_of):
    says(cast.ana)
    assert says(cast.petra) == 404
    meeting = Meeting(incident.pk, incident.account_id, frozenset({cast.petra.pk, cast.ana.pk}))
    assert shown_to(browser_of(cast.petra).session.session_key, [meeting]) == []
    assert shown_to(browser_of(cast.ana).session.session_key, [meeting]) == [incident.reference]
    assert list(Presence.objects.values_list("person", flat=True)) == [cast.ana.pk]


@pytest.mark.parametrize("doing", ["", "sleeping", "\0"])
def test_what_cannot_be_done_there_is_refused(cast, says, doing):
    assert says(cast.ana, doing) == 422
    assert not Presence.objects.exists()


def test_being_there_changes_nothing_and_asks_little(cast, incident, django_assert_max_num_queries):
    events = incident.events.count()
    with django_assert_max_num_queries(4):
        presence.be_there(incident, cast.ana, is_writing=True, now=incident.received_at + timedelta(seconds=1))
    assert incident.events.count() == events


def test_what_is_called_out_is_heard_as_what_it_was():
    meeting = Meeting(17, 3, frozenset({5, 9}))
    assert Meeting.read(meeting.written) == meeting
    changed = Announcement(17, 3, False)
    assert (Announcement.read(meeting.written), Meeting.read(changed.written)) == (None, None)
    assert [Meeting.read(said) for said in ("", "17 3", "17 3 x", "17 3 5,", "a b 5")] == [None] * 5
