"""A real SMTP server on loopback that answers each command as a test has written, or never, or hangs up."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

from watchkeeper.config.smtp_server import SmtpServer

HANG_UP = "hang up"
"""End the connection instead of an answer."""

SAY_NOTHING = "say nothing"
"""Keep the connection, and never answer."""

HOLD = "hold"
"""Answer 250 once the test calls ``release``."""


@dataclass
class ScriptedSmtp:
    """The answers to each command, and what came.

    ``to_recipients`` answers RCPT by address, ``to_text`` answers the end of DATA, each in turn; the last one is
    given again and again. ``given`` holds every text that came whole, accepted or not; ``accepted`` those answered
    with 250.
    """

    greeting: str = "220 scripted"
    to_sender: str = "250 OK"
    to_recipients: dict[str, str] = field(default_factory=dict)
    to_data: str = "354 go on"
    to_text: list[str] = field(default_factory=lambda: ["250 kept"])
    given: list[EmailMessage] = field(default_factory=list)
    accepted: list[tuple[str, EmailMessage]] = field(default_factory=list)
    port: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, number: int) -> None:
        """Wait until so many texts have come whole."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.given) >= number, timeout=60), f"{len(self.given)} came"

    @property
    def server(self) -> SmtpServer:
        return SmtpServer.from_url(f"smtp://127.0.0.1:{self.port}")

    def message_ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.given]

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        envelope.mail_from = address
        return await _said(self.to_sender, server)

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        answer = await _said(self.to_recipients.get(address, "250 OK"), server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        mail: EmailMessage = message_from_bytes(envelope.original_content, policy=policy.default)  # type: ignore[assignment]
        with self.arrived:
            self.given.append(mail)
            self.arrived.notify_all()
        answer = self.to_text.pop(0) if len(self.to_text) > 1 else self.to_text[0]
        if answer == HOLD:
            await asyncio.to_thread(self.released.wait)
            answer = "250 kept at last"
        if answer.startswith("250"):
            self.accepted += [(address, mail) for address in envelope.rcpt_tos]
        return await _said(answer, server)


async def _said(answer: str, server: SMTP) -> str:
    if answer == HANG_UP:
        server.transport.abort()
    if answer == SAY_NOTHING:
        await asyncio.Event().wait()
    return answer


class _Scripted(SMTP):
    async def push(self, status: Any) -> None:
        text = status if isinstance(status, str) else status.decode()
        script: ScriptedSmtp = self.event_handler
        if text.startswith("220 ") and script.greeting != "220 scripted":
            text = await _said(script.greeting, self)
        if text.startswith("354 "):
            text = await _said(script.to_data, self)
        await super().push(text)


class _OnAnyFreePort(Controller):
    sessions: list[SMTP]

    def factory(self) -> SMTP:
        session = _Scripted(self.handler, **self.SMTP_kwargs)
        self.sessions.append(session)
        return session

    async def hang_up_on_everybody(self) -> None:
        """The controller's own stop leaves the connections that are still waiting for an answer."""
        for session in self.sessions:
            if session.transport is not None:
                session.transport.abort()
        while any(session.transport is not None for session in self.sessions):
            await asyncio.sleep(0)  # until the loop has seen them end

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running() -> Iterator[ScriptedSmtp]:
    script = ScriptedSmtp()
    controller = _OnAnyFreePort(script, hostname="127.0.0.1", port=0)
    controller.sessions = []
    controller.start()
    script.port = controller.port
    try:
        yield script
    finally:
        asyncio.run_coroutine_threadsafe(controller.hang_up_on_everybody(), controller.loop).result()
        controller.stop()
