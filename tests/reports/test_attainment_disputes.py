"""A customer contests how something counts, a manager answers, both stand on the record, and no figure moves by it."""

from __future__ import annotations

import csv
import io

import pytest

from tests.config.desk_commands import call
from tests.reading import part, words_of
from tests.stage import browser_of, cast, report
from watchkeeper.clocks.models import Commitment
from watchkeeper.core.disputes import Subject
from watchkeeper.incidents import verbs
from watchkeeper.incidents.reading import standing_of
from watchkeeper.notify.models import Notice
from watchkeeper.people.access import Refused
from watchkeeper.people.wall import stand_for_the_desk

__all__ = ["browser_of", "cast", "report"]

MET = Subject("met", "acknowledgement", 1)
EXCLUSION = Subject("exclusion", "acknowledgement", 1)
SEVERITY = Subject("severity")


@pytest.fixture
def kept(cast, report):
    incident = report(cast.petra, 1)
    verbs.acknowledge(incident, by=cast.ana)
    return incident


def row_of(incident):
    return Commitment.objects.get(incident_id=incident.pk)


@pytest.mark.parametrize(("is_upheld", "stands"), [(True, "upheld"), (False, "declined")])
def test_a_dispute_and_its_answer_stand_beside_an_outcome_that_stays(cast, kept, is_upheld, stands):
    verbs.dispute(kept, by=cast.petra, subject=MET, text="That was a robot.")
    assert (row_of(kept).disputed, row_of(kept).outcome) == ("open", "met")
    verbs.answer_dispute(kept, by=cast.mia, subject=MET, is_upheld=is_upheld, text="We looked.")
    assert (row_of(kept).disputed, row_of(kept).outcome) == (stands, "met")
    said = [
        (event.kind, event.message.body) for event in kept.events.filter(kind__startswith="dispute").order_by("number")
    ]
    assert said == [("disputed", "That was a robot."), ("dispute_answered", "We looked.")]
    assert call("rebuild", "--check") == 0
    assert call("attainment", "check") == 0


def test_an_exclusion_and_a_severity_can_be_contested_also_when_all_is_over(cast, report):
    incident = report(cast.petra, 2)
    verbs.exclude(incident, by=cast.mia, metric="acknowledgement", nth=1, reason="a drill")
    verbs.withdraw(incident, by=cast.petra, reason="It was us.")
    assert verbs.contestable(standing_of(incident)) == [SEVERITY, EXCLUSION]
    verbs.dispute(incident, by=cast.petra, subject=EXCLUSION, text="It was no drill.")
    verbs.dispute(incident, by=cast.petra, subject=SEVERITY, text="It was Critical.")
    verbs.answer_dispute(incident, by=cast.mia, subject=EXCLUSION, is_upheld=False, text="It was.")
    assert row_of(incident).disputed == "open"


def test_what_is_not_so_cannot_be_contested_and_nothing_twice_at_once(cast, kept, report):
    for subject in (EXCLUSION, Subject("met", "update", 1), Subject("weather")):
        with pytest.raises(verbs.NotPossible):
            verbs.dispute(kept, by=cast.petra, subject=subject, text="No.")
    verbs.dispute(kept, by=cast.petra, subject=MET, text="No.")
    with pytest.raises(verbs.NotPossible, match="contested already"):
        verbs.dispute(kept, by=cast.petra, subject=MET, text="No!")
    with pytest.raises(verbs.NotPossible, match="nothing is contested"):
        verbs.answer_dispute(kept, by=cast.mia, subject=SEVERITY, is_upheld=True, text="Yes.")
    assert verbs.contestable(standing_of(report(cast.petra, 1, is_test=True))) == []


def test_a_customer_contests_and_a_manager_answers_and_nobody_else(cast, kept):
    for person in (cast.ana, cast.mia, cast.axel):
        with pytest.raises(Refused):
            verbs.dispute(kept, by=person, subject=MET, text="No.")
    verbs.dispute(kept, by=cast.petra, subject=MET, text="No.")
    for person in (cast.ana, cast.axel, cast.petra):
        with pytest.raises(Refused):
            verbs.answer_dispute(kept, by=person, subject=MET, is_upheld=True, text="Yes.")


def test_an_answer_acknowledges_nothing(cast, report):
    incident = report(cast.petra, 2)
    verbs.dispute(incident, by=cast.petra, subject=SEVERITY, text="It is Critical.")
    verbs.answer_dispute(incident, by=cast.mia, subject=SEVERITY, is_upheld=True, text="It is.")
    assert row_of(incident).outcome == "running"


def test_both_sides_read_it_and_hear_of_it(cast, kept, browser_of):
    customer, manager = browser_of(cast.petra), browser_of(cast.mia)
    page = customer.get(f"/incidents/{kept.reference}").content
    assert b'<option value="met:acknowledgement:1">' in page
    given = {"subject": "met:acknowledgement:1", "text": "That was a robot."}
    assert customer.post(f"/incidents/{kept.reference}/disputes", given).status_code == 302
    stand_for_the_desk()
    told = Notice.objects.filter(step__contains="disputed").values_list("recipient", flat=True)
    assert cast.mia.email in set(told)
    page = manager.get(f"/desk/incidents/{kept.reference}").content
    assert "The customer contests that the acknowledgement counts as met not answered yet" in words_of(page)
    given = {"subject": "met:acknowledgement:1", "answer": "upheld", "text": "You are right."}
    assert manager.post(f"/desk/incidents/{kept.reference}/disputes/answer", given).status_code == 302
    page = customer.get(f"/incidents/{kept.reference}").content
    assert "Contested: that the acknowledgement counts as met upheld" in words_of(page)
    assert "You are right." in part(page, "conversation")
    stand_for_the_desk()
    assert Notice.objects.filter(step__contains="dispute_answered", recipient=cast.petra.email).exists()


def test_what_was_refused_keeps_what_was_typed(cast, kept, browser_of):
    answer = browser_of(cast.petra).post(f"/incidents/{kept.reference}/disputes", {"subject": "x", "text": "my words"})
    assert answer.status_code == 422
    assert b"my words" in answer.content


def test_disputes_are_counted_apart_and_stand_in_what_is_taken_away(cast, kept, browser_of):
    verbs.dispute(kept, by=cast.petra, subject=MET, text="No.")
    page = words_of(browser_of(cast.petra).get("/attainment").content)
    assert "1 of 1 promise met, 0 breached. 1 disputed." in page
    behind = words_of(browser_of(cast.mia).get("/desk/attainment/incidents?figure=disputed").content)
    assert "1 promise is behind this figure." in behind
    assert "disputed: not answered yet" in behind
    content = b"".join(browser_of(cast.petra).get("/attainment/files/commitments.csv").streaming_content)
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (row["Came out"], row["Dispute"]) == ("Met", "not answered yet")
