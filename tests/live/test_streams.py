"""``/live`` on a running desk with the demo's people: what goes over the wire, and to whom."""

from __future__ import annotations

import hashlib
import json
import os
import signal

import pytest

from tests.harness.desk_process import Desk, wait_until
from tests.live.visitor import Visitor

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def desk(demo_desk: Desk) -> Desk:
    """One desk for all tests of this file: none of them disturbs another."""
    return demo_desk


@pytest.fixture(scope="module")
def report(desk: Desk):
    """``report("corvina")``: a machine reports something of that account; its reference."""
    return reporting_machine(desk)


def reporting_machine(desk: Desk):
    secret = "wk_known-to-these-tests-alone"
    digest = hashlib.sha256(secret.encode()).hexdigest()
    with desk.database() as owner:
        row = "('tests', %s, '{report}', now())"
        owner.execute(f"insert into people_machinetoken (name, digest, scopes, created_at) values {row}", [digest])

    def reported(account: str, title: str = "The gateway answers 503") -> str:
        said = json.dumps({"account": account, "title": title, "severity": 1})
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        answer = Visitor(desk).asks("POST", "/api/v1/incidents", said, headers)
        assert answer.status == 201, answer.body
        return json.loads(answer.body)["reference"]

    return reported


def test_each_hears_of_what_their_pages_show_and_a_customer_of_no_note(desk, report):
    helen = Visitor(desk).signs_in("manager, team East")
    team = helen.listens()
    customer = Visitor(desk).signs_in("customer, Premium").listens()
    other = Visitor(desk).signs_in("customer, Advanced").listens()

    incident = report("corvina")
    team.wait_until(lambda: team.changed == [incident])
    customer.wait_until(lambda: customer.changed == [incident])
    assert helen.posts(f"/desk/incidents/{incident}/notes", text="canary") == 302
    team.wait_until(lambda: team.changed == [incident] * 2)
    assert helen.posts(f"/desk/incidents/{incident}/acknowledgement", text="We have it.") == 302
    customer.wait_until(lambda: customer.changed[1:] != [])
    theirs = report("brightwater")
    other.wait_until(lambda: other.changed != [])

    told = ("catch-up", {}), ("changed", {"incidents": [incident]}), ("changed", {"incidents": [incident]})
    assert tuple(customer.events) == told, "the report and the acknowledgement, and nothing in between"
    assert other.changed == [theirs]
    assert customer.headers["Cache-Control"] == "no-store"
    assert customer.headers["X-Accel-Buffering"] == "no"


def test_nobody_gets_a_stream_and_every_refusal_says_the_same(desk):
    def refused(method: str = "GET", cookie: str = "", **headers: str) -> tuple[int, bytes]:
        visitor = Visitor(desk, {"watchkeeper_session": cookie} if cookie else {})
        return tuple(visitor.asks(method, "/live", headers=headers))

    strangers = [refused(), refused(cookie="x" * 32), refused(cookie="a;b=%00")]
    assert strangers == [(403, b"Sign in first.\n")] * 3
    assert refused(Host="rebound.example") == (400, b"The desk is not at this address.\n")
    assert refused("POST") == (405, b"Only GET and HEAD.\n")


def test_who_is_signed_out_or_has_left_loses_the_stream_before_it_tells_anything_more(desk, report):
    gone, left = Visitor(desk).signs_in("customer manager, Premium"), Visitor(desk).signs_in("engineer, team East")
    streams = gone.listens(), left.listens()
    assert gone.posts("/sign-out") == 302
    with desk.database() as owner:
        owner.execute("update people_person set is_active = false where name = 'Noor Haddad'")
    report("corvina")
    for stream in streams:
        stream.wait_until(lambda stream=stream: stream.is_over)
        assert stream.events == [("catch-up", {})]
    assert gone.asks("HEAD", "/live").status == left.asks("HEAD", "/live").status == 403


@pytest.mark.faults
def test_after_the_database_was_away_a_page_catches_up_and_hears_again(desk, report):
    visitor = Visitor(desk).signs_in("manager, team West")
    stream = visitor.listens()
    os.kill(int((desk.var / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    stream.wait_until(lambda: stream.is_over or len(stream.events) > 1)
    wait_until(lambda: visitor.asks("HEAD", "/live").status == 200, why=lambda: desk.log)
    again = visitor.listens()
    incident = report("meridian")
    again.wait_until(lambda: incident in again.changed)
