"""A door that does not work is seen: on the page of mail that came in, and by the operators when it lasts."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.harness.desk_process import wait_until
from tests.harness.dovecot import Dovecot
from tests.harness.free_port import free_port


def faults() -> list[tuple[str, str, bool]]:
    from watchkeeper.intake.models import DoorFault
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        return [(each.door, each.fault, each.told_at is not None) for each in DoorFault.objects.all()]


def told() -> list[str]:
    from watchkeeper.notify.models import Notice
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        return list(Notice.objects.filter(step__startswith="door:", channel="desk").values_list("subject", flat=True))


def test_a_fault_that_lasts_is_told_once_and_is_gone_when_the_door_works(committed_db: None, clock: Any) -> None:
    from tests.stage import chicago
    from watchkeeper.intake.mail.doors.health import Health

    health = Health("mailbox desk@imap.example/INBOX")
    clock.set(chicago("2026-03-02 10:00"))
    health.is_at_fault(OSError("connection refused"))
    assert faults() == [("mailbox desk@imap.example/INBOX", "connection refused", False)]
    clock.advance(timedelta(seconds=59))
    health.is_at_fault(OSError("connection refused"))
    assert told() == []
    clock.advance(timedelta(seconds=1))
    health.is_at_fault(OSError("no route to host"))
    clock.advance(timedelta(hours=1))
    Health("mailbox desk@imap.example/INBOX").is_at_fault(OSError("no route to host"))  # the process was started anew
    assert faults() == [("mailbox desk@imap.example/INBOX", "no route to host", True)]
    assert told() == ["Mail does not come in: mailbox desk@imap.example/INBOX"]
    health.is_well()
    assert faults() == []
    clock.advance(timedelta(hours=1))
    health.is_at_fault(OSError("connection refused"))
    assert faults() == [("mailbox desk@imap.example/INBOX", "connection refused", False)], "another fault"


@pytest.mark.story
def test_a_mailbox_that_lets_nobody_in_is_seen_until_it_does(
    committed_db: None, dovecot: Callable[..., Dovecot]
) -> None:
    from dataclasses import replace

    from watchkeeper.intake.mail.doors.imap import look_into
    from watchkeeper.intake.mail.doors.mailbox_at import MailboxAt

    server, stop = dovecot(), threading.Event()
    at = replace(MailboxAt.read(server.url), password="another")
    thread = threading.Thread(target=look_into, args=[at, "Taken", None, stop])
    thread.start()
    try:
        wait_until(lambda: bool(faults()), why=lambda: server.log)
    finally:
        stop.set()
        thread.join()
    ((door, fault, _),) = faults()
    assert door == f"mailbox {at.name}"
    assert "another" not in fault
    assert "AUTHENTICATIONFAILED" in fault


def test_a_port_that_is_taken_is_seen(committed_db: None, settings: Any) -> None:
    from watchkeeper.intake.mail.doors.configured import Doors
    from watchkeeper.intake.mail.doors.serving import serve_doors

    port = free_port()
    settings.WATCHKEEPER_MAIL_DOORS = Doors.read({"WATCHKEEPER_LMTP_LISTEN": f"lmtp://127.0.0.1:{port}"})
    with socket.create_server(("127.0.0.1", port)), pytest.raises(OSError, match="in use"):
        serve_doors(threading.Event())
    ((door, fault, _),) = faults()
    assert door == f"listener lmtp://127.0.0.1:{port}"
    assert "Address already in use" in fault
    stop = threading.Event()
    stop.set()
    serve_doors(stop)
    assert faults() == []


def test_where_the_database_is_away_a_door_goes_on(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from watchkeeper.intake.mail.doors import health

    def away() -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(health.clock, "now", away)
    one = health.Health("mailbox a")
    one.is_at_fault(OSError("x"))
    assert one.fault == "x"
