"""A customer's mail on its whole way: swaks, a real Postfix, LMTP, and the process that an installation runs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from tests.harness.desk_process import wait_until
from tests.harness.doors_process import Doors, DoorsProcess
from tests.harness.dovecot import Dovecot
from tests.harness.free_port import free_port
from tests.harness.mail_servers import answers
from tests.harness.postfix import Postfix
from tests.intake.doors.stage import ANA, DESK, kept, received

if TYPE_CHECKING:
    from tests.harness.shared_postgres import SharedPostgres

pytestmark = [pytest.mark.story, pytest.mark.long]

Start = Callable[[str], Postfix]


@pytest.fixture
def open_doors(doors: Doors) -> tuple[DoorsProcess, int]:
    """A process of doors that listens, and its port."""
    port = free_port()
    process = doors(WATCHKEEPER_LMTP_LISTEN=f"lmtp://127.0.0.1:{port}", WATCHKEEPER_MAIL_FROM=f"Support <{DESK}>")
    wait_until(lambda: answers(port), why=lambda: process.log)
    return process, port


def swaks(server: Postfix, to: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A customer's mail program hands a mail to the vendor's mail server."""
    command = ["swaks", "--server", "127.0.0.1", "--port", str(server.port), "--from", ANA, "--to", to, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_customers_mail_comes_in_by_the_vendors_mail_server(
    open_doors: tuple[DoorsProcess, int], postfix: Start
) -> None:
    server = postfix(f"inet:127.0.0.1:{open_doors[1]}")
    sent = swaks(server, "desk+r4nd0m@desk.example", "--header", "Subject: Printing is down")
    assert sent.returncode == 0, sent.stdout
    wait_until(lambda: len(kept()) == 1, why=lambda: server.log)
    assert b"Subject: Printing is down\r\n" in kept()[0]
    assert received()[0].envelope_to == ["desk+r4nd0m@desk.example"]
    wait_until(lambda: server.waiting == 0)


def test_a_stranger_to_the_desk_is_refused_while_the_customer_is_still_there(
    open_doors: tuple[DoorsProcess, int], postfix: Start
) -> None:
    sent = swaks(postfix(f"inet:127.0.0.1:{open_doors[1]}"), "nobody@desk.example")
    assert "550 5.1.1 <nobody@desk.example>" in sent.stdout
    assert kept() == []


@pytest.mark.faults
def test_what_the_desk_cannot_keep_waits_at_the_mail_server_and_comes_once(
    open_doors: tuple[DoorsProcess, int], postfix: Start, postgres: SharedPostgres, test_database: str
) -> None:
    server = postfix(f"inet:127.0.0.1:{open_doors[1]}")
    with postgres.superuser() as superuser:
        superuser.execute(f"alter database {test_database} allow_connections false")
        superuser.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [test_database])
        for number in range(3):
            assert swaks(server, DESK, "--header", f"Subject: number {number}").returncode == 0
        wait_until(lambda: server.log.count("452 4.3.1") >= 3, why=lambda: server.log)
        superuser.execute(f"alter database {test_database} allow_connections true")
    connections.close_all()  # this test's own was cut as well
    wait_until(lambda: server.waiting == 0, why=lambda: server.log)
    subjects = [raw.partition(b"Subject: ")[2].partition(b"\r\n")[0] for raw in kept()]
    assert sorted(subjects) == [b"number 0", b"number 1", b"number 2"]


@pytest.mark.faults
def test_a_process_that_is_killed_between_two_mails_loses_and_doubles_none(
    open_doors: tuple[DoorsProcess, int], postfix: Start
) -> None:
    process, port = open_doors
    server = postfix(f"inet:127.0.0.1:{port}")
    for number in range(4):
        assert swaks(server, DESK, "--header", f"Subject: number {number}").returncode == 0
        process.kill()
        process.start()
        wait_until(lambda: answers(port), why=lambda: process.log)
    wait_until(lambda: server.waiting == 0 and len(kept()) == 4, why=lambda: server.log)


def test_two_processes_cannot_listen_at_one_place(
    open_doors: tuple[DoorsProcess, int], doors: Doors, dovecot: Callable[..., Dovecot]
) -> None:
    """The second ends, to be started again and again perhaps: it signs in to no mailbox before."""
    server = dovecot()
    second = doors(WATCHKEEPER_LMTP_LISTEN=f"lmtp://127.0.0.1:{open_doors[1]}", WATCHKEEPER_IMAP_URL=server.url)
    assert second.process.wait(60) == 1
    assert "a door for mail cannot be opened: " in second.log
    assert "Address already in use" in second.log
    assert "Login: user" not in server.log


def test_a_process_that_is_told_to_end_ends(open_doors: tuple[DoorsProcess, int]) -> None:
    assert open_doors[0].stop() == 0


def test_without_a_door_there_is_nothing_to_stand_at(doors: Doors) -> None:
    process = doors()
    assert process.process.wait(60) == 1
    assert process.log.endswith(
        "watchkeeper mail: no door for mail is configured: set WATCHKEEPER_LMTP_LISTEN or WATCHKEEPER_IMAP_URL\n"
    )
