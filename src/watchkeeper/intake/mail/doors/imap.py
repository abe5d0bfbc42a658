"""A mailbox that is looked into by IMAP: what comes into it is kept, and then moved to a folder beside it.

Kept first, moved after: a process that dies between the two meets the mail again, and keeping it again changes nothing.
Nothing is ever deleted, and no mail is read here: its bytes go from the server to the database.
"""

from __future__ import annotations

import logging
import re
import select
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.utils import encode_folder

from watchkeeper.intake.mail.doors.health import Health
from watchkeeper.intake.mail.doors.mailbox_at import MailboxAt
from watchkeeper.intake.mail.doors.turn import turn_at
from watchkeeper.intake.mail.doors.xoauth2 import AccessTokens
from watchkeeper.intake.mail.keeping import LARGEST, keep
from watchkeeper.intake.models import ReceivedMail

log = logging.getLogger(__name__)

TAKEN = "WatchkeeperTaken"
LEFT = "WatchkeeperTooLarge"
"""Keywords, where a mail is not moved: on one that is kept, and on one that never will be."""

SECONDS_FOR_AN_ANSWER = 60.0
SECONDS_OF_IDLE = 9 * 60.0  # firewalls forget a silent connection after ten minutes
SECONDS_BETWEEN_LOOKS = 60.0
SECONDS_BETWEEN_TURNS = 5.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 120.0


class MailboxFault(Exception):
    """The server answers, and not as we need it to; the text says what."""


def look_into(at: MailboxAt, taken: str, tokens: AccessTokens | None, stop: threading.Event) -> None:
    """Keep what comes in until ``stop`` is set, whatever happens to the server and the database meanwhile.

    ``taken`` is the folder that mails are moved to; empty: they stay, and are marked.
    """
    health, wait = Health(f"mailbox {at.name}"), FIRST_WAIT
    while not stop.is_set():
        try:
            with turn_at(at.name) as turn:
                if turn is None:
                    stop.wait(SECONDS_BETWEEN_TURNS)
                    continue
                with opened(at, taken, tokens) as mailbox:
                    health.is_well()
                    wait = FIRST_WAIT
                    while not stop.is_set():
                        turn.is_ours_still()
                        mailbox.keep_all(stop)
                        mailbox.wait_for_more(stop)
        except Exception as fault:  # noqa: BLE001 - it is said, and tried again
            health.is_at_fault(fault)
            stop.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)


@contextmanager
def opened(at: MailboxAt, taken: str, tokens: AccessTokens | None = None) -> Iterator[Mailbox]:
    """The mailbox, signed in, with its folder chosen and the one for what is taken made where it is missing."""
    server = _reached(at)
    try:
        _sign_in(server, at, tokens)
        yield Mailbox(server, at, taken)
    finally:
        _leave(server)


def _reached(at: MailboxAt) -> BaseMailBox:
    server = _connected(at)
    for name, value in _ALIVE.items():
        server.client.sock.setsockopt(*name, value)
    return server


_ALIVE = {
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE): 1,
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE): 60,
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL): 15,
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT): 4,
}
"""While we wait to be told of mail, a server that is gone without a word is noticed within two minutes."""


def _connected(at: MailboxAt) -> BaseMailBox:
    how = {"host": at.host, "port": at.port, "timeout": SECONDS_FOR_AN_ANSWER}
    if at.security == "none":
        return MailBoxUnencrypted(**how)
    of_security = MailBox if at.security == "tls" else MailBoxStartTls
    return of_security(**how, ssl_context=ssl.create_default_context())


def _sign_in(server: BaseMailBox, at: MailboxAt, tokens: AccessTokens | None) -> None:
    if tokens is not None and at.signs_in_by_token:
        with tokens.one() as token:
            server.xoauth2(at.user, token, initial_folder=None)
    elif at.user.isascii() and at.password.isascii():
        server.login(at.user, at.password, initial_folder=None)
    else:
        server.login_utf8(at.user, at.password, initial_folder=None)


def _leave(server: BaseMailBox) -> None:
    """Politely, where the server still listens."""
    try:
        server.client.sock.settimeout(1)
        server.logout()
    except Exception as fault:  # noqa: BLE001 - it has gone already, and nothing is lost by that
        log.info("left without a word: %s", fault)
        with suppress(OSError):
            server.client.shutdown()


