"""`watchkeeper serve` stands at the doors that are configured, and at none otherwise."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest

from tests.harness.desk_process import Desk, wait_until
from tests.intake.doors.conversation import Conversation

pytestmark = [pytest.mark.story, pytest.mark.long]


@pytest.fixture
def lmtp(tmp_path: Path) -> str:
    return str(tmp_path / "lmtp")


@pytest.fixture
def desk_environment(lmtp: str) -> dict[str, str]:
    return {"WATCHKEEPER_LMTP_LISTEN": f"lmtp://{lmtp}", "WATCHKEEPER_MAIL_ADDRESS": "desk@desk.example"}


def hand_over(path: str, subject: str) -> str:
    with Conversation.over_unix(path) as conversation:
        conversation.say("LHLO there")
        return conversation.mail(f"Subject: {subject}\r\n\r\nhello\r\n".encode(), "desk@desk.example")


def is_listening(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(path) == 0


@pytest.mark.faults
def test_it_listens_and_is_started_again_when_it_was_killed(desk: Desk, lmtp: str) -> None:
    wait_until(lambda: is_listening(lmtp), why=lambda: desk.log)
    assert hand_over(lmtp, "first").startswith("250 ")
    first = desk.pid("mail doors")
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: desk.pids("mail doors") not in ([], [first]) and is_listening(lmtp), why=lambda: desk.log)
    assert hand_over(lmtp, "second").startswith("250 ")
    with desk.database() as owner:
        assert owner.execute("select count(*) from intake_receivedmail").fetchone() == (2,)
