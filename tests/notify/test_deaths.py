"""Real worker processes, killed and put to sleep while a real mail server has their mail in its hand."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from tests.harness.clock import Clock
from tests.notify.scripted_smtp import HOLD, SAY_NOTHING, ScriptedSmtp
from tests.notify.stage import again, saying_of
from watchkeeper.notify import outbox
from watchkeeper.notify.jobs import deliver
from watchkeeper.notify.models import Notice
from watchkeeper.people.wall import for_the_desk

PAST_THE_LEASE = outbox.LEASE + timedelta(seconds=1)

DELIVER = """
import sys, django
from django.conf import settings
django.setup()
from django.db import connection
from watchkeeper.config.smtp_server import SmtpServer
host, name, smtp, notice = sys.argv[1:]
connection.settings_dict |= {"HOST": host, "NAME": name}
settings.WATCHKEEPER_SMTP = SmtpServer.from_url(smtp)
settings.WATCHKEEPER_MAIL_FROM = "Support <desk@example.com>"
from watchkeeper.notify.jobs import deliver
deliver(notice)
"""


@pytest.fixture
def notice(committed_db, settings, smtp: ScriptedSmtp) -> Notice:
    settings.WATCHKEEPER_SMTP = smtp.server
    with for_the_desk():
        return outbox.queue(saying_of())


@contextmanager
def delivering(notice: Notice, smtp: ScriptedSmtp) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own that delivers, up to the moment the server has the whole text and has not answered."""
    where = [connection.settings_dict[key] for key in ("HOST", "NAME")]
    command = [sys.executable, "-c", DELIVER, *where, f"smtp://127.0.0.1:{smtp.port}", str(notice.pk)]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        smtp.wait_for(1)
        yield process
    finally:
        process.kill()
        process.wait()


def another_takes_over(notice: Notice, clock: Clock) -> None:
    clock.advance(PAST_THE_LEASE)
    outbox.sweep()
    clock.advance(timedelta(seconds=2))
    deliver(str(notice.pk))


def test_a_killed_worker_loses_no_mail_and_the_repeat_has_the_same_id(notice, smtp, clock) -> None:
    smtp.to_text = [SAY_NOTHING, "250 kept"]
    with delivering(notice, smtp) as worker:
        worker.kill()
        worker.wait()

        another_takes_over(notice, clock)

    with for_the_desk():
        assert again(notice).status == "sent"
        assert [attempt.outcome for attempt in again(notice).attempts.all()] == ["abandoned", "accepted"]
    assert smtp.message_ids() == [f"<{notice.pk}@desk.example.com>"] * 2


def test_a_worker_that_slept_through_its_lease_overwrites_nothing_when_it_wakes(notice, smtp, clock) -> None:
    smtp.to_text = [HOLD, "250 kept"]
    with delivering(notice, smtp) as worker:
        worker.send_signal(signal.SIGSTOP)
        another_takes_over(notice, clock)

        smtp.released.set()
        worker.send_signal(signal.SIGCONT)
        assert worker.wait(timeout=60) == 0

    with for_the_desk():
        sent = again(notice)
        assert (sent.status, sent.attempt) == ("sent", 2)
        late, counted = sent.attempts.all()
        assert (late.outcome, counted.outcome) == ("abandoned", "accepted")
        assert late.answer == "after its lease had ended: accepted: DATA: 250 kept at last"


def test_eight_watchers_at_once_take_each_notice_once(committed_db, clock, settings, smtp) -> None:
    settings.WATCHKEEPER_SMTP = smtp.server
    with for_the_desk():
        notices = [outbox.queue(saying_of(step=f"warned:{number}")) for number in range(40)]
    for notice in notices:
        outbox.claim(notice.pk)
    clock.advance(timedelta(minutes=3))
    together, swept = threading.Barrier(8), []

    def sweep() -> None:
        together.wait()
        swept.append(outbox.sweep())
        connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(one.abandoned for one in swept) == 40
    outbox.sweep()  # what another held when it looked is taken up by the next sweep
    with for_the_desk():
        assert Notice.objects.to_read_in_the_desk().count() == 40
        assert Notice.objects.filter(status="queued", attempts__outcome="abandoned").count() == 40
