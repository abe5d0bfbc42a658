"""The report form: the dated promise before sending, and one incident for one form."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import ALWAYS
from tests.reading import hidden, words_of
from tests.stage import chicago
from watchkeeper.incidents.files import LARGEST
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person
from watchkeeper.people.wall import for_the_desk, stand_for_the_desk
from watchkeeper.policies.models import Agreement, GivenPromise, Licence

SAID = {"severity": "1", "title": "The gateway answers 503", "body": "Since ten, for every route."}


def reported() -> list[Incident]:
    stand_for_the_desk()
    return list(Incident.objects.order_by("pk"))


def test_every_severity_stands_there_with_its_definition_and_its_date(cast, browser_of):
    page = words_of(browser_of(cast.basil).get("/report").content)
    assert "The service is completely down or inaccessible, resulting in a major business impact." in page
    assert "Answer by Wed 4 Mar, 16:00 CT Within 24 hours, before escalation." in page
    assert "No promise at your level Premium would answer by Tue 3 Mar, 09:00 CT" in page


@pytest.mark.parametrize(
    ("reader", "severity", "words"),
    [
        ("petra", 1, "a person answers by Mon 2 Mar, 12:00 CT Premium, Critical"),
        ("petra", 3, "Mon 10:00–17:00 7 h · Tue 08:00–09:00 1 h · due Tue 09:00 CT"),
        ("petra", 3, "you may escalate from that moment on"),
        ("petra", 4, "A breach at Low is not eligible for escalation at your level."),
        ("ada", 2, "a person answers by Tue 3 Mar, 13:00 CT Advanced, High: “Within 12 hours, before escalation.”"),
        ("basil", 3, "Break-Fix makes no promise for Medium."),
        ("basil", 3, "Premium would answer by Tue 3 Mar, 09:00 CT"),
        ("clara", 1, "a person answers by Mon 2 Mar, 10:30 CT"),
    ],
)
def test_the_promise_is_dated_before_it_is_given(cast, browser_of, reader, severity, words):
    browser = browser_of(getattr(cast, reader))
    assert words in words_of(browser.get(f"/report/promise?severity={severity}").content)
    assert words in words_of(browser.get(f"/report?severity={severity}").content)


def test_it_is_told_in_the_zone_that_the_reader_chose_too(cast, browser_of):
    Person.objects.filter(pk=cast.petra.pk).update(zone="Europe/Berlin")
    page = words_of(browser_of(cast.petra).get("/report/promise?severity=1").content)
    assert "Mon 2 Mar, 12:00 CT (Mon 2 Mar, 19:00 CET for you)" in page


def test_the_promise_follows_the_environment_that_an_agreement_is_for(cast, browser_of):
    Agreement.objects.create(
        account=cast.basic, level="premium", scope="environment", scope_value="production", period=ALWAYS
    )
    browser = browser_of(cast.basil)
    assert b"Break-Fix" in browser.get("/report/promise?severity=1&environment=test").content
    answer = browser.get("/report/promise?severity=3&environment=production&cards")
    assert "a person answers by Tue 3 Mar, 09:00 CT Premium" in words_of(answer.content)
    assert b'id="severity-choice" hx-swap-oob' in answer.content
    assert b'<option value="production">' in browser.get("/report").content


def test_without_entitlement_nothing_is_promised_and_nothing_refused(cast, browser_of):
    Licence.objects.filter(account=cast.basic).delete()
    browser = browser_of(cast.basil)
    assert "No entitlement is on record for Basic." in words_of(browser.get("/report/promise?severity=1").content)
    assert browser.post("/report", SAID).status_code == 302
    assert len(reported()) == 1


def test_asking_for_the_promise_gives_none(cast, browser_of):
    browser_of(cast.petra).get("/report?severity=1")
    stand_for_the_desk()
    assert not GivenPromise.objects.exists()


@pytest.mark.parametrize("severity", ["", "0", "6", "one", "1;drop", "\x00", "१"])
def test_a_severity_that_is_none_is_no_error_of_the_page(cast, browser_of, severity):
    browser = browser_of(cast.petra)
    answer = browser.get("/report/promise", {"severity": severity, "environment": "\x00", "product": "x" * 500})
    assert "Choose a severity" in words_of(answer.content)


def test_a_report_becomes_an_incident_with_the_promise_that_was_shown(cast, browser_of):
    answer = browser_of(cast.petra).post("/report", SAID | {"environment": "production", "severity": "3"})
    (incident,) = reported()
    assert answer.url == f"/incidents/{incident.reference}"
    assert (incident.title, incident.severity, incident.environment) == (SAID["title"], 3, "production")
    assert (incident.reporter, incident.account, incident.channel) == (cast.petra, cast.premium, "portal")
    assert incident.due_at == chicago("2026-03-03 09:00")


def test_the_same_form_sent_again_leads_to_the_same_incident(cast, browser_of):
    browser = browser_of(cast.petra)
    key = hidden(browser.get("/report").content, "key")
    answers = [browser.post("/report", SAID | {"key": key, "title": title}) for title in ("First", "Again", "Third")]
    assert len({answer.url for answer in answers}) == 1
    (incident,) = reported()
    assert incident.title == "First"


def test_two_forms_are_two_incidents_and_a_key_of_somebody_else_is_no_way_in(cast, browser_of):
    key = str(uuid.uuid4())
    first = browser_of(cast.petra).post("/report", SAID | {"key": key})
    second = browser_of(cast.clara).post("/report", SAID | {"key": key})
    browser_of(cast.petra).post("/report", SAID | {"key": str(uuid.uuid4())})
    assert first.url != second.url
    assert len(reported()) == 3


def test_a_double_click_reports_once(committed_db):
    from tests.cast import raise_curtain

    with for_the_desk():
        petra = raise_curtain().petra
    form = SAID | {"key": str(uuid.uuid4())}

    def send(_nth: int) -> str:
        from django.db import connections

        try:
            client = Client()
            client.force_login(petra)
            return client.post("/report", form).url
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as together:
        addresses = set(together.map(send, range(8)))
    with for_the_desk():
        assert [f"/incidents/{incident.reference}" for incident in Incident.objects.all()] == list(addresses)


def test_what_is_missing_is_said_beside_the_field_and_everything_typed_stays(cast, browser_of):
    browser = browser_of(cast.petra)
    key = str(uuid.uuid4())
    answer = browser.post("/report", {"key": key, "title": "", "body": "Typed <long> ago", "product": "Gateway"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the severity that fits best." in page
    assert "Typed &lt;long&gt; ago</textarea>" in page
    assert 'value="Gateway"' in page
    assert hidden(answer.content, "key") == key
    assert not reported()


def test_files_come_with_the_report(cast, browser_of):
    given = [SimpleUploadedFile("trace.log", b"one"), SimpleUploadedFile("empty.txt", b"")]
    answer = browser_of(cast.petra).post("/report", SAID | {"files": given})
    assert answer.status_code == 302
    page = browser_of(cast.petra).get(answer.url).content.decode()
    assert "trace.log" in page
    assert "empty.txt" in page


def test_a_file_over_the_limit_or_too_many_are_refused_with_the_words_kept(cast, browser_of, monkeypatch):
    from watchkeeper.incidents.portal import forms

    monkeypatch.setattr(forms, "LARGEST", 10)
    browser = browser_of(cast.petra)
    answer = browser.post("/report", SAID | {"files": [SimpleUploadedFile("big.log", b"x" * 11)]})
    assert "big.log has 11 bytes; a file may have 10." in words_of(answer.content)
    many = [SimpleUploadedFile(f"{nth}.log", b"x") for nth in range(11)]
    answer = browser.post("/report", SAID | {"files": many})
    assert "11 files were given; a message takes 10." in words_of(answer.content)
    assert "The gateway answers 503" in answer.content.decode()
    assert LARGEST == 25 * 1024 * 1024
    assert not reported()


def test_people_of_the_team_report_elsewhere(cast, browser_of):
    assert browser_of(cast.ana).get("/report").status_code == 404
    assert browser_of(cast.ana).post("/report", SAID).status_code == 404
    assert browser_of(cast.ana).get("/report/promise?severity=1").status_code == 404
