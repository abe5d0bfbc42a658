"""A report that is sent again, because its answer was lost, is accepted once, however many send it at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import AcceptedRequest, Incident
from watchkeeper.people.wall import for_the_desk, stand_for_the_desk

DOWN = {"title": "The gateway answers 503", "severity": "Critical"}


def test_the_same_report_under_the_same_key_gets_the_same_answer(cast, machine_of):
    machine = machine_of(cast.premium)
    first, again = machine.post(DOWN, key="one"), machine.post(DOWN, key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, first["Location"]) == (again.content, again["Location"])
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    stand_for_the_desk()
    assert Incident.objects.count() == 1


def test_the_answer_stays_what_it_was_when_the_incident_has_moved_on(cast, machine_of):
    machine = machine_of(cast.premium)
    first = machine.post(DOWN, key="one")
    stand_for_the_desk()
    verbs.acknowledge(Incident.objects.get(), by=cast.ana)
    assert machine.post(DOWN, key="one").content == first.content


def test_the_order_of_the_fields_and_the_spaces_between_them_do_not_make_another_report(cast, machine_of):
    machine = machine_of(cast.premium)
    machine.post('{"title": "Down", "severity": "1"}', key="one", raw=True)
    assert machine.post('{"severity":"1","title":"Down"}', key="one", raw=True).status_code == 201


def test_another_report_under_a_used_key_is_refused_and_names_the_header(cast, machine_of):
    machine = machine_of(cast.premium)
    machine.post(DOWN, key="one")
    answer = machine.post(DOWN | {"title": "Something else"}, key="one")
    assert answer.status_code == 422
    assert (answer.json()["errors"][0]["field"], answer.json()["errors"][0]["where"]) == ("Idempotency-Key", "header")
    stand_for_the_desk()
    assert Incident.objects.count() == 1


def test_two_tokens_may_use_the_same_key(cast, machine_of):
    references = {machine_of(cast.premium).post(DOWN, key="one").json()["reference"] for _ in range(2)}
    assert len(references) == 2


def test_a_key_of_a_token_for_all_accounts_is_one_key_whatever_the_account(cast, machine_of):
    machine = machine_of(None)
    assert machine.post(DOWN | {"account": "basic"}, key="one").status_code == 201
    assert machine.post(DOWN | {"account": "premier"}, key="one").status_code == 422


def test_a_refused_report_leaves_its_key_unused(cast, machine_of):
    machine = machine_of(cast.premium)
    assert machine.post(DOWN | {"severity": "Apocalyptic"}, key="one").status_code == 422
    assert machine.post(DOWN, key="one").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "é"])
def test_what_is_no_key_is_refused(cast, machine_of, key):
    answer = machine_of(cast.premium).post(DOWN, key=key)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")


def test_eight_at_once_under_one_key_make_exactly_one_incident(committed_db, machine_of):
    from tests.cast import raise_curtain

    with for_the_desk():
        machine = machine_of(raise_curtain().premium)
    at_once = Barrier(8)

    def send(_number: int):
        try:
            at_once.wait()
            while (answer := machine.post(DOWN, key="one")).status_code == 503:
                pass  # the lock was waited for too long; the contract says to send it again
            return answer
        finally:
            connection.close()

    for _round in range(5):
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(send, range(8)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
    with for_the_desk():
        assert (Incident.objects.count(), AcceptedRequest.objects.count()) == (1, 1)
