"""A whole incident by mail: the customer has nothing but a mail program, the engineer answers from theirs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from tests.harness.desk_process import Desk, wait_until
from tests.harness.free_port import free_port
from tests.harness.postfix import DOMAIN, Postfix
from tests.harness.smtp_receiver import SmtpReceiver
from tests.stage import chicago
from tests.stories.curtain import CHECKOUT

pytestmark = [pytest.mark.story, pytest.mark.long]

PETRA, ANA, AXEL = "petra@premier.example", "ana@vendor.example", "axel@vendor.example"
DISTRIBUTION = "escalation@vendor.example"
"""Its members are the vendor's own, and the desk is one of them."""

OURS = f"mail.{DOMAIN}"


@pytest.fixture
def lmtp() -> int:
    return free_port()


@pytest.fixture
def desk_environment(lmtp: int) -> dict[str, str]:
    return {
        "WATCHKEEPER_LMTP_LISTEN": f"lmtp://127.0.0.1:{lmtp}",
        "WATCHKEEPER_MAIL_FROM": f"Gateway Support <desk@{DOMAIN}>",
        "WATCHKEEPER_MAIL_AUTHSERV_ID": OURS,
    }


def test_a_whole_incident_by_mail(
    desk: Desk, lmtp: int, postfix: Callable[[str], Postfix], smtp_receiver: SmtpReceiver
) -> None:
    server = postfix(f"inet:127.0.0.1:{lmtp}")
    desk.clock.set(chicago("2026-03-02 10:00"))
    reads = _Reads(smtp_receiver)

    _send(server, PETRA, f"desk@{DOMAIN}", "Routes are down", "Severity: 1\n\nEvery route answers 503.")
    receipt = reads.next(PETRA)
    assert receipt["Auto-Submitted"] == "auto-generated"
    assert "1 Critical (as you gave it)" in _text(receipt)
    assert "A person will answer by" in _text(receipt)
    reference = re.findall(r"WK-[2-9A-HJ-NP-Z]{6}", receipt["Subject"])[0]

    due_at = _value(desk, f"select due_at from incidents_incident where reference = '{reference}'")
    desk.clock.set(due_at + timedelta(seconds=1))
    smtp_receiver.wait_until(lambda seen: any("BREACHED" in str(mail.message["Subject"]) for mail in seen.arrivals))
    _send(server, PETRA, f"desk@{DOMAIN}", "Please!", f"Nobody answers {reference}.", written_to=DISTRIBUTION)
    wait_until(
        lambda: _value(desk, f"select is_escalated from incidents_incident where reference = '{reference}'"),
        why=lambda: desk.log,
    )
    assert "ESCALATED" in reads.until(AXEL, "ESCALATED")["Subject"]

    _at_the_desk(desk, f"verbs.dispatch(incident('{reference}'), to=person('{ANA}'), by=person('{ANA}'))")
    _at_the_desk(desk, f"verbs.dispatch(incident('{reference}'), to=person('{ANA}'), by=person('mia@vendor.example'))")
    yours = reads.until(ANA, "Yours")
    _send(server, ANA, yours["Reply-To"], f"Re: {yours['Subject']}", "I am on it. Which version do you run?")
    reply = reads.next(PETRA)
    assert "I am on it." in _text(reply)
    assert "Ana" in reply["From"]
    assert reply["From"].addresses[0].addr_spec == f"desk@{DOMAIN}"
    assert f"<{reference.lower()}@" in reply["References"]
    _send(
        server, PETRA, reply["Reply-To"], f"Re: {reply['Subject']}", "4.2, since Monday.", answers=reply["Message-ID"]
    )
    answer = reads.until(ANA, "Routes are down")
    assert "4.2, since Monday." in _text(answer)

    _send(server, ANA, answer["Reply-To"], f"Re: {answer['Subject']}", "Resolve\n\nIt was the cache.")
    solution = _text(reads.next(PETRA)).splitlines()
    assert solution[:3] == ["Ana considers this solved:", "", "It was the cache."]
    kinds = _value(
        desk,
        "select array_agg(kind order by number) from incidents_event where side <> 'watchkeeper' and incident_id ="
        f" (select id from incidents_incident where reference = '{reference}')",
    )
    assert kinds == ["reported", "escalated", "dispatched", "dispatched", "replied", "answered", "resolved"]


class _Reads:
    """What comes into each mailbox, mail by mail."""

    def __init__(self, receiver: SmtpReceiver) -> None:
        self._receiver, self._read = receiver, {}

    def next(self, address: str) -> EmailMessage:
        """The next mail that somebody has not read yet."""
        number = self._read.get(address, 0)
        self._receiver.wait_until(lambda seen: len(seen.to(address)) > number)
        self._read[address] = number + 1
        return self._receiver.to(address)[number].message

    def until(self, address: str, subject: str) -> EmailMessage:
        """Read on until a mail of this subject."""
        while subject not in str((mail := self.next(address))["Subject"]):
            pass
        return mail


def _send(
    server: Postfix, author: str, to: str, subject: str, text: str, *, answers: str = "", written_to: str = ""
) -> None:
    """As a mail program does; our mail server found the sender to be who they say."""
    headers = [f"Subject: {subject}", f"Message-ID: <{abs(hash((subject, text)))}@{author.partition('@')[2]}>"]
    headers.append(f"Authentication-Results: {OURS}; dmarc=pass header.from={author.partition('@')[2]}")
    headers += [f"In-Reply-To: {answers}"] if answers else []
    headers += [f"To: {written_to}"] if written_to else []
    given = [word for header in headers for word in ("--header", header)]
    command = ["swaks", "--server", "127.0.0.1", "--port", str(server.port), "--from", author, "--to", to]
    sent = subprocess.run([*command, *given, "--body", text], capture_output=True, text=True, check=False)
    assert sent.returncode == 0, sent.stdout


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _value(desk: Desk, statement: str) -> Any:
    with desk.database() as owner:
        row = owner.execute(statement).fetchone()
    assert row is not None, statement
    return row[0]


def _at_the_desk(desk: Desk, act: str) -> None:
    """Let somebody do something on the pages, by its verb."""
    script = f"""
from watchkeeper.config import desk
desk.join()
from watchkeeper.incidents import verbs
from watchkeeper.incidents.models import Incident
from watchkeeper.people.models import Person
from watchkeeper.people.wall import for_the_desk
incident = lambda reference: Incident.objects.get(reference=reference)
person = lambda email: Person.objects.get(email=email)
with for_the_desk():
    {act}
"""
    subprocess.run([sys.executable, "-c", script], env=desk.environment, cwd=CHECKOUT, check=True)
