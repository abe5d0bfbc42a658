"""One incident, as its customer follows it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.reading import part, words_of
from tests.stage import chicago
from watchkeeper.core import timeline as t
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import TEAM_ONLY_KINDS, Message
from watchkeeper.incidents.portal.happened import WORDS
from watchkeeper.people.wall import stand_for_the_desk

KINDS = {value for name, value in vars(t).items() if name.isupper() and isinstance(value, str)}


@pytest.fixture
def page_of(browser_of):
    def page(person, incident) -> bytes:
        answer = browser_of(person).get(f"/incidents/{incident.reference}")
        assert answer.status_code == 200
        return answer.content

    return page


def test_it_says_what_was_promised_and_why_it_ends_when_it_does(cast, report, page_of):
    page = page_of(cast.petra, report(cast.petra, 3))
    assert "Acknowledgement 8 h left due Tue 3 Mar, 09:00 CT" in part(page, "standing")
    why = part(page, "why")
    assert "Mon 10:00–17:00 7 h · Tue 08:00–09:00 1 h · due Tue 09:00 CT" in why
    assert "Mon 2 Mar, 17:00 – Tue 3 Mar, 08:00 support closed not counted" in why


def test_seconds_and_less_do_not_blur_the_explanation(cast, report, page_of, clock):
    clock.set(chicago("2026-03-02 10:00") + timedelta(seconds=19, microseconds=165641))
    why = part(page_of(cast.petra, report(cast.petra, 3)), "why")
    assert "Mon 10:00–17:00 7 h · Tue 08:00–09:00 1 h · due Tue 09:00 CT" in why


def test_the_internal_goal_is_nowhere(cast, report, page_of, clock, look_again):
    incident = report(cast.clara, 1)
    clock.advance(timedelta(minutes=11))
    look_again(incident)
    assert incident.events.filter(kind=t.WARNED).exists()
    page = words_of(page_of(cast.clara, incident))
    assert "10:10" not in page
    assert "goal" not in page.lower()


def test_what_was_acknowledged_before_it_was_raised_into_the_level_is_not_said_to_be_outside_it(
    cast, report, page_of, browser_of
):
    incident = report(cast.basil, 3)
    verbs.acknowledge(incident, by=cast.ana)
    verbs.classify(incident, by=cast.basil, severity=1, reason="All of it is down.")
    said = "Acknowledged before anything was promised"
    assert said in part(page_of(cast.basil, incident), "standing")
    assert said in words_of(browser_of(cast.ana).get(f"/desk/incidents/{incident.reference}").content)


def test_outside_the_level_it_says_so_and_what_premium_would_have_given(cast, report, page_of):
    page = page_of(cast.basil, report(cast.basil, 3))
    assert "Break-Fix makes no promise for Medium" in part(page, "standing")
    assert "Premium would have answered by Tue 3 Mar, 09:00 CT" in part(page, "standing")
    assert "nothing is promised for Medium, so nothing can be breached" in part(page, "escalating")


def test_after_a_raise_the_page_tells_which_window_counts(cast, report, page_of, clock):
    incident = report(cast.petra, 2)
    clock.advance(timedelta(hours=3))
    verbs.classify(incident, by=cast.petra, severity=1, reason="Now everything is down.")
    page = page_of(cast.petra, incident)
    assert "due Mon 2 Mar, 14:00 CT" in part(page, "standing")
    assert "This is the window of High: it was running already, and it ends first." in part(page, "why")
    assert "raised the severity from High to Critical Now everything is down." in part(page, "happened")


def test_notes_and_the_teams_own_business_are_not_there(cast, report, page_of, clock, look_again):
    incident = report(cast.petra, 1)
    verbs.dispatch(incident, to=cast.ana, by=cast.mia)
    verbs.note(incident, by=cast.ana, text="CANARY of a note")
    clock.advance(timedelta(hours=3))
    look_again(incident)
    verbs.exclude(incident, by=cast.mia, metric="acknowledgement", nth=1, reason="CANARY of an exclusion")
    page = page_of(cast.petra, incident)
    assert b"CANARY" not in page
    assert "the promised time passed" in part(page, "happened")
    assert "Ana has it" in words_of(page)


def test_every_kind_of_event_is_either_told_or_the_teams_own(cast):
    assert set(WORDS) | TEAM_ONLY_KINDS == KINDS
    assert not set(WORDS) & TEAM_ONLY_KINDS


def test_the_conversation_is_markdown_with_its_author(cast, report, page_of):
    incident = report(cast.petra, 1)
    verbs.acknowledge(incident, by=cast.ana, text="I have it.\n\n- one\n- **two**")
    page = page_of(cast.petra, incident).decode()
    assert "<strong>two</strong>" in page
    assert "Ana has it" in words_of(page.encode())


def test_an_erased_message_leaves_its_trace_and_not_its_words(cast, report, page_of, clock):
    incident = report(cast.petra, 1, body="the password is hunter2")
    stand_for_the_desk()
    Message.objects.filter(incident=incident).update(body="", erased_at=chicago("2026-03-02 10:00"))
    page = page_of(cast.petra, incident)
    assert "This message was erased" in words_of(page)


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_before_the_breach_the_page_says_from_when_one_may_escalate(cast, report, page_of, severity):
    escalate = part(page_of(cast.petra, report(cast.petra, severity)), "escalating")
    assert escalate.startswith("Escalate From ")
    assert "CT" in escalate
    assert "What should they know?" not in escalate


def test_from_the_breach_on_it_says_whom_escalating_tells(cast, report, page_of, clock, look_again):
    incident = report(cast.petra, 1)
    clock.advance(timedelta(hours=2, microseconds=1))
    escalate = part(page_of(cast.petra, look_again(incident)), "escalating")
    assert "If you escalate, Axel is told and owes you an answer." in escalate
    assert "escalation@vendor.example" in escalate
    assert "axel@vendor.example" in escalate


def test_a_low_breach_is_refused_with_its_reason_and_shows_nobody(cast, report, page_of, clock, look_again):
    incident = report(cast.petra, 4)
    clock.set(chicago("2026-03-05 10:00"))
    escalate = part(page_of(cast.petra, look_again(incident)), "escalating")
    assert "a breach at Low is not eligible for escalation" in escalate
    assert "axel@vendor.example" not in escalate


def test_a_promise_that_was_kept_leaves_nothing_to_escalate(cast, report, page_of):
    incident = report(cast.petra, 1)
    verbs.acknowledge(incident, by=cast.ana)
    page = page_of(cast.petra, incident)
    assert "Every promise so far was kept" in part(page, "escalating")
    assert "Met" in part(page, "standing")


def test_an_escalation_shows_its_own_promise_and_its_answer(cast, report, page_of, clock, look_again):
    incident = report(cast.petra, 1)
    clock.advance(timedelta(hours=3))
    look_again(incident)
    verbs.escalate(incident, by=cast.petra, text="Who is on this?")
    page = page_of(cast.petra, incident)
    assert "Answer to the escalation 2 h left" in part(page, "standing")
    assert "Axel was told and owes you an answer." in part(page, "escalating")
    verbs.answer_escalation(incident, by=cast.axel, text="I am, and Ana.")
    assert "answered Mon 2 Mar, 13:00" in part(page_of(cast.petra, incident), "escalating")


def test_a_resolved_incident_asks_for_the_customers_word_and_says_when_it_closes(cast, report, page_of):
    incident = report(cast.petra, 1)
    verbs.resolve(incident, by=cast.ana, text="Fixed.")
    page = words_of(page_of(cast.petra, incident))
    assert "The team says this is solved. Is it? If you say nothing, it closes by itself Mon 16 Mar, 11:00 CT." in page


def test_the_page_of_a_closed_incident_offers_no_act_but_to_contest(cast, report, page_of):
    incident = report(cast.petra, 1)
    verbs.withdraw(incident, by=cast.petra, reason="It was us.")
    page = page_of(cast.petra, incident)
    main = page[page.index(b"<main") : page.index(b"</main>")]
    assert re.findall(rb'action="([^"]*)"', main) == [f"/incidents/{incident.reference}/disputes".encode()]
    assert "This incident is closed" in words_of(page)


def test_what_is_not_yours_does_not_exist(cast, report, browser_of):
    foreign = report(cast.clara, 1)
    browser = browser_of(cast.petra)
    answers = [browser.get(f"/incidents/{reference}") for reference in (foreign.reference, "WK-222222")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert browser_of(cast.ana).get(f"/incidents/{foreign.reference}").status_code == 404


def test_a_page_takes_few_queries_however_much_was_said(cast, report, browser_of, django_assert_max_num_queries):
    incident = report(cast.petra, 1)
    verbs.acknowledge(incident, by=cast.ana)
    for nth in range(10):
        verbs.reply(incident, by=cast.ana, text=f"Update {nth}")
    browser = browser_of(cast.petra)
    with django_assert_max_num_queries(24):
        browser.get(f"/incidents/{incident.reference}")


def test_while_the_team_waits_the_page_says_it_waits_for_you(cast, report, page_of):
    from tests.cast import SLA

    cast.contracted.agreements.update(sla_text=f"{SLA}update:\n  1: {{within: 1h, hours: premium}}\n")
    incident = report(cast.clara, 1)
    verbs.ask(incident, by=cast.ana, text="Which region?")
    page = page_of(cast.clara, incident)
    assert "Next update Paused Waiting for your answer" in part(page, "standing")
    verbs.reply(incident, by=cast.clara, text="The eastern one.")
    assert "Next update 1 h left" in part(page_of(cast.clara, incident), "standing")


@pytest.mark.parametrize("severity", [4, 5])
def test_a_severity_that_is_not_eligible_says_so_before_any_breach(cast, report, page_of, severity):
    escalate = part(page_of(cast.petra, report(cast.petra, severity)), "escalating")
    assert "is not eligible for escalation" in escalate
    assert "you may escalate" not in escalate
