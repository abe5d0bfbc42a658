"""A real SMTP server on loopback that keeps what arrives, and answers as the test has written."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

HANG_UP = "hang up"
"""An answer that is none: the connection ends after the last byte of DATA, and the sender cannot know."""


@dataclass(frozen=True)
class Arrival:
    """One message that was accepted with 250: its envelope, and its content as it came."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)  # type: ignore[return-value]

    @property
    def text(self) -> str:
        """What it says to a program that shows no HTML."""
        plain = self.message.get_body(("plain",))
        assert plain is not None, "a mail without a plain text"
        return plain.get_content()


@dataclass
class SmtpReceiver:
    """`answers` are used up in turn, one for each DATA; afterwards everything is accepted."""

    port: int = 0
    arrivals: list[Arrival] = field(default_factory=list)
    answers: deque[str] = field(default_factory=deque)
    refused: list[Arrival] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[Arrival]:
        return [arrival for arrival in list(self.arrivals) if address in arrival.recipients]

    def wait_until(self, holds: Callable[["SmtpReceiver"], bool], *, seconds: float = 20) -> None:
        """Return as soon as `holds(receiver)` does; fail, with what has arrived, when it never does."""
        with self._changed:
            if not self._changed.wait_for(lambda: holds(self), seconds):
                seen = [(arrival.recipients, arrival.message["Subject"]) for arrival in self.arrivals]
                pytest.fail(f"waited {seconds} s for mail; what came: {seen or 'nothing'}")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        arrival = Arrival(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content)
        answer = self.answers.popleft() if self.answers else "250 kept"
        with self._changed:
            (self.arrivals if answer.startswith("250") else self.refused).append(arrival)
            self._changed.notify_all()
        if answer == HANG_UP:
            server.transport.abort()
        return answer


@pytest.fixture
def smtp_receiver() -> Iterator[SmtpReceiver]:
    """A running receiver; `smtp_receiver.url` is what WATCHKEEPER_SMTP_URL takes."""
    from aiosmtpd.controller import Controller

    class OnAnyFreePort(Controller):
        def _trigger_server(self) -> None:
            self.port = self.server.sockets[0].getsockname()[1]
            super()._trigger_server()

    receiver = SmtpReceiver()
    controller = OnAnyFreePort(receiver, hostname="127.0.0.1", port=0)
    controller.start()
    receiver.port = controller.port
    yield receiver
    controller.stop()
