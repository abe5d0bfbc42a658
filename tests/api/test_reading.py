"""A machine reads: what its account may see, page by page, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.api.conftest import REPORTS
from watchkeeper.core import timeline
from watchkeeper.incidents import flow, verbs
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Incident
from watchkeeper.people.wall import stand_for_the_desk

DOWN = {"title": "The gateway answers 503", "severity": "Critical"}
CANARY = "a word for the team alone"


@pytest.fixture
def reported(cast, machine_of):
    """An incident of the Premium account, reported by its machine."""
    reference = machine_of(cast.premium).post(DOWN).json()["reference"]
    stand_for_the_desk()
    return Incident.objects.get(reference=reference)


def read(machine, reference: str):
    return machine.get(f"{REPORTS}/{reference}")


def test_an_incident_is_told_with_its_commitment_and_why_it_is_due_then(cast, machine_of, reported):
    said = read(machine_of(cast.premium), reported.reference).json()
    (made,) = said["commitments"]
    assert (made["metric"], made["outcome"], made["due_at"]) == ("acknowledgement", "running", "2026-03-02T18:00:00Z")
    assert made["explanation"] == [
        {"from": "2026-03-02T16:00:00Z", "to": "2026-03-02T18:00:00Z", "counted_seconds": 7200.0, "reason": "open"}
    ]
    assert made["trace"] == "Mon 10:00–12:00 2 h · due Mon 12:00 CT"


def test_a_reference_may_be_written_small(cast, machine_of, reported):
    assert read(machine_of(cast.premium), reported.reference.lower()).json()["reference"] == reported.reference


def test_what_was_said_in_public_is_told_with_who_said_it(cast, machine_of, reported):
    verbs.acknowledge(reported, by=cast.ana, text="I have it.")
    last = read(machine_of(cast.premium), reported.reference).json()["timeline"][-1]
    assert (last["kind"], last["by"], last["text"]) == ("acknowledged", {"side": "team", "name": "Ana"}, "I have it.")


def test_notes_and_the_teams_own_business_are_told_to_no_token_of_an_account(cast, machine_of, reported):
    verbs.dispatch(reported, to=cast.bo, by=cast.mia)
    verbs.note(reported, by=cast.ana, text=CANARY)
    verbs.exclude(reported, by=cast.mia, metric="acknowledgement", nth=1, reason=CANARY)
    answer = read(machine_of(cast.premium), reported.reference)
    assert CANARY not in answer.content.decode()
    assert [event["kind"] for event in answer.json()["timeline"]] == ["reported"]


def test_what_is_not_public_is_told_to_no_token_of_an_account_whatever_its_kind(cast, machine_of, reported):
    with flow.turn_of(reported, Actor.of(cast.ana)) as turn:
        turn.append(timeline.ATTACHED, says=CANARY, is_public=False)
    answer = read(machine_of(cast.premium), reported.reference)
    assert CANARY not in answer.content.decode()
    assert answer.json()["timeline"][-1]["text"] is None


def test_a_token_for_all_accounts_reads_what_the_team_reads(cast, machine_of, reported):
    verbs.note(reported, by=cast.ana, text=CANARY)
    assert CANARY in read(machine_of(None), reported.reference).content.decode()


def test_an_erased_message_is_told_as_nothing(cast, machine_of, reported):
    said = verbs.reply(reported, by=cast.ana, text="My private number is 555.").message
    said.erased_at, said.body = said.event.at, ""
    said.save()
    assert read(machine_of(cast.premium), reported.reference).json()["timeline"][-1]["text"] is None


@pytest.mark.parametrize("asked_for", ["WK-222222", "WK-2", "%00", "WK-22222%00", "' or 1=1", "%ed%a0%80", "é"])
def test_a_foreign_incident_is_answered_like_one_that_is_not(cast, machine_of, reported, asked_for):
    stranger = machine_of(cast.basic)
    foreign, missing = read(stranger, reported.reference), read(stranger, asked_for)
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert (foreign.content, foreign.headers) == (missing.content, missing.headers)


def test_a_list_holds_the_accounts_own_incidents_only(cast, machine_of, reported):
    machine_of(cast.basic).post(DOWN)
    listed = machine_of(cast.premium).get().json()
    assert [item["reference"] for item in listed["items"]] == [reported.reference]
    assert machine_of(cast.premium).get(account="basic").json()["items"] == []
    assert len(machine_of(None).get().json()["items"]) == 2
    assert len(machine_of(None).get(account="basic").json()["items"]) == 1


def test_a_list_can_be_asked_for_one_state(cast, machine_of, reported):
    machine = machine_of(cast.premium)
    verbs.acknowledge(reported, by=cast.ana)
    machine.post(DOWN)
    assert [item["state"] for item in machine.get(state="acknowledged").json()["items"]] == ["acknowledged"]
    assert len(machine.get(state="open").json()["items"]) == 2


def pages(machine, **query) -> Iterator[list[str]]:
    after = {}
    while True:
        page = machine.get(**query, **after).json()
        yield [item["reference"] for item in page["items"]]
        if page["next"] is None:
            return
        after = {"after": page["next"]}


def test_pages_hold_every_incident_once_even_those_of_one_instant(cast, machine_of, clock):
    machine = machine_of(cast.premium)
    references = []
    for number in range(7):
        references.append(machine.post(DOWN).json()["reference"])
        if number % 3 == 2:
            clock.advance(timedelta(minutes=1))
    found = list(pages(machine, limit=2))
    assert [len(page) for page in found] == [2, 2, 2, 1]
    assert sorted(reference for page in found for reference in page) == sorted(references)
    assert found[0][0] == references[-1]


def test_what_is_reported_between_two_pages_moves_no_page(cast, machine_of, clock):
    machine = machine_of(cast.premium)
    before = {machine.post(DOWN).json()["reference"] for _ in range(4)}
    seen = pages(machine, limit=2)
    first = next(seen)
    clock.advance(timedelta(minutes=1))
    machine.post(DOWN)
    assert set(first) | set(next(seen)) == before


NOT_QUERIES = [
    {"limit": 0},
    {"limit": 101},
    {"limit": "many"},
    {"state": "asleep"},
    {"account": "a\x00b"},
    {"after": "x"},
    {"after": "\x00"},
    {"after": "MjAyNg"},
    {"after": "x" * 300},
]


@pytest.mark.parametrize("query", NOT_QUERIES)
def test_a_query_that_means_nothing_is_refused_by_its_name(cast, machine_of, query):
    answer = machine_of(cast.premium).get(**query)
    assert answer.status_code == 422
    assert [(fault["field"], fault["where"]) for fault in answer.json()["errors"]] == [(*query, "query")]
