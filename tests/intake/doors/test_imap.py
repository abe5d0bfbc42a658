"""A mailbox of a real Dovecot: what comes in is kept, then moved; nothing is lost, kept twice or deleted."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connections
from imap_tools.idle import IdleManager

from tests.harness.desk_process import wait_until
from tests.harness.dovecot import PASSWORD, USER, WITHOUT_IDLE, WITHOUT_MOVE, Dovecot
from tests.intake.doors.stage import kept, mail, received
from watchkeeper.intake.mail.doors import imap
from watchkeeper.intake.mail.doors.mailbox_at import MailboxAt
from watchkeeper.intake.mail.doors.turn import turn_at
from watchkeeper.intake.mail.keeping import LARGEST

if TYPE_CHECKING:
    from tests.harness.shared_postgres import SharedPostgres

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.long]

Start = Callable[..., Dovecot]


@contextmanager
def looked_into(at: MailboxAt, taken: str = "Taken") -> Iterator[None]:
    """Somebody looks into the mailbox while the block runs."""
    stop = threading.Event()

    def look() -> None:
        try:
            imap.look_into(at, taken, None, stop)
        finally:
            connections.close_all()  # what a test asked in this thread

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(60)
        assert not thread.is_alive()


def mailbox_of(server: Dovecot) -> MailboxAt:
    return MailboxAt.read(server.url)


def test_what_is_there_and_what_comes_is_kept_and_moved(dovecot: Start) -> None:
    """The second one is heard of by IDLE: nothing else would look for minutes."""
    server = dovecot()
    server.deliver(mail(number=1))
    with looked_into(mailbox_of(server)):
        wait_until(lambda: server.mails("Taken") == [mail(number=1)], why=lambda: server.log)
        server.deliver(mail(number=2))
        wait_until(lambda: server.mails("Taken") == [mail(number=1), mail(number=2)], why=lambda: server.log)
    assert kept() == [mail(number=1), mail(number=2)]
    assert server.mails() == []
    assert {(row.door, row.mailbox) for row in received()} == {("imap", f"{USER}@127.0.0.1:{server.port}/INBOX")}


def test_a_mail_that_comes_between_the_look_and_the_waiting_is_heard_of(
    dovecot: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server says so in one breath with its answer to IDLE, where a library that waits for more would miss it."""
    server, look = dovecot(), imap.Mailbox.keep_all

    def keep_all(mailbox: imap.Mailbox, stop: threading.Event) -> None:
        look(mailbox, stop)
        if not kept():
            server.deliver(mail())

    monkeypatch.setattr(imap.Mailbox, "keep_all", keep_all)
    with looked_into(mailbox_of(server)):
        wait_until(lambda: server.mails("Taken") == [mail()], why=lambda: server.log)


def test_the_clock_counts_from_when_the_mailbox_received_it(dovecot: Start) -> None:
    server = dovecot()
    friday = datetime(2026, 3, 6, 22, 30, 15, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    server.deliver(mail(), friday)
    with looked_into(mailbox_of(server)):
        wait_until(lambda: len(server.mails("Taken")) == 1)
    (long_ago,) = received()
    assert long_ago.counts_from == friday < long_ago.kept_at


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        (b'1 (INTERNALDATE "17-Jul-1996 02:44:25 -0700")', datetime(1996, 7, 17, 9, 44, 25, tzinfo=UTC)),
        (b'1 (INTERNALDATE " 7-Dec-2026 23:59:59 +0530" UID 7)', datetime(2026, 12, 7, 18, 29, 59, tzinfo=UTC)),
        (b"1 (UID 7)", None),
        (b'1 (INTERNALDATE "31-Feb-2026 02:44:25 +0000")', None),
        (b'1 (INTERNALDATE "17-Jui-2026 02:44:25 +0000")', None),
        (b'1 (INTERNALDATE "01-Jan-0001 00:00:00 +0100")', None),
        (b'1 (INTERNALDATE "17-Jul-2026 02:44:25 +9900")', None),
    ],
)
def test_the_time_of_a_mailbox_is_read_as_it_is_written(said: bytes, instant: datetime | None) -> None:
    assert imap._arrived_at(said) == instant


def test_without_idle_it_is_asked_again_and_again(dovecot: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "SECONDS_BETWEEN_LOOKS", 0.1)
    asked_to_tell: list[object] = []
    monkeypatch.setattr(IdleManager, "start", asked_to_tell.append)
    server = dovecot(WITHOUT_IDLE)
    with looked_into(mailbox_of(server)):
        for number in (1, 2):
            server.deliver(mail(number=number))
            wait_until(lambda wanted=number: len(server.mails("Taken")) == wanted, why=lambda: server.log)
    assert len(kept()) == 2
    assert asked_to_tell == []


