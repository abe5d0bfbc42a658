"""Reporting for a customer: from an engineer's hand, for a person of the account, once."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

REPORT = "/desk/report"


def given(**changed: object) -> dict[str, object]:
    said = {"key": str(uuid.uuid4()), "severity": "1", "title": "The gateway is down", "channel": "phone", "body": ""}
    return said | changed


def test_the_account_is_chosen_first_among_those_one_serves(cast, browser_of):
    page = browser_of(cast.ana).get(REPORT).content.decode()
    assert set(re.findall(r'<option value="(\w+)">', page)) == {"basic", "advance", "premier", "contracted"}


def test_the_form_shows_the_dated_promise_of_that_account(cast, browser_of):
    basic = browser_of(cast.ana).get(REPORT, {"account": "basic"}).content.decode()
    assert "Answer by" in basic
    assert "No promise at your level" in basic
    premium = browser_of(cast.ana).get(REPORT, {"account": "premier"}).content.decode()
    assert "No promise at your level" not in premium


def test_a_report_stands_for_the_person_who_called(cast, browser_of):
    from watchkeeper.incidents.models import Incident

    answer = browser_of(cast.ana).post(f"{REPORT}?account=premier", given(person=str(cast.petra.pk)))
    incident = Incident.objects.get()
    assert answer.url == reverse("desk-incident", args=[incident.reference])
    assert (incident.reporter, incident.account, incident.channel) == (cast.petra, cast.premium, "phone")
    assert incident.events.get(number=1).person == cast.ana
    assert incident.due_at is not None


def test_the_same_form_sent_twice_leads_to_one_incident(cast, browser_of):
    from watchkeeper.incidents.models import Incident

    ana, said = browser_of(cast.ana), given()
    first, second = ana.post(f"{REPORT}?account=premier", said), ana.post(f"{REPORT}?account=premier", said)
    assert first.url == second.url
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("account", ["elsewhere", "no-such", "x%00y"])
def test_an_account_one_does_not_serve_does_not_exist(cast, browser_of, account):
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.models import Account, Team

    team = Team.objects.create(name="Elsewhere")
    Account.objects.create(name="Elsewhere", slug="elsewhere", team=team)
    answer = browser_of(cast.ana).post(f"{REPORT}?account={account}", given())
    assert answer.status_code == 404
    assert not Incident.objects.exists()


def test_a_person_of_another_account_is_not_reported_for(cast, browser_of):
    from watchkeeper.incidents.models import Incident

    answer = browser_of(cast.ana).post(f"{REPORT}?account=premier", given(person=str(cast.ada.pk)))
    assert answer.status_code == 422
    assert not Incident.objects.exists()


def test_what_was_typed_stays_when_something_is_missing(cast, browser_of):
    answer = browser_of(cast.ana).post(f"{REPORT}?account=premier", given(severity="", title="Down since ten"))
    assert answer.status_code == 422
    assert "Down since ten" in answer.content.decode()
    assert "Choose the severity that fits best." in answer.content.decode()
