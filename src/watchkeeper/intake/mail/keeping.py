"""Keeping a mail as it came: one row, one commit, and only then may a door say that we have it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from watchkeeper.intake.models import RawMail, ReceivedMail
from watchkeeper.people import clock
from watchkeeper.people.wall import for_the_desk

CHANNEL = "watchkeeper_mail"
LARGEST = 35 * 1024 * 1024
"""A mail of 25 MB of files has a third more as it travels."""

_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?(\S{1,998})", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^from:.{0,2000}", re.IGNORECASE | re.MULTILINE)


class TooLargeToKeep(ValueError):
    """A mail over the limit: whoever hands it over is told, and keeps it."""


def keep(
    raw: bytes, *, door: str, mailbox: str = "", envelope_to: Sequence[str] = (), arrived_at: datetime | None = None
) -> ReceivedMail:
    """Keep a mail; when this returns it is committed, and not before may its sender be told that we have it.

    Safe to repeat: the same bytes from the same mailbox are kept once. ``arrived_at`` is when the mailbox's server
    received it, where a server says so (IMAP: INTERNALDATE); it never counts from later than now. Raises
    ``TooLargeToKeep``, and what the database raises where it cannot keep it.
    """
    if len(raw) > LARGEST:
        raise TooLargeToKeep(f"the mail has {len(raw):,} bytes; a mail may have {LARGEST:,}")
    digest = hashlib.sha256(raw).hexdigest()
    handover = _digest(*(part.encode() for part in (door, mailbox, digest, *sorted(envelope_to))))
    with for_the_desk():
        now = clock.now()
        new = ReceivedMail(
            door=door,
            mailbox=mailbox,
            envelope_to=sorted(envelope_to),
            digest=digest,
            handover=handover,
            fingerprint=fingerprint(raw),
            size=len(raw),
            kept_at=now,
            counts_from=min(arrived_at or now, now),
        )
        ReceivedMail.objects.bulk_create([new], ignore_conflicts=True)
        kept = ReceivedMail.objects.get(handover=handover)
        if kept.key == new.key:
            RawMail.objects.create(mail=kept, data=raw)
            call_out()
        return kept


def call_out() -> None:
    """Wake whoever takes mails, when this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, '')", [CHANNEL])


def fingerprint(raw: bytes) -> str:
    """What copies of one mail have in common, whichever way they took: its Message-ID, its From, its body.

    Without a Message-ID only the same bytes are the same mail.
    """
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    message_id = _MESSAGE_ID.search(head)
    if message_id is None:
        return hashlib.sha256(raw).hexdigest()
    author = _FROM.search(head)
    parts = (message_id[1], author[0].strip() if author else b"", body.rstrip())
    return _digest(*parts)


def _digest(*parts: bytes) -> str:
    """One digest of several parts, which stay apart in it."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
