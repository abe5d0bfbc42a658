"""Mail leaves by the vendor's own Postfix, which asks for TLS and a password, and what it cannot deliver comes back."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.harness.desk_process import Desk, wait_until
from tests.harness.dovecot import PASSWORD, USER
from tests.harness.free_port import free_port
from tests.harness.postfix import DOMAIN
from tests.harness.relay import Relay
from tests.stage import chicago
from tests.stories.settling import move_clock

pytestmark = [pytest.mark.story, pytest.mark.long]

PETRA, ANA = "petra@premier.example", "ana@vendor.example"
OURS = f"relay.{DOMAIN}"
MONDAY = chicago("2026-03-02 10:00")
REPORT = f"""\
Authentication-Results: {OURS}; dmarc=pass header.from=premier.example
From: {PETRA}
To: desk@{DOMAIN}
Subject: Routes are down
Message-ID: <1@premier.example>

Every route answers 503.
"""


@pytest.fixture
def lmtp() -> int:
    return free_port()


@pytest.fixture
def mailboxes() -> list[str]:
    """Whose mailboxes the relay has; who else is written to is unknown there."""
    return [PETRA, ANA, "oncall@vendor.example"]


@pytest.fixture
def server(relay: Callable[..., Relay], lmtp: int, mailboxes: list[str]) -> Relay:
    return relay(f"inet:127.0.0.1:{lmtp}", mailboxes)


@pytest.fixture
def desk_environment(lmtp: int, server: Relay) -> dict[str, str]:
    return {
        "WATCHKEEPER_SMTP_URL": server.url,
        "SSL_CERT_FILE": str(server.certificate),
        "WATCHKEEPER_LMTP_LISTEN": f"lmtp://127.0.0.1:{lmtp}",
        "WATCHKEEPER_MAIL_FROM": f"Gateway Support <desk@{DOMAIN}>",
        "WATCHKEEPER_MAIL_AUTHSERV_ID": OURS,
    }


def test_the_relay_takes_no_mail_from_whoever_does_not_sign_in(server: Relay) -> None:
    """Else the stories below would prove nothing."""
    with smtplib.SMTP("localhost", server.postfix.port) as line:
        line.ehlo()
        assert line.mail(PETRA) == (530, b"5.7.0 Must issue a STARTTLS command first")
        line.starttls(context=ssl.create_default_context(cafile=server.certificate))
        line.ehlo()
        assert line.mail(PETRA)[0] == 250
        assert line.rcpt(ANA)[0] == 554
    with smtplib.SMTP("localhost", server.postfix.port) as line:
        line.starttls(context=ssl.create_default_context(cafile=server.certificate))
        with pytest.raises(smtplib.SMTPAuthenticationError):
            line.login(USER, "another password")


def test_a_receipt_reaches_a_mailbox_by_a_relay_that_asks_for_tls_and_a_password(desk: Desk, server: Relay) -> None:
    desk.clock.set(MONDAY)
    _report(server)
    wait_until(lambda: bool(server.delivered(PETRA)), why=lambda: server.postfix.log + desk.log)
    (receipt,) = server.delivered(PETRA)
    assert receipt["From"] == f"Gateway Support <desk@{DOMAIN}>"
    assert receipt["Return-Path"] == f"<desk@{DOMAIN}>", "where what cannot be delivered is reported"
    assert "A person will answer by" in receipt.get_body(("plain",)).get_content()
    assert "ESMTPSA" in receipt["Received"], "encrypted and signed in"
    statement = f"select status from notify_notice where recipient = '{PETRA}'"
    wait_until(lambda: _rows(desk, statement) == [("sent",)], why=lambda: desk.log)


class TestWhereTheMailboxIsGone:
    @pytest.fixture
    def mailboxes(self) -> list[str]:
        return [ANA, "oncall@vendor.example"]

    def test_what_the_relay_returns_stands_with_the_delivery_and_is_said_in_the_desk_instead(
        self, desk: Desk, server: Relay
    ) -> None:
        desk.clock.set(MONDAY)
        _report(server)
        joined = (
            "select n.recipient, n.status, b.action, b.said from notify_bounce b"
            " join notify_notice n on n.id = b.notice_id"
        )
        wait_until(lambda: bool(_rows(desk, joined)), why=lambda: server.postfix.log + desk.log)
        ((recipient, status, action, said),) = _rows(desk, joined)
        assert (recipient, status, action) == (PETRA, "sent", "failed")
        assert "5.1.1" in said, "the relay's own words"
        assert "unknown user" in said
        kept = _rows(desk, f"select channel, status from notify_notice where recipient = '{PETRA}' order by queued_at")
        assert kept == [("mail", "sent"), ("desk", "kept")]
        assert _rows(desk, "select count(*) from notify_notice where step like 'undelivered:%'") == [(1,)]
        assert _rows(desk, "select count(*) from incidents_incident") == [(1,)], "a bounce reports nothing"
        assert _rows(desk, "select effect from intake_receivedmail order by id") == [("report",), ("attach",)]


def test_a_relay_that_is_down_is_tried_ever_less_often_and_the_next_channel_speaks_in_time(
    desk: Desk, server: Relay
) -> None:
    desk.clock.set(MONDAY)
    server.stop()
    _report_by_the_door(desk)
    reply = (
        f"select channel, status, attempt from notify_notice where recipient = '{PETRA}' order by queued_at, channel"
    )
    alarm = (
        "select channel, status from notify_notice where urgency = 'alarm' and step like 'reported%' order by channel"
    )
    wait_until(lambda: _rows(desk, reply) == [("mail", "queued", 1)], why=lambda: desk.log)

    for number, seconds in enumerate((2, 5, 10, 20), start=2):
        desk.clock.advance(timedelta(seconds=seconds))
        wait_until(lambda n=number: _rows(desk, reply) == [("mail", "queued", n)], why=lambda: desk.log)
    answers = "select distinct outcome, left(answer, 40) from notify_attempt"
    ((outcome, answer),) = _rows(desk, answers)
    assert outcome == "put_off"
    assert "Connection" in answer, answer
    assert ("desk", "kept") not in _rows(desk, alarm)

    desk.clock.set(MONDAY + timedelta(minutes=2))
    wait_until(lambda: ("desk", "kept") in _rows(desk, alarm), why=lambda: desk.log)
    assert [row[0] for row in _rows(desk, reply)] == ["mail"], "a reply has thirty minutes"
    desk.clock.set(MONDAY + timedelta(minutes=30))
    wait_until(lambda: ("desk", "kept", 0) in _rows(desk, reply), why=lambda: desk.log)

    server.start()
    move_clock(desk, MONDAY + timedelta(hours=2))
    wait_until(lambda: bool(server.delivered(PETRA)), why=lambda: server.postfix.log + desk.log)
    assert len(server.delivered(PETRA)) == 1
    assert _rows(desk, f"select status from notify_notice where recipient = '{PETRA}' and channel = 'mail'") == [
        ("sent",)
    ]


def _report(server: Relay) -> None:
    """Petra hands a mail to the vendor's server as one who may; it found her to be who she says."""
    with smtplib.SMTP("localhost", server.postfix.port) as line:
        line.starttls(context=ssl.create_default_context(cafile=server.certificate))
        line.login(USER, PASSWORD)
        assert line.sendmail(PETRA, [f"desk@{DOMAIN}"], REPORT) == {}


def _report_by_the_door(desk: Desk) -> None:
    """The same where the server is down: piped in."""
    desk.run("mail", "take", "--for", f"desk@{DOMAIN}", input=REPORT)


def _rows(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    with desk.database() as owner:
        return owner.execute(statement).fetchall()
