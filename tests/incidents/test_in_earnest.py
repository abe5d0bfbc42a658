"""A test tries the way in: it is carried like any other report, says that it is a test, and counts nowhere."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.reading import words_of
from watchkeeper.clocks.models import Commitment
from watchkeeper.incidents.models import Incident
from watchkeeper.notify.models import Notice


@pytest.fixture
def trial(cast, report):
    return report(cast.petra, 1, is_test=True)


def test_it_is_promised_like_any_other_and_left_out_of_attainment(trial):
    promised = Commitment.objects.get(incident_id=trial.pk)
    assert (promised.outcome, promised.due_at is not None, promised.excluded) == ("running", True, "a test")


def test_every_mail_about_it_says_test_in_its_subject(trial):
    subjects = list(Notice.objects.for_incident(trial.pk).values_list("subject", flat=True))
    assert len(subjects) >= 2
    assert all(subject.startswith(f"[{trial.reference}] TEST · ") for subject in subjects)


def test_no_count_of_the_desk_knows_it_and_who_asks_for_tests_finds_it(cast, trial, report, browser_of):
    ana = browser_of(cast.ana)
    assert trial.reference not in ana.get("/desk/").content.decode()
    assert "All open 0" in words_of(ana.get("/desk/").content)
    report(cast.petra, 2)
    assert "All open 1" in words_of(ana.get("/desk/").content)
    for asked in ("?mark=test", f"?q={trial.reference}"):
        assert trial.reference in ana.get(f"/desk/{asked}").content.decode()


def test_both_sides_see_on_its_page_that_it_is_one(cast, trial, browser_of):
    for person, page in ((cast.petra, "portal-incident"), (cast.ana, "desk-incident")):
        answer = browser_of(person).get(reverse(page, args=[trial.reference]))
        assert "Test: counts nowhere" in words_of(answer.content)


def test_a_customer_ticks_it_in_the_form(cast, browser_of):
    given = {"severity": "1", "title": "Only a try", "is_test": "on"}
    browser_of(cast.petra).post("/report", given)
    assert Incident.objects.get().is_test
