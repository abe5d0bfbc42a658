"""Our mail server hands a mail over: ``250`` means that it is kept, and whatever is not kept stays with the server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.harness.desk_process import wait_until
from tests.harness.little_disk import fill
from tests.intake.doors.conversation import Conversation
from tests.intake.doors.stage import ADDRESSES, DESK, kept, mail, received
from watchkeeper.intake.mail.doors import listener as door
from watchkeeper.intake.mail.doors.listening_at import ListeningAt
from watchkeeper.intake.mail.keeping import LARGEST

if TYPE_CHECKING:
    import psycopg

    from tests.harness.shared_postgres import SharedPostgres

Talk = Callable[[str], Conversation]
both = pytest.mark.parametrize("protocol", ["lmtp", "smtp"])


@both
def test_what_is_answered_with_250_is_kept_byte_for_byte(talk: Talk, protocol: str) -> None:
    raw = mail(body="..two dots\r\n.one\r\n\r\n\xe4 bare\nline\rends")
    stuffed = raw.replace(b"\r\n.", b"\r\n..")
    assert talk(protocol).mail(stuffed, DESK).startswith("250 2.0.0")
    assert kept() == [raw]
    (row,) = received()
    assert (row.door, row.status, row.envelope_to) == ("lmtp", "waiting", [DESK])


@both
def test_without_a_commit_there_is_no_250(talk: Talk, protocol: str, administrator: psycopg.Connection[Any]) -> None:
    conversation = talk(protocol)
    with administrator.transaction():
        administrator.execute("lock table intake_rawmail in exclusive mode")
        assert conversation.mail(mail(), DESK) == "452 4.3.1 It cannot be kept now; try again"
    assert kept() == []
    assert conversation.mail(mail(), DESK).startswith("250 ")
    assert kept() == [mail()]


def test_a_mail_that_is_handed_over_again_is_kept_once(talk: Talk) -> None:
    conversation = talk("lmtp")
    assert {conversation.mail(mail(), DESK)[:3] for _ in range(3)} == {"250"}
    assert kept() == [mail()]


def test_bounces_have_no_sender_and_are_taken(talk: Talk) -> None:
    assert talk("lmtp").mail(mail("Undelivered"), DESK, sender="").startswith("250 ")
    assert kept() == [mail("Undelivered")]


@pytest.mark.parametrize(
    "recipient", [DESK, "Desk@DESK.example", "desk+k3y=7@desk.example", "escalations@vendor.example"]
)
def test_the_desk_takes_what_is_for_one_of_its_addresses(talk: Talk, recipient: str) -> None:
    assert talk("lmtp").mail(mail(), recipient).startswith("250 ")
    assert received()[0].envelope_to == [recipient]


@pytest.mark.parametrize(
    "recipient",
    [
        "eva@desk.example",
        "desk@elsewhere.example",
        "desk",
        "desk@desk.example.com",
        "escalations+x@vendor.example",
        "desk+\N{SNOWMAN}@desk.example",
        "+@desk.example",
    ],
)
def test_what_is_for_others_is_refused_for_good(talk: Talk, recipient: str) -> None:
    conversation = talk("lmtp")
    conversation.say("MAIL FROM:<ana@customer.example>")
    assert conversation.say(f"RCPT TO:<{recipient}>") == ("550 5.1.1 No such address here",)
    assert conversation.say("DATA")[0].startswith("503")


@pytest.mark.parametrize("suffix", ["", "+", "+x", "+7f3k2q.1.aaaaaaaaaaaaaaaa", "+zzzzzz.ffff.k3j5k3j5k3j5k3j5"])
def test_a_door_does_not_tell_which_reply_addresses_are_good(talk: Talk, suffix: str) -> None:
    conversation = talk("lmtp")
    conversation.say("MAIL FROM:<mallory@elsewhere.example>")
    assert conversation.say(f"RCPT TO:<desk{suffix}@desk.example>") == ("250 2.1.5 OK",)


def test_by_lmtp_each_recipient_that_was_accepted_gets_an_answer(talk: Talk) -> None:
    conversation = talk("lmtp")
    conversation.say("MAIL FROM:<ana@customer.example>")
    for recipient in (DESK, "nobody@desk.example", "escalations@vendor.example", DESK):
        conversation.say(f"RCPT TO:<{recipient}>")
    conversation.say("DATA")
    conversation.send(mail() + b".\r\n")
    assert [conversation.hear() for _ in range(3)] == [(door.KEPT,)] * 3
    assert conversation.say("NOOP")[0].startswith("250")
    assert received()[0].envelope_to == [DESK, "escalations@vendor.example"]


def test_recipients_beyond_a_hundred_come_with_the_next_mail(talk: Talk) -> None:
    conversation = talk("lmtp")
    conversation.say("MAIL FROM:<ana@customer.example>")
    for number in range(100):
        assert conversation.say(f"RCPT TO:<desk+{number}@desk.example>")[0].startswith("250")
    assert conversation.say("RCPT TO:<desk@desk.example>") == ("452 4.5.3 Too many recipients",)
    assert conversation.say("RCPT TO:<nobody@desk.example>")[0].startswith("550")


def test_by_smtp_a_mail_gets_one_answer(talk: Talk) -> None:
    conversation = talk("smtp")
    assert conversation.mail(mail(), DESK, "escalations@vendor.example") == door.KEPT
    assert conversation.say("QUIT")[0].startswith("221")


@both
def test_a_mail_over_the_limit_is_refused_before_and_after_it_came(talk: Talk, protocol: str) -> None:
    conversation = talk(protocol)
    too_large = f"552 5.3.4 A mail may have {LARGEST} bytes"
    assert conversation.say(f"MAIL FROM:<ana@customer.example> SIZE={LARGEST + 1}") == (too_large,)
    conversation.begin_mail(DESK, "escalations@vendor.example")
    line = b"x" * 998 + b"\r\n"
    for _ in range(LARGEST // len(line) + 1):
        conversation.send(line)
    conversation.send(b".\r\n")
    answers = [conversation.hear() for _ in range(2 if protocol == "lmtp" else 1)]
    assert set(answers) == {(too_large,)}
    assert conversation.mail(mail(), DESK) == door.KEPT
    assert kept() == [mail()]


def test_the_largest_mail_is_taken(talk: Talk) -> None:
    raw = mail()
    raw += (b"x" * 998 + b"\r\n") * ((LARGEST - len(raw)) // 1000)
    assert talk("lmtp").mail(raw, DESK) == door.KEPT
    assert len(kept()[0]) == len(raw)


def test_a_line_longer_than_mail_may_have_is_no_reason_to_lose_it(talk: Talk) -> None:
    raw = mail(body="x" * 500_000)
    assert talk("lmtp").mail(raw, DESK) == door.KEPT
    assert kept() == [raw]


SMUGGLED = (
    b"MAIL FROM:<admin@vendor.example>\r\nRCPT TO:<desk@desk.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nhello\r\n"
)


@both
@pytest.mark.parametrize(
    "false_end", [b"\n.\r\n", b"\r\n.\n", b"\n.\n", b"\r.\r", b"\r.\r\n", b"\r\n.\r", b"\n.\r", b"\r\n\0.\r\n"]
)
def test_a_second_mail_cannot_hide_in_the_first(talk: Talk, protocol: str, false_end: bytes) -> None:
    """CVE-2024-27305 of aiosmtpd, and its relatives: only <CR><LF>.<CR><LF> ends a mail."""
    conversation = talk(protocol)
    assert conversation.mail(mail(body="first") + b"more" + false_end + SMUGGLED, DESK) == door.KEPT
    assert conversation.say("NOOP")[0].startswith("250")
    (only,) = kept()
    assert only.endswith(SMUGGLED)


@pytest.mark.faults
def test_while_the_disk_is_full_mail_stays_with_its_server(talk: Talk, little_disk: Path) -> None:
    conversation = talk("lmtp")
    assert conversation.mail(mail(number=1), DESK) == door.KEPT
    filler = fill(little_disk)
    large = mail(number=2, body="\r\n".join(f"{number:0>60}" for number in range(3000)))
    assert conversation.mail(large, DESK) == door.NO_ROOM
    assert kept() == [mail(number=1)]
    filler.unlink()
    assert conversation.mail(large, DESK) == door.KEPT
    assert kept() == [mail(number=1), large]


@pytest.mark.faults
def test_while_the_database_is_away_mail_stays_with_its_server(
    talk: Talk, postgres: SharedPostgres, test_database: str
) -> None:
    conversation = talk("lmtp")
    with postgres.superuser() as superuser:
        superuser.execute(f"alter database {test_database} allow_connections false")
        superuser.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [test_database])
        assert conversation.mail(mail(), DESK) == door.NO_ROOM
        superuser.execute(f"alter database {test_database} allow_connections true")
    assert conversation.mail(mail(), DESK) == door.KEPT


def test_a_fault_of_ours_keeps_the_mail_at_its_server(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_how: object) -> None:
        raise ZeroDivisionError

    conversation = talk("lmtp")
    monkeypatch.setattr(door, "keep", broken)
    assert conversation.mail(mail(), DESK) == door.FAULT


def test_a_fault_before_keeping_keeps_the_mail_at_its_server(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(door.Desk, "handle_DATA", broken)
    assert talk("lmtp").mail(mail(), DESK) == door.FAULT


def test_who_hangs_up_within_a_mail_has_handed_nothing_over(talk: Talk) -> None:
    first = talk("lmtp")
    first.begin_mail(DESK)
    first.send(mail())
    first.socket.shutdown(socket.SHUT_RDWR)
    assert talk("lmtp").mail(mail(number=2), DESK) == door.KEPT
    assert kept() == [mail(number=2)]


def test_one_mail_that_waits_for_the_database_holds_up_nobody_else(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeping runs beside the listening: others are greeted meanwhile."""
    answers_again = threading.Event()
    monkeypatch.setattr(door, "keep", lambda *_raw, **_how: answers_again.wait())
    waiting = talk("lmtp")
    try:
        waiting.begin_mail(DESK)
        waiting.send(mail() + b".\r\n")
        with Conversation.over_tcp(waiting.socket.getpeername()[1]) as other:
            assert other.say("LHLO there")[-1].startswith("250")
    finally:
        answers_again.set()
    assert waiting.hear() == (door.KEPT,)


