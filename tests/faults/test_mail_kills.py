"""SIGKILL of the processes that take mail in: a mail that was accepted does what it says, once.

FAULTS_SEED=… repeats a plan, FAULTS_MAIL_KILLS=… makes it longer or shorter.
"""

from __future__ import annotations

import os
import secrets
import smtplib
import threading
from collections.abc import Iterator

import pytest

from tests.faults.killing import kill
from tests.harness.desk_process import Desk, wait_until
from tests.harness.free_port import free_port
from tests.intake.mails import DESK, OUR_SERVER, a_mail
from tests.stories.curtain import raise_curtain_at

pytestmark = [pytest.mark.faults, pytest.mark.long]

KILLS = int(os.environ.get("FAULTS_MAIL_KILLS", "100"))
CUSTOMERS = ("petra@premier.example", "ada@advance.example", "basil@basic.example", "clara@contracted.example")


@pytest.fixture
def lmtp() -> int:
    return free_port()


@pytest.fixture
def desk_environment(lmtp: int) -> dict[str, str]:
    return {
        "WATCHKEEPER_LMTP_LISTEN": f"lmtp://127.0.0.1:{lmtp}",
        "WATCHKEEPER_MAIL_ADDRESS": DESK,
        "WATCHKEEPER_MAIL_AUTHSERV_ID": OUR_SERVER,
    }


class MailServer:
    """Hands over mail after mail, each again and again until it is accepted, as a mail server does."""

    def __init__(self, port: int) -> None:
        self._port, self._stop = port, threading.Event()
        self.accepted: list[str] = []
        self.repeated = 0

    def work(self) -> None:
        for number in self._numbers():
            message_id = f"<{number}@customer.example>"
            raw = a_mail(CUSTOMERS[number % len(CUSTOMERS)], subject=f"Report {number}", message_id=message_id)
            while not self._is_accepted(raw):
                self.repeated += 1
                self._stop.wait(0.05)  # it comes again, as a mail server does: nothing else waits for this
            self.accepted.append(message_id)

    def end(self) -> None:
        self._stop.set()

    def _numbers(self) -> Iterator[int]:
        number = 0
        while not self._stop.is_set():
            yield number
            number += 1

    def _is_accepted(self, raw: bytes) -> bool:
        try:
            with smtplib.LMTP("127.0.0.1", self._port, timeout=20) as door:
                return door.sendmail("customer@customer.example", [DESK], raw) == {}
        except (OSError, smtplib.SMTPException):
            return False


def test_kills_of_those_who_take_mail_lose_none_and_double_none(
    desk: Desk, lmtp: int, capfd: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("FAULTS_SEED") or secrets.randbelow(10**6))
    raise_curtain_at(desk)
    server = MailServer(lmtp)
    working = threading.Thread(target=server.work)
    working.start()
    try:
        killed = kill(desk, seed, times=KILLS, before_each=lambda: None, processes=("mail", "mail doors"))
    finally:
        server.end()
        working.join()
    wait_until(lambda: _count(desk, "intake_receivedmail where status = 'waiting'") == 0, why=lambda: desk.log)
    with desk.database() as owner:
        settled = dict(
            owner.execute(
                "select message_id, count(*) from intake_receivedmail where status in ('taken', 'quarantined')"
                " group by message_id"
            ).fetchall()
        )
        reported = owner.execute("select title, count(*) from incidents_incident group by title").fetchall()
    lost = [message_id for message_id in server.accepted if message_id not in settled]
    doubled = [name for name, count in [*settled.items(), *reported] if count > 1]
    with capfd.disabled():
        print(
            f"\nmail: kills {sum(killed.values())} ({killed}), seed {seed}, accepted {len(server.accepted)}, "
            f"repeated {server.repeated}, lost {len(lost)}, doubled {len(doubled)}"
        )
    assert (lost, doubled) == ([], [])
    assert server.accepted, "nothing was accepted, so nothing was tried"


def _count(desk: Desk, rows: str) -> int:
    with desk.database() as owner:
        (found,) = owner.execute(f"select count(*) from {rows}").fetchone()
    return int(found)
