"""The queue: what is most urgent first, narrowed by its address, whole page by page, in a fixed number of queries."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.stage import chicago

QUEUE = "/desk/"
REFERENCE = re.compile(r'href="/desk/incidents/(WK-\w{6})"')


def references(answer) -> list[str]:
    assert answer.status_code == 200
    return REFERENCE.findall(answer.content.decode())


def test_what_is_owed_stands_before_what_is_due_and_that_before_what_is_undated(
    cast, browser_of, report, breach, clock
):
    undated = report(cast.basil, 3)
    owed = breach(report(cast.clara, 1))
    later, sooner = report(cast.petra, 2), report(cast.petra, 1)
    answer = browser_of(cast.ana).get(QUEUE)
    assert references(answer) == [one.reference for one in (owed, sooner, later, undated)]
    assert "1 min late, still owed" in answer.content.decode()


def test_what_was_promised_late_but_given_no_longer_stands_first(cast, browser_of, report, breach):
    from watchkeeper.incidents import verbs

    late = breach(report(cast.clara, 1))
    verbs.acknowledge(late, by=cast.ana)
    due = report(cast.petra, 1)
    answer = browser_of(cast.ana).get(QUEUE)
    assert references(answer) == [due.reference, late.reference]
    assert "Was breached" in answer.content.decode()


def test_a_row_tells_level_severity_owner_state_and_what_it_waits_for(cast, browser_of, report):
    from watchkeeper.incidents import verbs

    incident = report(cast.ada, 1)
    verbs.dispatch(incident, to=cast.bo, by=cast.mia)
    verbs.ask(incident, by=cast.bo, text="Which version?")
    page = browser_of(cast.ana).get(QUEUE).content.decode()
    for words in ("Advanced", "Critical", "Advance", "Bo", "Waiting", "the customer since"):
        assert words in page, words


def test_an_incident_outside_its_level_says_so_and_still_shows_the_level(cast, browser_of, report):
    report(cast.basil, 3)
    page = browser_of(cast.ana).get(QUEUE).content.decode()
    assert "No promise" in page
    assert "Outside Break-Fix" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"critical", "high", "low"}),
        ("severity=1", {"critical"}),
        ("account=premier", {"high", "low"}),
        ("level=premium", {"high", "low"}),
        ("level=break-fix", set()),
        ("owner=me", {"low"}),
        ("owner=nobody", {"critical", "high"}),
        ("state=dispatched", {"low"}),
        ("state=closed", set()),
        ("state=any", {"critical", "high", "low"}),
        ("mark=breached", set()),
        ("q=cosm", {"low"}),
        ("severity=1&account=premier", set()),
        ("severity=abc&state=odd&owner=x&mark=y&level=", {"critical", "high", "low"}),
        ("owner=99999999999999999999999", {"critical", "high", "low"}),
        ("q=%00cosm", {"low"}),
    ],
)
def test_the_address_narrows_the_queue(cast, browser_of, report, query, found):
    from watchkeeper.incidents import verbs

    incidents = {
        "critical": report(cast.ada, 1),
        "high": report(cast.petra, 2),
        "low": report(cast.petra, 4, title="A cosmetic thing"),
    }
    verbs.dispatch(incidents["low"], to=cast.ana, by=cast.mia)
    answer = browser_of(cast.ana).get(f"{QUEUE}?{query}")
    assert set(references(answer)) == {incidents[name].reference for name in found}


def test_an_incident_is_found_by_the_beginning_of_its_reference(cast, browser_of, report):
    wanted, _other = report(cast.petra, 1), report(cast.petra, 1)
    assert references(browser_of(cast.ana).get(QUEUE, {"q": wanted.reference.lower()})) == [wanted.reference]


def test_the_level_is_that_of_the_promise_given_last(cast, browser_of, report):
    from watchkeeper.incidents import verbs
    from watchkeeper.policies.models import Agreement

    incident = report(cast.ada, 1)
    Agreement.objects.filter(account=cast.advanced).update(level="premium")
    verbs.apply_promise(incident, by=cast.ana)
    ana = browser_of(cast.ana)
    answer = ana.get(QUEUE, {"level": "premium"})
    assert references(answer) == [incident.reference]
    assert re.search(r'class="level">.*</span>Premium</span>', answer.content.decode())
    assert references(ana.get(QUEUE, {"level": "advanced"})) == []


def test_the_escalated_are_a_view_of_their_own(cast, browser_of, report, breach):
    from watchkeeper.incidents import verbs

    quiet, loud = report(cast.petra, 1), report(cast.clara, 1)
    verbs.escalate(breach(loud), by=cast.clara, text="Nobody answers.")
    answer = browser_of(cast.axel).get(QUEUE, {"mark": "escalated", "state": "any"})
    assert references(answer) == [loud.reference]
    assert "an answer to the escalation" in answer.content.decode()
    verbs.answer_escalation(loud, by=cast.axel, text="I have it.")
    verbs.end_escalation(loud, by=cast.axel, reason="Settled.")
    assert references(browser_of(cast.axel).get(QUEUE, {"mark": "escalated", "state": "any"})) == []
    assert quiet.reference in references(browser_of(cast.axel).get(QUEUE))


def test_pages_follow_each_other_without_a_gap_or_a_repeat_in_both_directions(
    cast, browser_of, report, clock, monkeypatch
):
    from watchkeeper.incidents.desk.queue import order

    monkeypatch.setattr(order, "PAGE", 3)
    for minute in range(7):
        clock.set(chicago("2026-03-02 10:00") + timedelta(minutes=minute // 2))
        report(cast.petra, 1 + minute % 2)
    report(cast.basil, 3)
    ana = browser_of(cast.ana)
    monkeypatch.setattr(order, "PAGE", 50)
    whole = references(ana.get(QUEUE))
    monkeypatch.setattr(order, "PAGE", 3)

    def link(answer, rel: str) -> str | None:
        found = re.search(rf'href="([^"]+)" rel="{rel}"', answer.content.decode())
        return QUEUE + found[1].replace("&amp;", "&") if found else None

    answer, forwards, addresses = ana.get(QUEUE), [], []
    while True:
        forwards += references(answer)
        onwards = link(answer, "next")
        if onwards is None:
            break
        addresses.append(onwards)
        answer = ana.get(onwards)
    assert forwards == whole
    assert len(addresses) == 2

    backwards = references(answer)
    while (earlier := link(answer, "prev")) is not None:
        answer = ana.get(earlier)
        backwards = references(answer) + backwards
    assert backwards == whole


@pytest.mark.parametrize("place", ["x", "W10=", "WzEsICJub3ciLCAxXQ==", "%00", "WzEsIjIwMjYtMDMtMDJUMTA6MDA6MDAiLDFd"])
def test_a_place_that_nobody_wrote_shows_the_first_page(cast, browser_of, report, place):
    incident = report(cast.petra, 1)
    assert references(browser_of(cast.ana).get(f"{QUEUE}?after={place}")) == [incident.reference]


def test_the_page_is_sent_again_only_when_something_changed(cast, browser_of, report, clock):
    from watchkeeper.incidents import verbs

    incident = report(cast.petra, 1)
    ana = browser_of(cast.ana)
    pulse = re.search(r'hx-get="([^"]+)"', ana.get(QUEUE).content.decode())[1].replace("&amp;", "&")
    clock.advance(timedelta(minutes=3))
    assert ana.get(QUEUE + pulse, headers={"HX-Request": "true"}).status_code == 204
    verbs.dispatch(incident, to=cast.bo, by=cast.mia)
    assert ana.get(QUEUE + pulse, headers={"HX-Request": "true"}).status_code == 200
    assert ana.get(QUEUE + pulse).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_rows(cast, browser_of, report, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ana = browser_of(cast.ana)
    report(cast.petra, 1)
    ana.get(QUEUE)
    with CaptureQueriesContext(connection) as few:
        ana.get(QUEUE)
    for number in range(12):
        report((cast.petra, cast.ada, cast.clara, cast.basil)[number % 4], 1 + number % 3)
    with CaptureQueriesContext(connection) as many:
        ana.get(QUEUE)
    assert len(many) == len(few)


def test_a_hostile_title_is_text_in_the_queue(cast, browser_of, report):
    report(cast.petra, 1, title="<script>alert(1)</script>{{ 7|add:7 }}\"'><img src=x onerror=alert(1)>")
    page = browser_of(cast.ana).get(QUEUE).content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "{{ 7|add:7 }}" in page


def test_an_engineer_of_another_team_sees_an_empty_queue_that_says_what_comes_here(cast, browser_of, report):
    from watchkeeper.people.models import Person, Team

    report(cast.petra, 1)
    elsewhere = Person.objects.create_person("e@v.example", name="Elias", password=None, roles=["engineer"])
    Team.objects.create(name="Elsewhere").members.add(elsewhere)
    page = browser_of(elsewhere).get(QUEUE).content.decode()
    assert "Nothing is open" in page
    assert cast.premium.name not in page


def test_a_search_without_result_offers_a_wider_one(cast, browser_of, report):
    page = browser_of(cast.ana).get(QUEUE, {"q": "nothing like it"}).content.decode()
    assert "Search in every state" in page
    assert "state=any" in page


def test_the_queue_lives_at_its_named_address():
    assert reverse("desk-queue") == QUEUE
