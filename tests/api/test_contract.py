"""The published contract says what is answered, for every status, and the API works while the database is away."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.api.conftest import REPORTS

PROBLEMS = {"400", "401", "403", "422", "503"}
EXPECTED = {
    ("/api/v1/incidents", "post"): {"201", "413", *PROBLEMS},
    ("/api/v1/incidents", "get"): {"200", *PROBLEMS},
    ("/api/v1/incidents/{reference}", "get"): {"200", "404", *PROBLEMS},
}


@pytest.fixture
def contract(db):
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def test_every_operation_declares_every_status_it_answers(contract):
    found = {
        (path, method): set(operation["responses"])
        for path, methods in contract["paths"].items()
        for method, operation in methods.items()
    }
    assert found == EXPECTED


def test_problems_have_their_own_media_type_and_all_else_is_json(contract):
    for methods in contract["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                expected = "application/json" if status < "400" else "application/problem+json"
                assert list(response["content"]) == [expected]


def test_a_report_is_declared_with_its_limits_and_takes_no_other_field(contract):
    said = contract["components"]["schemas"]["Said"]
    assert said["additionalProperties"] is False
    assert said["required"] == ["title"]
    assert said["properties"]["title"]["maxLength"] == 200


def test_the_bearer_token_and_the_idempotency_key_are_declared(contract):
    operation = contract["paths"][REPORTS]["post"]
    assert contract["components"]["securitySchemes"] == {"Bearer": {"type": "http", "scheme": "bearer"}}
    assert operation["security"] == [{"Bearer": []}]
    assert [parameter["name"] for parameter in operation["parameters"]] == ["Idempotency-Key"]


def test_no_page_of_documentation_is_served_that_would_load_scripts_from_elsewhere(db):
    assert Client().get("/api/v1/docs").status_code == 404


def test_while_the_database_is_away_the_answer_says_when_to_come_back(cast, machine_of):
    machine = machine_of(cast.premium)

    def away(execute, sql, params, many, context):
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(away):
        answers = [machine.get(), machine.post({"title": "Down"})]
    for answer in answers:
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert json.loads(answer.content)["status"] == 503
