"""An agreement comes to its end, on a running desk: its account executive is told in time, and of each mark once."""

from __future__ import annotations

import os
import signal

import pytest

from tests.harness.desk_process import Desk
from tests.harness.smtp_receiver import SmtpReceiver
from tests.stage import chicago

pytestmark = [pytest.mark.story, pytest.mark.long]

AXEL = "axel@vendor.example"


def subjects(receiver: SmtpReceiver) -> list[str]:
    return [str(arrival.message["Subject"]) for arrival in receiver.to(AXEL)]


def test_the_account_executive_is_mailed_once_a_mark_though_watchers_die(
    desk: Desk, smtp_receiver: SmtpReceiver
) -> None:
    desk.clock.run_from(chicago("2026-06-01 12:00"))  # no mark of the agreement is near, whatever day it is
    with desk.database() as owner:
        owner.execute(
            "update policies_agreement set period = '[2026-01-01,2027-01-01)' from people_account "
            "where people_account.id = account_id and slug = 'premier'"
        )
    desk.clock.run_from(chicago("2026-12-02 12:00"))
    smtp_receiver.wait_until(lambda receiver: bool(receiver.to(AXEL)), seconds=60)
    assert subjects(smtp_receiver) == ["Premier: Premium for everything ends in 30 days"]

    for pid in desk.pids("watcher"):
        os.kill(pid, signal.SIGKILL)
    desk.clock.run_from(chicago("2026-12-25 12:00"))
    smtp_receiver.wait_until(lambda receiver: len(receiver.to(AXEL)) > 1, seconds=60)
    desk.clock.run_from(chicago("2027-01-01 00:00"))
    smtp_receiver.wait_until(lambda receiver: len(receiver.to(AXEL)) > 2, seconds=60)
    assert subjects(smtp_receiver)[1:] == [
        "Premier: Premium for everything ends in 7 days",
        "Premier: Premium for everything has ended",
    ]
    assert "- Break-Fix for everything, by the licence" in smtp_receiver.to(AXEL)[-1].text