@pytest.mark.parametrize(("more", "taken"), [(WITHOUT_MOVE, "Taken"), ("", "")], ids=["cannot move", "shall not move"])
def test_where_mails_are_not_moved_they_are_marked_and_none_is_deleted(dovecot: Start, more: str, taken: str) -> None:
    server = dovecot(more)
    server.deliver(mail(number=1))
    server.deliver(mail(number=2))
    with server.signed_in() as own:
        own.select()
        own.store("1", "+FLAGS", r"(\Deleted)")
    with looked_into(mailbox_of(server), taken):
        wait_until(lambda: any(rb"\Seen WatchkeeperTaken" in flags for flags in server.flags()), why=lambda: server.log)
        server.deliver(mail(number=3))
        wait_until(lambda: sum(b"WatchkeeperTaken" in flags for flags in server.flags()) == 2)
    assert kept() == [mail(number=2), mail(number=3)]
    assert len(server.mails()) == 3
    assert server.mails("Taken") == []


def test_a_server_that_can_neither_move_nor_mark_is_said_so() -> None:
    with pytest.raises(imap.MailboxFault, match="can neither move mails"):
        imap.Mailbox(WithoutKeywords(), MailboxAt.read("imaps://a:b@mail.example"), "Taken")


class WithoutKeywords:
    """A server as Exchange was: it forgets words that are not its own."""

    class client:
        capability = staticmethod(lambda: ("OK", [b"IMAP4rev1"]))
        response = staticmethod(lambda _name: ("PERMANENTFLAGS", [rb"(\Seen \Deleted)"]))

    class folder:
        set = staticmethod(lambda _folder: None)


def test_a_mail_over_the_limit_stays_flagged_and_holds_up_no_other(
    dovecot: Start, caplog: pytest.LogCaptureFixture
) -> None:
    server = dovecot()
    server.deliver(mail(number=1) + b"x" * LARGEST)
    server.deliver(mail(number=2))
    with looked_into(mailbox_of(server)):
        wait_until(lambda: server.mails("Taken") == [mail(number=2)], why=lambda: server.log)
        server.deliver(mail(number=3))
        wait_until(lambda: len(server.mails("Taken")) == 2)
    (flags,) = server.flags()
    assert rb"\Flagged WatchkeeperTooLarge" in flags
    assert [line for line in caplog.messages if "it stays there, flagged" in line] == [
        f"mailbox {mailbox_of(server).name}: the mail with UID 1 has {len(mail()) + LARGEST:,} bytes, more than"
        f" {LARGEST:,}: it stays there, flagged"
    ]
    assert kept() == [mail(number=2), mail(number=3)]


