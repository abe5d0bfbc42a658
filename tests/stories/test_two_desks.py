"""Two desks that are each other's customers, with a mail server between them: they do not talk each other to death."""

from __future__ import annotations

import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.harness.desk_process import Desk, environment, wait_until
from tests.harness.free_port import free_port
from tests.intake.mails import a_mail
from tests.stories.curtain import CHECKOUT

pytestmark = [pytest.mark.story, pytest.mark.long]

OURS = "mx.support.example"
ENROL = """
from watchkeeper.config import desk
desk.join()
from watchkeeper.people.models import Account, Person
from watchkeeper.people.wall import for_the_desk
with for_the_desk():
    Person.objects.create_person(
        "{email}", name="The other desk", password=None, roles=["customer"],
        account=Account.objects.get(slug="premier"),
    )
"""


class Between:
    """A mail server that finds every sender to be who they say, and hands each desk its mails."""

    def __init__(self, doors: dict[str, int]) -> None:
        self.doors, self.carried = doors, []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        to = envelope.rcpt_tos[0]
        domain, author = to.rpartition("@")[2], envelope.mail_from
        if domain in self.doors:
            self.carried.append((author, to))
            proof = f"Authentication-Results: {OURS}; dmarc=pass header.from={author.rpartition('@')[2]}\r\n"
            hand_over(self.doors[domain], to, proof.encode() + envelope.original_content)
        return "250 OK"


def hand_over(port: int, to: str, raw: bytes) -> None:
    with smtplib.LMTP("127.0.0.1", port) as door:
        assert door.sendmail("somebody@elsewhere.example", [to], raw) == {}


@pytest.fixture
def desks(tmp_path: Path, installed: Path) -> Iterator[tuple[Between, dict[str, Desk]]]:
    between = Between({"a.example": free_port(), "b.example": free_port()})
    relay = Controller(between, hostname="127.0.0.1", port=free_port())
    relay.start()
    desks = {}
    for domain, port in between.doors.items():
        folder = tmp_path / domain
        folder.mkdir()
        subprocess.run(["cp", "-a", installed, folder / "var"], check=True)
        settings = {
            "WATCHKEEPER_SMTP_URL": f"smtp://127.0.0.1:{relay.port}",
            "WATCHKEEPER_LMTP_LISTEN": f"lmtp://127.0.0.1:{port}",
            "WATCHKEEPER_MAIL_FROM": f"Support <desk@{domain}>",
            "WATCHKEEPER_BASE_URL": f"https://{domain}",
            "WATCHKEEPER_MAIL_AUTHSERV_ID": OURS,
        }
        desks[domain] = Desk(folder, environment(folder, **settings))
        desks[domain].start()
        other = "b.example" if domain == "a.example" else "a.example"
        script = ENROL.format(email=f"desk@{other}")
        subprocess.run([sys.executable, "-c", script], env=desks[domain].environment, cwd=CHECKOUT, check=True)
    yield between, desks
    for desk in desks.values():
        desk.stop()
    relay.stop()


def test_two_desks_facing_each_other_exchange_two_mails_and_fall_silent(
    desks: tuple[Between, dict[str, Desk]],
) -> None:
    between, running = desks
    raw = a_mail("desk@b.example", to="desk@a.example", verdict="")
    proof = f"Authentication-Results: {OURS}; dmarc=pass header.from=b.example\r\n".encode()
    hand_over(between.doors["a.example"], "desk@a.example", proof + raw)
    wait_until(lambda: bool(between.carried), why=lambda: running["a.example"].log)
    for desk in running.values():
        wait_until(lambda desk=desk: _is_still(desk), why=lambda desk=desk: desk.log)
    assert between.carried == [("desk@a.example", "desk@b.example")], "the receipt, and no answer to it"
    assert _count(running["a.example"], "incidents_incident") == 1
    assert _count(running["b.example"], "incidents_incident") == 0
    assert _count(running["b.example"], "intake_receivedmail where status = 'dropped'") == 1


def _is_still(desk: Desk) -> bool:
    """Whether it has taken at least one mail, and nothing waits to be read or sent."""
    waiting = "notify_notice where status in ('queued', 'sending')"
    return (
        _count(desk, "intake_receivedmail") > 0
        and _count(desk, "intake_receivedmail where status = 'waiting'") == 0
        and _count(desk, waiting) == 0
    )


def _count(desk: Desk, rows: str) -> int:
    with desk.database() as owner:
        (found,) = owner.execute(f"select count(*) from {rows}").fetchone()
    return int(found)
