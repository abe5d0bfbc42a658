"""The reader: its child may die, hang, swell or lie, and the next mail is read."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.intake.mail.reading.written import OWN, mail, multipart
from watchkeeper.intake.mail.reading import letters, limits
from watchkeeper.intake.mail.reading.limits import Unreadable
from watchkeeper.intake.mail.reading.reader import Reader

ORDINARY = mail("Subject: Down", body="Nothing works.")
TOO_SLOW = mail("Content-Type: text/html", body=b"<ol>" + b"<li>a" * 18_000)
"""Numbering takes squared time, in a library."""

TOO_WIDE = mail("Content-Transfer-Encoding: x-uuencode", body=b"ab\n" * 11_000_000)
"""Each of its lines becomes an object."""

FRAME = "import os, sys, time, struct\nread = sys.stdin.buffer.read\nread(*struct.unpack('>I', read(4)))\n"
FOREVER = "\nread()\n"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(OWN, wall_seconds=300) as one:
        yield one


def liar(code: str, *, wall_seconds: float = 60) -> Reader:
    return Reader(OWN, command=[sys.executable, "-I", "-c", FRAME + code], wall_seconds=wall_seconds)


def test_it_reads_what_reading_here_would_give(reader: Reader) -> None:
    content_type, body = multipart(
        "mixed", "\nGröße", b"Content-Type: image/png; name=a.png\n\n\x00\xff" + b"x" * 300_000
    )
    for raw in (ORDINARY, mail(content_type, body=body), b"", b"\x00" * 1_000):
        assert reader.read(raw) == letters.read(raw, own=OWN)


def test_it_is_told_what_is_ours(reader: Reader) -> None:
    read = reader.read(
        mail(
            "Message-ID: <1@desk.example>",
            "Authentication-Results: mx2.desk.example; dmarc=pass header.from=customer.example",
        )
    )
    assert (read.loops, read.verdict) == (("message-id: <1@desk.example>",), "pass")


def test_one_child_reads_many_mails_and_a_refusal_is_no_reason_for_another(reader: Reader) -> None:
    reader.read(ORDINARY)
    child = reader.pid
    with pytest.raises(Unreadable, match="2,000 headers"):
        reader.read(b"A: b\n" * 3_000)
    reader.read(ORDINARY)

    assert reader.pid == child is not None


def test_a_mail_that_takes_too_long_costs_its_child_and_no_other_mail(reader: Reader) -> None:
    with pytest.raises(Unreadable, match=r"^it took more than 2 s of processor time$"):
        reader.read(TOO_SLOW)

    assert reader.pid is None
    assert reader.read(ORDINARY).text == "Nothing works."


def test_a_mail_that_needs_too_much_memory_says_so(reader: Reader) -> None:
    with pytest.raises(Unreadable, match=r"^it needed more than 256 MB$"):
        reader.read(TOO_WIDE)

    assert reader.pid is None
    assert reader.read(ORDINARY).text == "Nothing works."


def test_a_mail_that_is_too_large_is_not_even_sent(reader: Reader) -> None:
    with pytest.raises(Unreadable, match="35 MB"):
        reader.read(b"x" * (limits.MAIL_BYTES + 1))


def test_the_largest_that_may_come_is_read(reader: Reader) -> None:
    head = b"From: a@x.example\nContent-Type: application/x; name=a\nContent-Transfer-Encoding: base64\n\n"
    line = b"QUJD" * 19 + b"\r\n"
    read = reader.read(head + line * ((limits.MAIL_BYTES - len(head)) // len(line)))

    assert len(read.files[0].data) > 25 * 1024 * 1024
    assert reader.pid is None, "the memory that it took goes with its child"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("os._exit(3)", "its reader died of it"),
        ("os.kill(os.getpid(), 9)", "its reader died of it"),
        (f"os.kill(os.getpid(), {int(signal.SIGPROF)})", "it took more than 2 s of processor time"),
        ("os.write(1, b'\\0\\0'); os._exit(0)", "its reader died of it"),
        ("os.write(1, b'\\0\\0\\0\\x02{]')" + FOREVER, "what came out of reading it was no letter"),
        ("os.write(1, b'\\xff\\xff\\xff\\xff')" + FOREVER, "what came out of reading it was no letter"),
        ("os.write(1, b'\\0\\0\\0\\x02{}')" + FOREVER, "what came out of reading it was no letter"),
        ("os.close(1)" + FOREVER, "its reader fell silent"),
    ],
)
def test_a_child_that_dies_or_lies_makes_the_mail_unreadable(code: str, why: str) -> None:
    with liar(code) as reader:
        for _ in range(2):
            with pytest.raises(Unreadable, match=f"^{why}$"):
                reader.read(ORDINARY)
            assert reader.pid is None


@pytest.mark.parametrize("code", [FOREVER, "os.write(1, b'\\0\\0\\0\\x09{')" + FOREVER])
def test_a_child_that_says_nothing_is_not_waited_for_longer_than_allowed(code: str) -> None:
    with liar(code, wall_seconds=0.5) as reader, pytest.raises(Unreadable, match=r"^it took more than 0\.5 s$"):
        reader.read(ORDINARY)


def test_nor_is_one_that_does_not_listen() -> None:
    deaf = Reader(OWN, command=[sys.executable, "-I", "-c", "import signal; signal.pause()"], wall_seconds=0.5)
    with deaf, pytest.raises(Unreadable, match=r"^it took more than 0\.5 s$"):
        deaf.read(b"x" * 1_000_000)


def test_a_child_that_died_between_two_mails_costs_neither(reader: Reader) -> None:
    reader.read(ORDINARY)
    child = reader.pid
    assert child is not None
    handle = os.pidfd_open(child)
    signal.pidfd_send_signal(handle, signal.SIGKILL)
    assert select.select([handle], [], [], 60)[0]
    os.close(handle)

    assert reader.read(ORDINARY).text == "Nothing works."
    assert reader.pid not in (child, None)


def test_the_child_knows_no_secret_and_nothing_of_the_desk(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHKEEPER_SECRET", "canary")
    reader.close()
    reader.read(ORDINARY)

    environment = Path(f"/proc/{reader.pid}/environ").read_bytes()
    assert b"canary" not in environment
    assert {entry.partition(b"=")[0] for entry in environment.split(b"\0") if entry} <= {b"LANG", b"LC_CTYPE"}
    loaded = (
        "import sys, watchkeeper.intake.mail.reading.child; print({name.partition('.')[0] for name in sys.modules})"
    )
    modules = subprocess.run([sys.executable, "-I", "-c", loaded], capture_output=True, text=True, check=True).stdout
    for name in ("django", "psycopg", "subprocess", "ssl", "asyncio", "multiprocessing"):
        assert f"'{name}'" not in modules


def test_the_child_ends_when_whoever_started_it_is_killed() -> None:
    code = (
        "import signal\nfrom tests.intake.mail.reading.written import OWN\n"
        "from watchkeeper.intake.mail.reading.reader import Reader\n"
        "reader = Reader(OWN)\nreader.read(b'x')\nprint(reader.pid, flush=True)\nsignal.pause()"
    )
    root = Path(__file__).parents[4]
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root) as parent:
        assert parent.stdout
        handle = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    assert select.select([handle], [], [], 60)[0]
    os.close(handle)


def test_closing_ends_the_child_and_may_be_done_twice() -> None:
    reader = Reader(OWN)
    reader.read(ORDINARY)
    handle = os.pidfd_open(reader.pid or 0)
    reader.close()
    reader.close()

    assert select.select([handle], [], [], 60)[0]
    os.close(handle)
    assert reader.pid is None
