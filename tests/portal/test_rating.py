"""One question when it is over: who is asked, who may answer, until when, and who reads the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.pages.things import person
from tests.reading import words_of
from watchkeeper.core import timeline as t
from watchkeeper.incidents import verbs
from watchkeeper.notify.models import Notice
from watchkeeper.people.access import Refused
from watchkeeper.people.wall import stand_for_the_desk

ASKED = "How was it? One question, if you like."


@pytest.fixture
def over(cast, report):
    """An incident of Petra's that Ana solved and Petra confirmed."""
    incident = report(cast.petra, 1)
    verbs.resolve(incident, by=cast.ana, text="Fixed.")
    verbs.confirm(incident, by=cast.petra)
    return incident


@pytest.fixture
def see(browser_of):
    def seen(who, incident, at="/incidents/"):
        return words_of(browser_of(who).get(f"{at}{incident.reference}").content)

    return seen


@pytest.fixture
def rate(browser_of):
    def rated(who, incident, **said):
        return browser_of(who).post(f"/incidents/{incident.reference}/rating", said)

    return rated


def test_an_answer_is_read_by_the_team_the_manager_and_the_account_executive(cast, over, see, rate):
    assert ASKED in see(cast.petra, over)
    assert rate(cast.petra, over, score="4", remark="Fast, but **twice**.").status_code == 302
    for reader in (cast.ana, cast.mia, cast.axel):
        page = see(reader, over, "/desk/incidents/")
        assert "How was it? Good with a remark Petra" in page
        assert "Fast, but twice." in page


def test_it_can_be_changed_and_the_newer_answer_holds(cast, over, see, rate):
    rate(cast.petra, over, score="4")
    assert "You answered “Good”. You can change that until Wed 1 Apr" in see(cast.petra, over)
    rate(cast.petra, over, score="2", remark="It is back.")
    assert "You answered “Bad”." in see(cast.petra, over)
    assert "How was it? Bad with a remark Petra" in see(cast.mia, over, "/desk/incidents/")
    stand_for_the_desk()
    assert over.events.filter(kind=t.RATED).count() == 2


def test_no_other_customer_reads_it_and_each_who_follows_has_an_answer_of_their_own(cast, over, see, rate):
    pia = person("Pia", "customer", account=cast.premium)
    stand_for_the_desk()
    verbs.add_participant(over, person=pia, by=cast.mia)
    rate(cast.petra, over, score="1", remark="CANARY")
    assert "CANARY" not in see(pia, over)
    assert ASKED in see(pia, over)
    rate(pia, over, score="5")
    page = see(cast.mia, over, "/desk/incidents/")
    assert "Very good Pia" in page
    assert "Very bad with a remark Petra" in page


def test_who_only_sees_it_is_not_asked_and_may_not_answer(cast, over, see, rate):
    paula = person("Paula", "customer_manager", account=cast.premium)
    assert "How was it?" not in see(paula, over)
    refused = rate(paula, over, score="5")
    assert refused.status_code == 403
    assert "Paula may not rate; that is for who reported it and who follows it." in words_of(refused.content)


def test_the_team_may_not_answer_for_the_customer(cast, over):
    stand_for_the_desk()
    with pytest.raises(Refused, match="Ana may not rate"):
        verbs.rate(over, by=cast.ana, score=5)


def test_an_answer_after_thirty_days_or_before_the_end_is_refused_with_what_was_written(
    cast, over, report, see, rate, clock
):
    still_open = report(cast.petra, 2)
    early = rate(cast.petra, still_open, score="5", remark="So far <good>")
    assert early.status_code == 409
    assert "How it was is asked when a solution is confirmed or the incident closed." in words_of(early.content)
    assert "So far &lt;good&gt;</textarea>" in early.content.decode()

    clock.advance(timedelta(days=30, seconds=1))
    assert "How was it?" not in see(cast.petra, over)
    late = rate(cast.petra, over, score="5")
    assert late.status_code == 409
    assert "The question was open for 30 days after the end, and they are over." in words_of(late.content)


@pytest.mark.parametrize("score", ["", "6", "x"])
def test_without_one_of_the_answers_the_remark_stays_and_the_page_says_what_is_missing(cast, over, rate, score):
    answer = rate(cast.petra, over, score=score, remark="Half an answer")
    assert answer.status_code == 422
    assert "Half an answer</textarea>" in answer.content.decode()
    assert "One field needs another look" in words_of(answer.content)


def test_who_took_the_report_back_is_not_asked(cast, report, see):
    incident = report(cast.petra, 1)
    verbs.withdraw(incident, by=cast.petra, reason="It was us.")
    assert "How was it?" not in see(cast.petra, incident)


def test_the_mail_that_it_is_closed_leads_to_the_question(cast, report, clock, look_again):
    by_itself, by_the_team = report(cast.petra, 1), report(cast.petra, 2)
    for incident in (by_itself, by_the_team):
        verbs.resolve(incident, by=cast.ana, text="Fixed.")
    verbs.close(by_the_team, by=cast.ana, reason="Agreed on the telephone")
    clock.advance(timedelta(days=15))
    look_again(by_itself)
    for incident in (by_itself, by_the_team):
        told = Notice.objects.for_incident(incident.pk).get(step__startswith=t.CLOSED)
        assert told.recipient == cast.petra.email
        assert f"/incidents/{incident.reference}#how-it-was" in told.text


def test_a_remark_can_be_erased(cast, over, see, rate):
    rate(cast.petra, over, score="3", remark="The password is hunter2")
    stand_for_the_desk()
    verbs.redact(over, number=over.events.get(kind=t.RATED).number, by=cast.ana, reason="A password")
    assert "hunter2" not in see(cast.mia, over, "/desk/incidents/")
    assert "hunter2" not in see(cast.petra, over)
    assert "How was it? Fair with a remark Petra" in see(cast.mia, over, "/desk/incidents/")
