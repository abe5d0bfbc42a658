"""What every other test stands on."""

import os
import smtplib
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import ProgrammingError

from .clock import Clock
from .desk_process import is_alive, wait_until
from .shared_postgres import CHECKOUT, SharedPostgres
from .smtp_receiver import HANG_UP, SmtpReceiver

FRIDAY = datetime(2026, 3, 6, 22, 30, tzinfo=UTC)


def ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_test_works_as_the_application_and_not_as_an_owner() -> None:
    assert ask("select current_user") == "watchkeeper_app"
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask("truncate people_person")


def test_the_clock_stands_where_it_is_set_and_moves_when_it_is_moved(clock: Clock) -> None:
    clock.set(FRIDAY)
    assert ask("select watchkeeper_now()") == FRIDAY
    clock.advance(timedelta(hours=1))
    assert ask("select watchkeeper_now()") == FRIDAY + timedelta(hours=1)


def test_the_clock_runs_on_from_where_it_is_let_go(clock: Clock) -> None:
    clock.run_from(FRIDAY)
    first, second = ask("select watchkeeper_now()"), ask("select watchkeeper_now()")
    assert FRIDAY <= first < second < FRIDAY + timedelta(minutes=1)


def test_a_clock_is_set_to_an_instant_only(clock: Clock) -> None:
    with pytest.raises(ValueError, match="says no offset"):
        clock.set(FRIDAY.replace(tzinfo=None))


def test_what_is_committed_is_seen_by_other_connections(
    committed_db: None, clock: Clock, postgres: SharedPostgres, test_database: str
) -> None:
    clock.set(FRIDAY)
    with psycopg.connect(postgres.conninfo(test_database)) as other:
        assert other.execute("select watchkeeper_now()").fetchone() == (FRIDAY,)


def test_a_copy_knows_nothing_of_what_was_committed_before_it(postgres: SharedPostgres) -> None:
    postgres.clone("test_copies")
    with psycopg.connect(postgres.conninfo("test_copies")) as first:
        first.execute("update test_clock set stands_at = %s", [FRIDAY])
    postgres.clone("test_copies")
    with psycopg.connect(postgres.conninfo("test_copies")) as second:
        assert second.execute("select stands_at from test_clock").fetchone() == (None,)


@pytest.mark.django_db
def test_every_model_has_the_migration_that_makes_its_table() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.long
@pytest.mark.faults
def test_the_server_goes_when_the_session_that_used_it_was_killed() -> None:
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    session = subprocess.Popen(
        [sys.executable, "-c", SESSION], cwd=CHECKOUT, env=alone, stdout=subprocess.PIPE, text=True
    )
    assert session.stdout is not None
    folder, postmaster = session.stdout.readline().split()
    assert is_alive(int(postmaster))
    session.kill()
    session.wait()
    session.stdout.close()
    wait_until(lambda: not is_alive(int(postmaster)))
    wait_until(lambda: subprocess.run(["test", "-e", folder]).returncode == 1)


SESSION = """
import time
from tests.harness.shared_postgres import SharedPostgres
shared = SharedPostgres.of_this_session()
print(shared.folder, (shared.folder / "var/postgres/postmaster.pid").read_text().split()[0], flush=True)
time.sleep(600)
"""


def send(receiver: SmtpReceiver) -> None:
    with smtplib.SMTP("127.0.0.1", receiver.port) as server:
        server.sendmail("desk@vendor.example", ["ana@customer.example"], b"Subject: hello\r\n\r\nkept as it came\r\n")


def test_the_receiver_keeps_what_it_accepts(smtp_receiver: SmtpReceiver) -> None:
    send(smtp_receiver)
    smtp_receiver.wait_until(lambda receiver: len(receiver.to("ana@customer.example")) == 1)
    assert smtp_receiver.arrivals[0].message["Subject"] == "hello"
    assert b"kept as it came" in smtp_receiver.arrivals[0].raw


def test_the_receiver_answers_as_it_was_told_and_then_accepts(smtp_receiver: SmtpReceiver) -> None:
    smtp_receiver.answers.append("451 4.3.0 later")
    with pytest.raises(smtplib.SMTPDataError, match="later"):
        send(smtp_receiver)
    send(smtp_receiver)
    assert (len(smtp_receiver.refused), len(smtp_receiver.arrivals)) == (1, 1)


def test_the_receiver_can_leave_a_sender_in_doubt(smtp_receiver: SmtpReceiver) -> None:
    smtp_receiver.answers.append(HANG_UP)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(smtp_receiver)
    assert len(smtp_receiver.refused) == 1


@pytest.mark.browser
def test_the_browser_runs_scripts(page) -> None:
    page.goto("data:text/html,<p id=p></p><script>p.textContent = 6 * 7</script>")
    assert page.text_content("#p") == "42"
