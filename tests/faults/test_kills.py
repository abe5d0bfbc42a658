"""SIGKILL of web, worker and watcher under load: what was accepted is kept, what must be said is said, once by its id.

FAULTS_SEED=… repeats a plan, FAULTS_KILLS=… makes it longer or shorter.
"""

from __future__ import annotations

import os
import random
import secrets
import sys

import pytest

from tests.faults.clients import Accepted, Client, reporting
from tests.faults.killing import kill
from tests.faults.ledger import Ledger, ledger_of
from tests.harness.desk_process import Desk, wait_until
from tests.harness.smtp_receiver import SmtpReceiver
from tests.stories.curtain import raise_curtain_at
from tests.stories.settling import settle

pytestmark = [pytest.mark.faults, pytest.mark.long]

KILLS = int(os.environ.get("FAULTS_KILLS", "150"))
CLIENTS = 3

DUE_AT_ONCE = """\
sla: Due at once
acknowledgement:
  1: {within: 2s, goal: 1s}
"""


@pytest.fixture
def seed() -> int:
    return int(os.environ.get("FAULTS_SEED") or secrets.randbelow(10**6))


@pytest.fixture
def clients(desk: Desk, seed: int) -> list[Client]:
    """Machines that report for Clara's account, whose SLA promises what nobody can keep."""
    raise_curtain_at(desk)
    with desk.database() as owner:
        owner.execute("update policies_agreement set sla_text = %s where sla_text <> ''", [DUE_AT_ONCE])
    token = desk.run("token", "add", "monitoring", "--account", "contracted", "--scope", "report").stdout.strip()
    url = f"{desk.url}/api/v1/incidents"
    return [
        Client(url, token, "clara@contracted.example", random.Random(f"{seed} client {number}"))
        for number in range(CLIENTS)
    ]


def test_kills_lose_no_report_and_no_notice_and_double_no_breach(
    desk: Desk, clients: list[Client], smtp_receiver: SmtpReceiver, seed: int, capfd: pytest.CaptureFixture[str]
) -> None:
    with reporting(clients) as another_fault:
        killed = kill(desk, seed, times=KILLS, before_each=another_fault)
    wait_until(lambda: every_breach_is_known(desk), seconds=120, why=lambda: desk.log)
    settle(desk)

    accepted = [report for client in clients for report in client.accepted]
    ledger = ledger_of(desk, smtp_receiver)
    with capfd.disabled():
        print(summary(killed, accepted, ledger, seed), file=sys.stderr)

    assert sum(killed.values()) == KILLS
    assert accepted
    assert ledger.lost(accepted) == []
    assert ledger.doubled(accepted) == []
    assert ledger.never_asked_for(accepted) == []
    assert ledger.wrongly_breached() == []
    assert ledger.unsaid() == []
    assert ledger.said_without_reason() == []
    assert ledger.never_arrived() == []
    assert ledger.arrived_without_notice() == []


def every_breach_is_known(desk: Desk) -> bool:
    """Whether no incident whose due time is seconds away is still unbreached."""
    with desk.database() as owner:
        running = owner.execute("select count(*) from incidents_incident where severity = 1 and not is_breached")
        return running.fetchone() == (0,)


def summary(killed: dict[str, int], accepted: list[Accepted], ledger: Ledger, seed: int) -> str:
    by_name = ", ".join(f"{name} {times}" for name, times in sorted(killed.items()))
    return (
        f"\nkills {sum(killed.values())} ({by_name}), accepted {len(accepted)}, lost {len(ledger.lost(accepted))}, "
        f"doubled {len(ledger.doubled(accepted))}, breaches {len(ledger.breaches)}, notices {len(ledger.notices)}, "
        f"mails {len(ledger.arrivals)}, repeated {ledger.repeated()}, seed {seed}"
    )