def test_one_that_cannot_be_kept_for_a_reason_of_its_own_holds_up_no_other(
    dovecot: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = imap.keep

    def keep_but_the_first(raw: bytes, **how: Any) -> None:
        if raw == mail(number=1):
            raise ValueError
        keep(raw, **how)

    monkeypatch.setattr(imap, "keep", keep_but_the_first)
    server = dovecot()
    server.deliver(mail(number=1))
    server.deliver(mail(number=2))
    with looked_into(mailbox_of(server)):
        wait_until(lambda: server.mails("Taken") == [mail(number=2)], why=lambda: server.log)
    assert server.mails() == [mail(number=1)]


def test_one_that_cannot_be_moved_holds_up_no_other(dovecot: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    put_away = imap.Mailbox._put_away

    def put_away_but_the_first(mailbox: imap.Mailbox, uid: bytes) -> None:
        if uid == b"1":
            raise imap.MailboxFault("MOVE: the server says NO")
        put_away(mailbox, uid)

    monkeypatch.setattr(imap.Mailbox, "_put_away", put_away_but_the_first)
    server = dovecot()
    server.deliver(mail(number=1))
    server.deliver(mail(number=2))
    with looked_into(mailbox_of(server)):
        wait_until(lambda: server.mails("Taken") == [mail(number=2)], why=lambda: server.log)
    assert kept() == [mail(number=1), mail(number=2)]
    assert server.mails() == [mail(number=1)]


def test_a_folder_that_somebody_takes_away_is_made_again(dovecot: Start) -> None:
    server = dovecot()
    with looked_into(mailbox_of(server)):
        server.deliver(mail(number=1))
        wait_until(lambda: server.mails("Taken") == [mail(number=1)])
        with server.signed_in() as own:
            assert own.delete("Taken")[0] == "OK"
        server.deliver(mail(number=2))
        wait_until(lambda: server.mails("Taken") == [mail(number=2)], why=lambda: server.log)


def test_a_server_that_goes_without_a_word_is_noticed_while_we_wait(dovecot: Start) -> None:
    with imap.opened(mailbox_of(dovecot()), "Taken") as mailbox:
        line = mailbox._client.sock
        assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 60


def test_what_the_database_refuses_for_a_moment_is_kept_a_moment_later(
    dovecot: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, refusals = imap.keep, [OperationalError("canceling statement due to lock timeout")]

    def keep_later(raw: bytes, **how: Any) -> None:
        if refusals:
            raise refusals.pop()
        keep(raw, **how)

    monkeypatch.setattr(imap, "keep", keep_later)
    server = dovecot()
    server.deliver(mail())
    with looked_into(mailbox_of(server)):
        wait_until(lambda: server.mails("Taken") == [mail()], why=lambda: server.log)


def test_a_mail_that_somebody_takes_away_meanwhile_is_no_fault(dovecot: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    server, found = dovecot(), imap.Mailbox._to_keep
    monkeypatch.setattr(imap.Mailbox, "_to_keep", lambda mailbox: [b"4711", *found(mailbox)])
    server.deliver(mail())
    with looked_into(mailbox_of(server)):
        wait_until(lambda: server.mails("Taken") == [mail()], why=lambda: server.log)


@pytest.mark.faults
def test_after_the_server_was_away_it_goes_on(dovecot: Start, caplog: pytest.LogCaptureFixture) -> None:
    server = dovecot()
    with looked_into(mailbox_of(server)):
        server.deliver(mail(number=1))
        wait_until(lambda: len(server.mails("Taken")) == 1)
        server.stop()
        wait_until(lambda: "mail stays there, trying again" in caplog.text)
        server.start()
        server.deliver(mail(number=2))
        wait_until(lambda: len(server.mails("Taken")) == 2, why=lambda: server.log)
        assert "works again" in caplog.text
    assert kept() == [mail(number=1), mail(number=2)]


@pytest.mark.faults
def test_while_the_database_is_away_mails_stay_in_the_mailbox(
    dovecot: Start, postgres: SharedPostgres, test_database: str, caplog: pytest.LogCaptureFixture
) -> None:
    server = dovecot()
    with looked_into(mailbox_of(server)):
        server.deliver(mail(number=1))
        wait_until(lambda: len(server.mails("Taken")) == 1)
        with postgres.superuser() as superuser:
            superuser.execute(f"alter database {test_database} allow_connections false")
            superuser.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [test_database]
            )
            server.deliver(mail(number=2))
            wait_until(lambda: "mail stays there, trying again" in caplog.text)
            assert server.mails() == [mail(number=2)]
            superuser.execute(f"alter database {test_database} allow_connections true")
        wait_until(lambda: len(server.mails("Taken")) == 2, why=lambda: server.log)
    assert kept() == [mail(number=1), mail(number=2)]


def test_a_fault_is_said_once_and_without_the_password(
    dovecot: Start, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(imap, "FIRST_WAIT", 0.01)
    server = dovecot("auth_failure_delay = 0")
    (server.folder / "users").write_text(f"{USER}:{{PLAIN}}another\n")
    with looked_into(mailbox_of(server)):
        wait_until(lambda: server.log.count("auth failed") >= 3, why=lambda: server.log)
    assert caplog.text.count("AUTHENTICATIONFAILED") == 1
    assert PASSWORD not in caplog.text


def test_by_tls_only_a_server_with_a_good_certificate_gets_the_password(
    dovecot: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server = dovecot()
    server.deliver(mail(number=1))
    clear, whom = mailbox_of(server), {"host": "localhost", "user": USER, "password": PASSWORD}
    by_tls = MailboxAt(port=server.tls_port, security="tls", **whom)
    by_starttls = MailboxAt(port=clear.port, security="starttls", **whom)
    for at in (by_tls, by_starttls):
        with looked_into(at):
            wait_until(lambda: "certificate verify failed" in caplog.text)
        caplog.clear()
    assert server.log.count("Login: user") == 1  # ours, when we delivered
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
    for number, at in enumerate((by_tls, by_starttls), start=1):
        with looked_into(at):
            wait_until(lambda wanted=number: len(server.mails("Taken")) == wanted, why=lambda: server.log)
        server.deliver(mail(number=2))
    assert server.log.count(", TLS, ") >= 2


def test_a_turn_is_one_processs_at_a_time_and_ends_with_it(committed_db: None) -> None:
    with turn_at("desk@vendor.example") as first, turn_at("desk@vendor.example") as second, turn_at("another") as third:
        assert (first is None, second is None, third is None) == (False, True, False)
    with turn_at("desk@vendor.example") as again:
        assert again is not None
