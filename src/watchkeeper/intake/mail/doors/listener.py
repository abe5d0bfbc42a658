"""The door that our own mail server hands mails to, by LMTP (RFC 2033) or SMTP (RFC 5321).

``250`` is said when the mail is committed. What cannot be kept now is refused for now, and the mail server, which has
it on its disk, tries again: ``452 4.3.1`` where the database has no room or is away, ``451 4.3.0`` for any other fault.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import InterfaceError, OperationalError, connection

from watchkeeper.intake.mail.doors.addresses import OwnAddresses
from watchkeeper.intake.mail.doors.listening_at import ListeningAt
from watchkeeper.intake.mail.keeping import LARGEST, TooLargeToKeep, keep
from watchkeeper.intake.models import ReceivedMail

log = logging.getLogger(__name__)

KEPT = "250 2.0.0 Kept"
NOT_OURS = "550 5.1.1 No such address here"
TOO_LARGE = f"552 5.3.4 A mail may have {LARGEST} bytes"
NO_ROOM = "452 4.3.1 It cannot be kept now; try again"
FAULT = "451 4.3.0 It cannot be taken now; try again"
TOO_MANY = "421 4.3.2 Too many at once; try again"

TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients"

AT_ONCE = 8
RECIPIENTS = 100
CONNECTIONS = 50
"""So many mails may be on their way in memory, each of them as large as a mail may be."""
LONGEST_LINE = 1024 * 1024
"""Mails break the limit of 998 bytes a line, and a mail refused for that would be lost to the desk."""
SECONDS_IN_SILENCE = 300
SECONDS_TO_END = 1


def bound(at: ListeningAt) -> socket.socket:
    """The socket to listen with. Raises ``OSError``, also where another process listens at that path."""
    if not at.path:
        family = socket.AF_INET6 if ":" in at.host else socket.AF_INET
        return socket.create_server((at.host, at.port), family=family, backlog=CONNECTIONS)
    _remove_what_nobody_listens_at(at.path)
    found = socket.socket(socket.AF_UNIX)
    try:
        found.bind(at.path)
        os.chmod(at.path, 0o666)  # the mail server is another user; who comes so far is for the folder to say
    except OSError:
        found.close()
        raise
    return found


def _remove_what_nobody_listens_at(path: str) -> None:
    """A process that was killed leaves its socket behind."""
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(path) == 0:
            raise OSError(errno.EADDRINUSE, f"another process listens at {path}")
    if Path(path).is_socket():
        Path(path).unlink()


def listen(at: socket.socket, protocol: str, addresses: OwnAddresses, stop: threading.Event) -> None:
    """Take mails until ``stop`` is set; ``protocol`` is ``lmtp`` or ``smtp``."""
    asyncio.run(_listen(at, OneByLmtp if protocol == "lmtp" else OneBySmtp, addresses, stop))


async def _listen(at: socket.socket, one: type[_One], addresses: OwnAddresses, stop: threading.Event) -> None:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(AT_ONCE, "keeper") as keepers:
        desk = Desk(addresses, keepers)

        def session() -> SMTP:
            return one(
                desk,
                data_size_limit=LARGEST,
                enable_SMTPUTF8=True,
                hostname=socket.gethostname(),  # the library would ask the DNS, and all would wait for it
                ident="Watchkeeper",
                timeout=SECONDS_IN_SILENCE,
            )

        begin = loop.create_unix_server if at.family == socket.AF_UNIX else loop.create_server
        server = await begin(session, sock=at)
        await loop.run_in_executor(None, stop.wait)
        server.close()
        for _turn in range(SECONDS_TO_END * 10):  # who was accepted a moment ago is only now among the connections
            await asyncio.sleep(0.1)
            desk.cut_off()  # a mail without an answer comes again
            if not desk.connections:
                break


class Desk:
    """What aiosmtpd asks about recipients and mails. ``keepers`` are the threads that wait for the database."""

    def __init__(self, addresses: OwnAddresses, keepers: ThreadPoolExecutor) -> None:
        self._addresses = addresses
        self._keepers = keepers
        self.connections: set[asyncio.BaseTransport] = set()

    def cut_off(self) -> None:
        """End every conversation that is under way."""
        for each in list(self.connections):
            each.abort()  # type: ignore[attr-defined]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self._addresses.are_for(address):
            return NOT_OURS
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return TOO_MANY_RECIPIENTS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        loop = asyncio.get_running_loop()
        raw, recipients = envelope.original_content or b"", frozenset(envelope.rcpt_tos)
        return await loop.run_in_executor(self._keepers, _answer_to, raw, recipients)

    async def handle_exception(self, error: Exception) -> str:
        log.error("a mail could not be taken over", exc_info=error)
        return FAULT


def _answer_to(raw: bytes, recipients: frozenset[str]) -> str:
    try:
        keep(raw, door=ReceivedMail.Door.LMTP, envelope_to=sorted(recipients))
    except TooLargeToKeep:
        return TOO_LARGE
    except (OperationalError, InterfaceError) as error:
        log.warning("a mail of %d bytes stays with the mail server: %s", len(raw), error)
        return NO_ROOM
    except Exception:
        log.exception("a mail of %d bytes stays with the mail server", len(raw))
        return FAULT
    finally:
        connection.close()  # gives it back: a thread that keeps nothing holds no connection
    return KEPT


class _One(SMTP):
    """One connection of a mail server."""

    line_length_limit = LONGEST_LINE
    event_handler: Desk
    _owed = 0
    _line: asyncio.BaseTransport

    def connection_made(self, transport: Any) -> None:
        self._line = transport
        self.event_handler.connections.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.connections.discard(self._line)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        if len(self.event_handler.connections) <= CONNECTIONS:
            return await super()._handle_client()
        await self.push(TOO_MANY)
        self._writer.close()
        return None

    async def push(self, status: Any) -> None:
        """Say it; what ends a mail is said as often as the protocol owes, in our words where the library refuses."""
        text = status if isinstance(status, str) else status.decode()
        if text.startswith("552 ") and text != TOO_LARGE:
            text = TOO_LARGE
        times, self._owed = max(self._owed, 1), 0
        if text.startswith("354 "):
            self._owed = self._answers_to_a_mail()
        await super().push("\r\n".join([text] * times))

    def _answers_to_a_mail(self) -> int:
        return 1


class OneBySmtp(_One):
    """SMTP: one answer for a mail, which stands for all its recipients."""


class OneByLmtp(_One, LMTP):
    """LMTP: one answer for each recipient that was accepted."""

    def _answers_to_a_mail(self) -> int:
        assert self.envelope is not None
        return len(self.envelope.rcpt_tos)