def test_it_listens_at_a_socket_of_a_folder_as_well(committed_db: None, tmp_path: Path) -> None:
    at, stop = ListeningAt("lmtp", path=str(tmp_path / "lmtp")), threading.Event()
    thread = threading.Thread(target=door.listen, args=[door.bound(at), "lmtp", ADDRESSES, stop])
    thread.start()
    try:
        wait_until(lambda: listens(at.path))
        assert Path(at.path).stat().st_mode & 0o777 == 0o666
        with Conversation.over_unix(at.path) as conversation:
            conversation.say("LHLO there")
            assert conversation.mail(mail(), DESK) == door.KEPT
        with pytest.raises(OSError, match="another process listens at"):
            door.bound(at)
        assert listens(at.path)
    finally:
        stop.set()
        thread.join()
    assert kept() == [mail()]
    door.bound(at).close()  # what a process leaves behind is in nobody's way


def test_what_is_no_socket_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("to keep")
    with pytest.raises(OSError, match="in use"):
        door.bound(ListeningAt("lmtp", path=str(tmp_path / "letter")))
    assert (tmp_path / "letter").read_text() == "to keep"


def listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(path) == 0 and probe.recv(4) == b"220 "


def test_it_asks_no_dns_for_which_all_would_wait(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_name: str) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(socket, "getfqdn", broken)
    assert talk("lmtp").mail(mail(), DESK) == door.KEPT


def test_more_at_once_than_fit_into_memory_are_asked_to_come_again(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = talk("lmtp")
    monkeypatch.setattr(door, "CONNECTIONS", 1)
    with Conversation.over_tcp(first.socket.getpeername()[1]) as second:
        assert second.greeting == (door.TOO_MANY,)
    assert first.mail(mail(), DESK) == door.KEPT