class Mailbox:
    """One folder of a server, while we are signed in."""

    def __init__(self, server: BaseMailBox, at: MailboxAt, taken: str) -> None:
        self._server, self._client, self._at, self._taken = server, server.client, at, taken
        self._capabilities = _ok(self._client.capability(), "CAPABILITY")[0].upper().split()
        server.folder.set(at.folder)
        self._has_keywords = b"\\*" in b" ".join(self._client.response("PERMANENTFLAGS")[1] or [b""])
        if not self.moves and not self._has_keywords:
            raise MailboxFault(
                "the server can neither move mails (MOVE) nor keep keywords of ours: mails cannot be marked"
            )
        if self.moves and not server.folder.exists(taken):
            _ok(self._client.create(encode_folder(taken)), f"no folder {taken}: CREATE")
            self._client.subscribe(encode_folder(taken))
        self._left: set[bytes] = set()

    @property
    def moves(self) -> bool:
        """Whether what is kept is moved away; it is marked otherwise."""
        return bool(self._taken) and b"MOVE" in self._capabilities

    @property
    def idles(self) -> bool:
        """Whether the server says by itself when something comes (RFC 2177)."""
        return b"IDLE" in self._capabilities

    def keep_all(self, stop: threading.Event) -> None:
        """Keep and move what is there. What cannot be kept or moved for a reason of its own holds up no other.

        Raises ``MailboxFault`` at the end where the server refused something.
        """
        refusals: list[MailboxFault] = []
        try:
            for uid in self._to_keep():
                if stop.is_set():
                    return
                try:
                    self._keep(uid)
                except MailboxFault as refusal:
                    refusals.append(refusal)
        finally:
            connection.close()  # gives it back: a mailbox where nothing happens holds no connection
        if refusals:
            raise refusals[0]

    def wait_for_more(self, stop: threading.Event) -> None:
        """Return when something may have come in, or ``stop`` is set."""
        if not self.idles:
            stop.wait(SECONDS_BETWEEN_LOOKS)
            return
        self._server.idle.start()
        until = time.monotonic() + SECONDS_OF_IDLE
        while not stop.is_set() and time.monotonic() < until and not self._has_said_something():
            pass
        self._server.idle.stop()

    def _to_keep(self) -> list[bytes]:
        _ok(self._client.noop(), "NOOP")
        words = ["UNDELETED", *([f"UNKEYWORD {TAKEN} UNKEYWORD {LEFT}"] if self._has_keywords else [])]
        found = _ok(self._client.uid("SEARCH", *words), "SEARCH")
        return [uid for uid in (found[0] or b"").split() if uid not in self._left]

    def _keep(self, uid: bytes) -> None:
        described = _words(self._fetch(uid, "(RFC822.SIZE INTERNALDATE)"))
        size = re.search(rb"RFC822\.SIZE (\d+)", described)
        if size is None:
            return  # somebody moved it meanwhile
        if int(size[1]) > LARGEST:
            self._leave_for_ever(uid, int(size[1]))
            return
        raw = _literal(self._fetch(uid, "(BODY.PEEK[])"))
        if raw is None:
            return
        try:
            keep(raw, door=ReceivedMail.Door.IMAP, mailbox=self._at.name, arrived_at=_arrived_at(described))
        except (OperationalError, InterfaceError):
            raise  # none of the others could be kept
        except Exception:
            log.exception(
                "mailbox %s: the mail with UID %s cannot be kept and stays there", self._at.name, uid.decode()
            )
            self._left.add(uid)
        else:
            self._put_away(uid)

    def _fetch(self, uid: bytes, what: str) -> list[Any]:
        return _ok(self._client.uid("FETCH", uid.decode(), what), "FETCH")

    def _put_away(self, uid: bytes) -> None:
        if self.moves:
            _ok(self._client.uid("MOVE", uid.decode(), encode_folder(self._taken)), "MOVE")
        else:
            self._mark(uid, rf"(\Seen {TAKEN})")

    def _leave_for_ever(self, uid: bytes, size: int) -> None:
        log.warning(
            "mailbox %s: the mail with UID %s has %s bytes, more than %s: it stays there, flagged",
            *(self._at.name, uid.decode(), f"{size:,}", f"{LARGEST:,}"),
        )
        self._left.add(uid)
        self._mark(uid, rf"(\Flagged {LEFT})" if self._has_keywords else r"(\Flagged)")

    def _mark(self, uid: bytes, flags: str) -> None:
        """By hand: the library would expunge what others have marked as deleted."""
        _ok(self._client.uid("STORE", uid.decode(), "+FLAGS.SILENT", flags), "STORE")

    def _has_said_something(self) -> bool:
        """Within a second; that the server has gone counts as well, and the next command meets it.

        The library would overlook what came in one packet with the answer to IDLE.
        """
        if self._said():
            return True
        poller = select.poll()
        poller.register(self._client.sock, select.POLLIN)
        return bool(poller.poll(1000)) and self._said() is not None

    def _said(self) -> bytes | None:
        """What is there, without waiting for it; ``None`` where it is the first part of something encrypted."""
        before = self._client.sock.gettimeout()
        self._client.sock.settimeout(0)
        try:
            return bytes(self._client.file.peek(1))
        except ssl.SSLWantReadError:
            return None
        finally:
            self._client.sock.settimeout(before)


def _ok(answer: tuple[str, list[Any]], what: str) -> list[Any]:
    status, data = answer
    if status != "OK":
        said = b" ".join(part for part in data if isinstance(part, bytes)).decode(errors="replace")
        raise MailboxFault(f"{what}: the server says {status} {said}")
    return data


def _words(fetched: list[Any]) -> bytes:
    """What stands around the literals of an answer to FETCH."""
    return b" ".join(part[0] if isinstance(part, tuple) else part or b"" for part in fetched)


def _literal(fetched: list[Any]) -> bytes | None:
    return next((part[1] for part in fetched if isinstance(part, tuple)), None)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_INTERNALDATE = re.compile(
    rb'INTERNALDATE "\s?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"'
)


def _arrived_at(described: bytes) -> datetime | None:
    """When the server received it (RFC 3501, date-time), whatever language this machine speaks.

    ``None`` where it says no time that there was: then it counts from now, and is not left behind for that.
    """
    found = _INTERNALDATE.search(described)
    if found is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == b"-" else 1)
    try:
        of_year = _MONTHS.index(month.decode().lower()) + 1
        at = datetime(int(year), of_year, *map(int, (day, hour, minute, second)), tzinfo=timezone(offset))
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
