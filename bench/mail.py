"""How fast mail is taken: ``python -m bench.mail``. The aim is 100 a second on two processors, a twentieth poison.

Twice 1,000 mails are kept as a door keeps them, one transaction each, in a PostgreSQL with fsync on, and then taken by
two ``watchkeeper mail handle``: once all of them good, once with 50 in between that cost a reader all its time, its
memory or its patience. Nothing is sent: no worker runs.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from bench.watch import WATCHKEEPER, scratch_database

MAILS = 1_000
POISON_EVERY = 20
ACCOUNTS = 50
HANDLERS = 2
PATIENCE = 300.0
TEXT = "Since ten every route answers 503.\n\n    upstream connect error or disconnect/reset before headers\n\n" * 5
SETTLED = "select count(*) from intake_receivedmail where status <> 'waiting'"
BY_EFFECT = """
    select effect, count(*), percentile_cont(0.99) within group (order by extract(epoch from settled_at - kept_at))
    from intake_receivedmail where mailbox = %s group by effect order by count(*) desc
"""


def a_mail(author: str, number: int) -> bytes:
    """A mail of ordinary size as people's programs write it: text and HTML, and a small file."""
    letter = EmailMessage(policy=SMTP)
    letter["Authentication-Results"] = f"mx.bench.example; dmarc=pass header.from={author.rpartition('@')[2]}"
    letter["From"], letter["To"] = author, "desk@bench.example"
    letter["Subject"], letter["Message-ID"] = f"The gateway answers 503 ({number})", f"<{number}@customer.example>"
    letter.set_content(TEXT)
    letter.add_alternative(f"<p>{TEXT.replace(chr(10), '<br>')}</p>", subtype="html")
    letter.add_attachment(b"0123456789" * 1_000, maintype="text", subtype="plain", filename="gateway.log")
    return letter.as_bytes()


def poison(number: int) -> bytes:
    """One of four that readers died of."""
    head = f"From: evil@elsewhere.example\r\nSubject: {number}\r\n".encode()
    match number % 4:
        case 0:
            return head + b"To: " + b"(" * 200_000 + b"\r\n\r\nx"
        case 1:
            nest = b"".join(
                b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (depth, depth) for depth in range(1_500)
            )
            return head + nest
        case 2:
            return head + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 60_000
        case _:
            return head + b"".join(b"X-%d: y\r\n" % line for line in range(100_000)) + b"\r\nx"


@contextmanager
def handlers() -> Iterator[None]:
    """So many processes that take mail."""
    running = [subprocess.Popen([WATCHKEEPER, "mail", "handle"]) for _ in range(HANDLERS)]
    try:
        yield
    finally:
        for handler in running:
            handler.terminate()
        for handler in running:
            handler.wait(30)


def one_round(name: str, mails: list[bytes], superuser: Any) -> None:
    """Keep them all, let them be taken, and print how long both took."""
    from watchkeeper.intake.mail.keeping import keep

    (before,) = superuser.execute(SETTLED).fetchone()
    began = time.perf_counter()
    for raw in mails:
        keep(raw, door="lmtp", mailbox=name)
    kept = time.perf_counter()
    with handlers():
        _wait(lambda: superuser.execute(SETTLED).fetchone()[0] > before)
        first = time.perf_counter()
        _wait(lambda: superuser.execute(SETTLED).fetchone()[0] >= before + len(mails) - _poisoned(mails))
        good = time.perf_counter()
        _wait(lambda: superuser.execute(SETTLED).fetchone()[0] == before + len(mails))
        done = time.perf_counter()
    print(
        f"{name}: kept {len(mails) / (kept - began):.0f} a second; taken {len(mails) / (done - first):.0f} a second, "
        f"as many as are good after {good - first:.1f} s and all after {done - first:.1f} s",
        flush=True,
    )
    for effect, count, _ in superuser.execute(BY_EFFECT, [name]).fetchall():
        print(f"    {count:5} {effect}", flush=True)


def read_alone(mails: list[bytes]) -> None:
    """How fast the limited child reads them, and nothing else."""
    from watchkeeper.intake.mail.readers import open_reader

    with open_reader(is_slow=False) as reader:
        reader.read(mails[0])
        began = time.perf_counter()
        for raw in mails:
            reader.read(raw)
        print(f"read in one limited child: {len(mails) / (time.perf_counter() - began):.0f} a second", flush=True)


def main() -> None:
    """Print both rounds."""
    import os

    import psycopg

    from watchkeeper.config.postgres import SUPERUSER
    from watchkeeper.config.roles import DATABASE

    os.environ |= {"WATCHKEEPER_MAIL_AUTHSERV_ID": "mx.bench.example", "WATCHKEEPER_MAIL_ADDRESS": "desk@bench.example"}
    with scratch_database() as postgres:
        from bench.open_incidents import customers
        from django.db import connections

        from watchkeeper.people import clock
        from watchkeeper.people.wall import for_the_desk

        with for_the_desk():
            of, _ = customers(ACCOUNTS, at=clock.now() - timedelta(days=1))
        authors = [each.person.email for each in of]
        all_good = [a_mail(authors[number % ACCOUNTS], number) for number in range(MAILS)]
        mixed = [
            poison(number // POISON_EVERY)
            if number % POISON_EVERY == 0
            else a_mail(authors[number % ACCOUNTS], MAILS + number)
            for number in range(MAILS)
        ]
        read_alone(all_good)
        with psycopg.connect(postgres.conninfo(user=SUPERUSER, dbname=DATABASE), autocommit=True) as superuser:
            one_round("all good", all_good, superuser)
            one_round("one in twenty is poison", mixed, superuser)
        connections.close_all()


def _poisoned(mails: list[bytes]) -> int:
    return sum(b"evil@elsewhere.example" in raw[:100] for raw in mails)


def _wait(holds: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise SystemExit(f"waited {PATIENCE:.0f} s in vain")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
