"""A machine reports: the report becomes an incident with its promise, and the answer says all of it."""

from __future__ import annotations

import pytest

from watchkeeper.incidents.models import Incident
from watchkeeper.people.wall import stand_for_the_desk

DOWN = {"title": "The gateway answers 503", "description": "Since ten, for every route.", "severity": "Critical"}


def test_a_report_is_answered_with_its_reference_and_its_dated_promise(cast, machine_of):
    answer = machine_of(cast.premium).post(DOWN)
    assert answer.status_code == 201
    said = answer.json()
    assert answer["Location"] == f"/api/v1/incidents/{said['reference']}"
    assert said["severity"] == {"number": 1, "key": "1", "name": "Critical"}
    assert (said["state"], said["received_at"]) == ("new", "2026-03-02T16:00:00Z")
    assert said["promise"] == {
        "covered": True,
        "reason": None,
        "level": "premium",
        "level_name": "Premium",
        "sla": None,
        "policy_version": 1,
        "targets": [
            {
                "metric": "acknowledgement",
                "within": "2 h",
                "counted_in": "24 hours per day, 7 days per week",
                "due_at": "2026-03-02T18:00:00Z",
            }
        ],
    }


def test_the_incident_is_the_machines_and_nobody_has_acknowledged_it(cast, machine_of):
    reference = machine_of(cast.premium).post(DOWN).json()["reference"]
    stand_for_the_desk()
    incident = Incident.objects.get(reference=reference)
    assert (incident.channel, incident.reporter, incident.acknowledged_at) == ("api", None, None)
    assert [(event.kind, event.side, event.token.name) for event in incident.events.all()] == [
        ("reported", "machine", "monitoring")
    ]


def test_a_machine_may_say_that_it_only_tries_the_way_in(cast, machine_of):
    reference = machine_of(cast.premium).post(DOWN | {"is_test": True}).json()["reference"]
    stand_for_the_desk()
    assert Incident.objects.get(reference=reference).is_test


@pytest.mark.parametrize("written", ["2", "High", "high", 2])
def test_a_severity_is_named_by_its_key_or_its_name(cast, machine_of, written):
    assert machine_of(cast.premium).post(DOWN | {"severity": written}).json()["severity"]["name"] == "High"


def test_without_a_severity_the_policy_chooses_and_the_answer_says_so(cast, machine_of):
    said = machine_of(cast.premium).post({"title": "Slow"}).json()
    assert (said["severity"]["name"], said["severity_from"]) == ("High", "policy")


def test_outside_the_level_nothing_is_promised_and_the_answer_says_which_level_would_cover_it(cast, machine_of):
    promise = machine_of(cast.basic).post(DOWN | {"severity": "Medium"}).json()["promise"]
    assert (promise["covered"], promise["targets"]) == (False, [])
    assert promise["reason"] == (
        "Medium is outside Break-Fix: it is worked on, and nothing is promised; Premium would cover it"
    )


def test_without_an_entitlement_a_report_is_accepted_and_nothing_is_promised(cast, machine_of):
    cast.basic.licences.all().delete()
    answer = machine_of(cast.basic).post(DOWN)
    assert answer.status_code == 201
    assert answer.json()["promise"]["reason"] == "no entitlement is on record; the report is worked on all the same"


def test_a_person_of_the_account_becomes_reporter_and_participant(cast, machine_of):
    answer = machine_of(cast.premium).post(DOWN | {"reporter": "Petra@Premier.Example"})
    stand_for_the_desk()
    incident = Incident.objects.get(reference=answer.json()["reference"])
    assert incident.reporter == cast.petra
    assert [participant.person for participant in incident.participants.all()] == [cast.petra]


@pytest.mark.parametrize("address", ["basil@basic.example", "nobody@premier.example", "ana@vendor.example"])
def test_a_reporter_of_elsewhere_is_refused_like_one_that_is_not(cast, machine_of, address):
    answer = machine_of(cast.premium).post(DOWN | {"reporter": address})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "field": "reporter",
            "where": "body",
            "problem": "nobody of Premier who may sign in has this address; leave it out",
        }
    ]


def test_a_token_for_all_accounts_says_for_whom_it_reports(cast, machine_of):
    desk_wide = machine_of(None)
    assert desk_wide.post(DOWN | {"account": "advance"}).json()["account"] == "advance"
    assert desk_wide.post(DOWN).json()["errors"][0]["field"] == "account"
    assert desk_wide.post(DOWN | {"account": "elsewhere"}).status_code == 422


def test_a_token_of_one_account_reports_for_no_other_and_learns_nothing_of_others(cast, machine_of):
    machine = machine_of(cast.premium)
    assert machine.post(DOWN | {"account": "premier"}).status_code == 201
    foreign, missing = machine.post(DOWN | {"account": "basic"}), machine.post(DOWN | {"account": "no-such-account"})
    assert (foreign.status_code, foreign.json()) == (missing.status_code, missing.json())
    stand_for_the_desk()
    assert Incident.objects.filter(account=cast.basic).count() == 0
