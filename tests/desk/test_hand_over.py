"""A note for the next shift: about chosen incidents, on top of the queue until the first has read it."""

from __future__ import annotations

import re

import pytest

from tests.pages.things import person, serve_elsewhere
from tests.reading import words_of
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import HandOver
from watchkeeper.people.models import Person
from watchkeeper.people.wall import stand_as, stand_for_the_desk

ON_TOP = "Ana hands over"


@pytest.fixture
def taken(cast, report):
    """An incident of Petra's that Ana has in hand."""
    incident = report(cast.petra, 1, title="Half of the calls fail")
    verbs.acknowledge(incident, by=cast.ana)
    return incident


@pytest.fixture
def hand_over(browser_of):
    def handed(who, **said):
        return browser_of(who).post("/desk/hand-over", {"text": "Call **Petra** at nine.", **said})

    return handed


@pytest.fixture
def queue_of(browser_of):
    return lambda who: words_of(browser_of(who).get("/desk/").content)


@pytest.fixture
def read(browser_of):
    def reads(who):
        stand_for_the_desk()
        key = HandOver.objects.get().pk
        return browser_of(who).post(f"/desk/hand-overs/{key}/reading", follow=True)

    return reads


def test_it_stands_on_the_queue_of_the_others_until_the_first_has_read_it(cast, taken, hand_over, queue_of, read):
    assert hand_over(cast.ana, incidents=[taken.pk]).url == "/desk/"
    for reader in (cast.bo, cast.mia):
        page = queue_of(reader)
        assert f"{ON_TOP} Mon 2 Mar, 10:00 Call Petra at nine. {taken.reference} Half of the calls fail" in page
        assert "I have read it" in page
    assert "You have taken over from Ana." in words_of(read(cast.bo).content)
    for reader in (cast.ana, cast.bo, cast.mia):
        assert ON_TOP not in queue_of(reader)
    assert "Bo was faster: it is read already." in words_of(read(cast.mia).content)
    stand_for_the_desk()
    assert HandOver.objects.get().read_by == cast.bo


def test_ones_own_open_incidents_are_chosen_beforehand_and_what_is_owed_is_offered(
    cast, taken, report, breach, browser_of
):
    owed = breach(report(cast.petra, 2))
    page = browser_of(cast.ana).get("/desk/hand-over").content.decode()
    boxes = re.findall(r'<input type="checkbox" name="incidents" value="(\d+)"[^>]*?( checked)?>', page)
    assert dict(boxes) == {str(taken.pk): " checked", str(owed.pk): ""}


def test_others_are_named_by_their_references(cast, taken, report, hand_over, queue_of):
    other = report(cast.basil, 2, title="A report is late")
    hand_over(cast.ana, incidents=[taken.pk], others=f"{other.reference.lower()}, {taken.reference}")
    page = queue_of(cast.bo)
    assert "A report is late" in page
    assert "Half of the calls fail" in page


def test_only_who_sees_all_of_its_incidents_reads_it(cast, taken, report, hand_over, queue_of, read):
    foreign = report(cast.basil, 1)
    hand_over(cast.mia, incidents=[taken.pk, foreign.pk])
    stand_for_the_desk()
    serve_elsewhere(cast.basic)
    assert "Mia hands over" not in queue_of(cast.bo)
    assert read(cast.bo).status_code == 404
    assert "Mia hands over" not in queue_of(cast.axel)
    assert "Mia hands over" in queue_of(cast.mia)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"incidents": []}, "A hand-over is about 1 to 50 incidents; 0 were chosen."),
        ({"others": "WK-ZZZZZZ"}, "You see no incident called WK-ZZZZZZ."),
        ({"text": " ", "others": ""}, "Write what they must know."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(cast, taken, hand_over, said, why):
    answer = hand_over(cast.ana, **{"text": "Call Petra", **said})
    assert answer.status_code == 422
    assert why in words_of(answer.content)
    if said.get("text") is None:
        assert "Call Petra</textarea>" in answer.content.decode()
    stand_for_the_desk()
    assert not HandOver.objects.exists()


def test_a_foreign_incident_cannot_be_slipped_in(cast, taken, report, hand_over):
    foreign = report(cast.basil, 1)
    stand_for_the_desk()
    serve_elsewhere(cast.basic)
    for slipped in ({"incidents": [foreign.pk]}, {"others": foreign.reference}):
        assert hand_over(cast.ana, **slipped).status_code == 422


def test_its_writer_takes_it_back(cast, taken, hand_over, queue_of, read, browser_of):
    hand_over(cast.ana, incidents=[taken.pk])
    assert "Take it back" in queue_of(cast.ana)
    assert "It is taken back." in words_of(read(cast.ana).content)
    assert ON_TOP not in queue_of(cast.bo)
    assert "Taken back Mon 2 Mar" in words_of(browser_of(cast.bo).get("/desk/hand-over").content)


def test_who_does_not_work_on_incidents_hands_nothing_over_and_a_customer_sees_no_note(cast, taken, hand_over):
    adam = person("Adam", "administrator")
    for who in (cast.axel, adam, cast.petra):
        assert hand_over(who, incidents=[taken.pk]).status_code == 404
    hand_over(cast.ana, incidents=[taken.pk])
    stand_as(Person.objects.get(pk=cast.petra.pk))
    assert not HandOver.objects.exists()
