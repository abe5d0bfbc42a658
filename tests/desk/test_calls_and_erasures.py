"""On an incident's page: a telephone call is written down when it was made, and a pasted secret is erased."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.reading import words_of
from tests.stage import chicago
from watchkeeper.incidents import verbs
from watchkeeper.people.wall import stand_for_the_desk

SAID = "The second region is down too."


@pytest.fixture
def post(cast, browser_of, report):
    """``post("desk-calls", **given)``: the answer to what Ana sends about a fresh incident of Premier, followed."""
    incident = report(cast.petra, 1)
    browser = browser_of(cast.ana)

    def posted(name, **given):
        answer = browser.post(reverse(name, args=[incident.reference]), given, follow=True)
        stand_for_the_desk()
        return answer

    posted.incident, posted.browser = incident, browser
    return posted


def test_a_call_stands_where_it_was_made_with_who_called_and_where_to_call_back(cast, post, clock):
    clock.set(chicago("2026-03-02 10:30"))
    answer = post("desk-calls", called_at="2026-03-02T10:12", caller="Petra", call_back="+1 555 0100", text=SAID)
    page = words_of(answer.content)
    assert "The call is on the timeline, when it was made." in page
    assert f"a call by Petra, call back +1 555 0100 {SAID}" in page
    event = post.incident.events.get(kind="call_logged")
    assert (event.at, event.recorded_at) == (chicago("2026-03-02 10:12"), chicago("2026-03-02 10:30"))


def test_its_words_are_for_the_team_alone(cast, post, browser_of):
    post("desk-calls", called_at="2026-03-02T10:00", caller="Petra", call_back="", text=SAID)
    assert SAID not in browser_of(cast.petra).get(f"/incidents/{post.incident.reference}").content.decode()


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ({"called_at": "yesterday"}, 422, "This is no time; write it as 2026-12-31 16:30."),
        ({"called_at": ""}, 422, "This field is required."),
        ({"called_at": "2026-03-02T23:00"}, 409, "is yet to come"),
        ({"called_at": "2026-03-01T09:00"}, 409, "is before the last event"),
        ({"caller": " "}, 422, "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_and_keeps_what_was_typed(cast, post, given, status, says):
    answer = post("desk-calls", **({"called_at": "2026-03-02T10:00", "caller": "Petra", "text": SAID} | given))
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert SAID in answer.content.decode()
    assert not post.incident.events.filter(kind="call_logged").exists()


def test_what_was_said_is_chosen_by_its_beginning_and_erased_for_good(cast, post, browser_of):
    verbs.reply(post.incident, by=cast.petra, text="My key is hunter2, try it yourself.")
    page = post.browser.get(reverse("desk-incident", args=[post.incident.reference])).content.decode()
    assert '<option value="2">Petra: My key is hunter2, try it yourself.</option>' in page
    answer = post("desk-erasures", number="2", reason="A credential")
    assert "It is erased; that it was said stays on the record." in words_of(answer.content)
    assert "hunter2" not in answer.content.decode()
    assert "Erased Mon 2 Mar, 10:00. That it was said stays on the record." in words_of(answer.content)
    assert "hunter2" not in browser_of(cast.petra).get(f"/incidents/{post.incident.reference}").content.decode()


@pytest.mark.parametrize(("number", "status"), [("99", 409), ("0", 422), ("x", 422), ("", 422), ("9" * 30, 422)])
def test_what_was_never_said_cannot_be_erased(cast, post, number, status):
    assert post("desk-erasures", number=number, reason="A credential").status_code == status
