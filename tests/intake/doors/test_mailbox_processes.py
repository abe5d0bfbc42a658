"""Processes that look into a mailbox die at any moment and come by the dozen; each mail is kept once all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest

from tests.harness.desk_process import wait_until
from tests.harness.doors_process import Doors
from tests.harness.dovecot import Dovecot
from tests.intake.doors.stage import kept, mail

pytestmark = [pytest.mark.story, pytest.mark.faults, pytest.mark.long]

Start = Callable[..., Dovecot]

DIES_BETWEEN_KEEPING_AND_MOVING = """
import os, signal, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "watchkeeper.config.settings"
import django
django.setup()
from watchkeeper.intake.mail.doors import imap, serving
imap.Mailbox._put_away = lambda mailbox, uid: os.kill(os.getpid(), signal.SIGKILL)
serving.serve_doors(threading.Event())
"""


def test_who_dies_between_keeping_and_moving_loses_none_and_doubles_none(
    dovecot: Start, doors: Doors, desk_settings: Callable[..., dict[str, str]]
) -> None:
    server = dovecot()
    mails = [mail(number=number) for number in range(3)]
    for raw in mails:
        server.deliver(raw)
    settings = desk_settings(WATCHKEEPER_IMAP_URL=server.url)
    for _ in range(2):
        died = subprocess.run([sys.executable, "-c", DIES_BETWEEN_KEEPING_AND_MOVING], env=settings, timeout=120)
        assert died.returncode == -signal.SIGKILL
        assert kept() == mails[:1]
        assert server.mails() == mails
    doors(WATCHKEEPER_IMAP_URL=server.url)
    wait_until(lambda: server.mails("Taken") == mails, why=lambda: server.log)
    assert kept() == mails


def test_of_two_processes_one_looks_and_the_other_takes_its_place(dovecot: Start, doors: Doors) -> None:
    server = dovecot()
    first, second = (doors(WATCHKEEPER_IMAP_URL=server.url) for _ in range(2))
    delivered = 0

    def come_in(count: int) -> None:
        nonlocal delivered
        for number in range(delivered, delivered + count):
            server.deliver(mail(number=number))
        delivered += count
        wait_until(lambda: len(server.mails("Taken")) == delivered, why=lambda: first.log + second.log)

    come_in(5)
    in_turn, waiting = (first, second) if _looks_into(first.process.pid, server) else (second, first)
    assert not _looks_into(waiting.process.pid, server)
    in_turn.kill()
    come_in(5)
    assert _looks_into(waiting.process.pid, server)
    assert Counter(kept()) == Counter(mail(number=number) for number in range(10))


def test_processes_that_are_killed_at_any_moment_lose_none_and_double_none(dovecot: Start, doors: Doors) -> None:
    server = dovecot()
    processes = [doors(WATCHKEEPER_IMAP_URL=server.url) for _ in range(2)]
    for round_ in range(4):
        for number in range(5):
            server.deliver(mail(number=10 * round_ + number))
        wait_until(lambda: len(kept()) > 5 * round_, why=lambda: server.log)  # noqa: B023 - asked at once
        for process in processes:
            process.kill()
            process.start()
    wait_until(lambda: len(server.mails("Taken")) == 20 and not server.mails(), why=lambda: server.log)
    assert Counter(kept()) == Counter(mail(number=10 * round_ + number) for round_ in range(4) for number in range(5))


def _looks_into(pid: int, server: Dovecot) -> bool:
    """Whether a process has a connection to the server: its sockets are among those with that port at the other end."""
    with open("/proc/net/tcp") as table:
        lines = [line.split() for line in table.readlines()[1:]]
    to_server = {f"socket:[{line[9]}]" for line in lines if line[2].endswith(f":{server.port:04X}") and line[3] == "01"}
    handles = f"/proc/{pid}/fd"
    return any(os.readlink(f"{handles}/{name}") in to_server for name in os.listdir(handles) if _is_open(handles, name))


def _is_open(handles: str, name: str) -> bool:
    return os.path.lexists(f"{handles}/{name}")
