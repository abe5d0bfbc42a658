"""Whatever is sent, the answer is a problem that names what is wrong, and never a fault of ours."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.api.conftest import REPORTS
from watchkeeper.incidents.models import AcceptedRequest, Incident
from watchkeeper.people import clock
from watchkeeper.people.models import MachineToken
from watchkeeper.people.wall import stand_for_the_desk

DOWN = {"title": "The gateway answers 503"}


def fields_of(answer) -> set[str]:
    return {fault["field"] for fault in answer.json()["errors"]}


def assert_problem(answer, status: int) -> None:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert (said["status"], said["type"]) == (status, "about:blank")
    assert said["detail"]


BODIES = {
    "nothing": ("", 422),
    "no JSON": ("title=Down", 400),
    "half of an object": ('{"title": "Down"', 400),
    "bytes that are not UTF-8": (b'{"title": "\xff\xfe"}', 400),
    "a JSON string": ('"Down"', 422),
    "a JSON number": ("17", 422),
    "null": ("null", 422),
    "a list": ('[{"title": "Down"}]', 422),
    "a list of thousands of lists": ("[" * 100_000 + "]" * 100_000, 400),
    "an integer of 5,000 digits": ('{"title": "Down", "severity": ' + "9" * 5_000 + "}", 400),
    "not a number": ('{"title": "Down", "severity": NaN}', 422),
    "a title that is a number": ('{"title": 503}', 422),
    "a title that is true": ('{"title": true}', 422),
    "a title that is an object": ('{"title": {"a": "b"}}', 422),
    "no title": ('{"description": "Down"}', 422),
    "an empty title": ('{"title": "  "}', 422),
    "a title of 201 letters": (json.dumps({"title": "x" * 201}), 422),
    "a title on two lines": (json.dumps({"title": "Down\nBcc: everybody@example.com"}), 422),
    "NUL in the title": ('{"title": "Down\\u0000"}', 422),
    "NUL in the description": ('{"title": "Down", "description": "a\\u0000b"}', 422),
    "NUL in the product": ('{"title": "Down", "product": "\\u0000"}', 422),
    "half a surrogate pair in the title": ('{"title": "Down \\ud800"}', 422),
    "half a surrogate pair in the description": ('{"title": "Down", "description": "\\udfff"}', 422),
    "half a surrogate pair as a field": ('{"title": "Down", "\\ud800": 1}', 422),
    "NUL in the severity": ('{"title": "Down", "severity": "1\\u0000"}', 422),
    "NUL in the reporter": ('{"title": "Down", "reporter": "a\\u0000@b.example"}', 422),
    "NUL in the account": ('{"title": "Down", "account": "a\\u0000"}', 422),
    "a severity that is true": ('{"title": "Down", "severity": true}', 422),
    "a severity that is 1.5": ('{"title": "Down", "severity": 1.5}', 422),
    "a severity that is minus one": ('{"title": "Down", "severity": -1}', 422),
    "a severity that is unknown": ('{"title": "Down", "severity": "Urgent"}', 422),
    "a reporter that is no address": ('{"title": "Down", "reporter": "Petra"}', 422),
    "a description of 100,001 letters": (json.dumps({"title": "Down", "description": "x" * 100_001}), 422),
    "three megabytes": (json.dumps({"title": "Down", "description": "x" * 3_000_000}), 413),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES)
def test_a_body_that_is_no_report_is_a_problem_and_nothing_is_kept(cast, machine_of, body, status):
    assert_problem(machine_of(cast.premium).post(body, raw=True, key="one"), status)
    stand_for_the_desk()
    assert (Incident.objects.count(), AcceptedRequest.objects.count()) == (0, 0)


WRITTEN_BY_US = sorted(
    {field.name for model in (Incident, MachineToken) for field in model._meta.get_fields()}
    - {"title", "severity", "product", "component", "environment", "reporter", "account"}
)


@pytest.mark.parametrize("name", [*WRITTEN_BY_US, "promise", "at", "recorded_at", "source", "by", "text"])
def test_no_field_of_ours_can_be_set_by_a_report(cast, machine_of, name):
    answer = machine_of(cast.premium).post(DOWN | {name: 1})
    assert_problem(answer, 422)
    assert fields_of(answer) == {name}


def test_every_wrong_field_is_named_at_once(cast, machine_of):
    answer = machine_of(cast.premium).post({"title": "", "description": 1, "acknowledged_at": "2026-01-01"})
    assert fields_of(answer) == {"title", "description", "acknowledged_at"}


def test_a_severity_the_policy_lacks_is_answered_with_those_it_has(cast, machine_of):
    detail = machine_of(cast.premium).post(DOWN | {"severity": "Urgent"}).json()["detail"]
    assert detail == (
        'severity: "Urgent" is not a severity; write one of 1 (Critical), 2 (High), 3 (Medium), 4 (Low), 5 (Cosmetic)'
    )


NOT_A_TOKEN = ["", "Bearer", "Bearer ", "Bearer wk_unknown", "Basic d2s6d2s=", "Bearer " + "x" * 9_000, "Bearer \x00é"]


@pytest.mark.parametrize("header", NOT_A_TOKEN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_token_in_force_nothing_is_answered(cast, header, method):
    headers = {"Authorization": header} if header else {}
    answer = getattr(Client(), method)(REPORTS, headers=headers, content_type="application/json")
    assert_problem(answer, 401)
    assert answer["WWW-Authenticate"] == 'Bearer realm="Watchkeeper"'


def test_a_revoked_token_is_answered_like_one_that_never_was(cast, machine_of):
    machine = machine_of(cast.premium)
    MachineToken.objects.update(revoked_at=clock.now())
    unknown = Client().get(REPORTS, headers={"Authorization": "Bearer wk_unknown"})
    assert machine.get().content == unknown.content
    assert machine.post(DOWN).status_code == 401


def test_the_cookie_of_a_signed_in_person_opens_nothing(cast):
    browser = Client()
    browser.force_login(cast.mia)
    assert browser.get(REPORTS).status_code == 401
    assert browser.post(REPORTS, data=json.dumps(DOWN), content_type="application/json").status_code == 401


def test_a_token_without_the_scope_is_refused_and_told_which_it_needs(cast, machine_of):
    reads, reports = machine_of(cast.premium, "read"), machine_of(cast.premium, "report")
    assert_problem(reads.post(DOWN), 403)
    assert_problem(reports.get(), 403)
    assert "needs the scope report" in reads.post(DOWN).json()["detail"]
    reference = reports.post(DOWN).json()["reference"]
    assert_problem(reports.get(f"{REPORTS}/{reference}"), 403)


def test_there_is_no_way_to_acknowledge(cast, machine_of):
    machine = machine_of(cast.premium)
    reference = machine.post(DOWN).json()["reference"]
    headers = {"Authorization": f"Bearer {machine.secret}"}
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Client(), method)(f"{REPORTS}/{reference}", headers=headers)
        assert answer.status_code == 405
