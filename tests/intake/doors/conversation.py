"""Talking to a listener word by word, as no library would."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Any, Self

DATA = "354 "


@dataclass
class Conversation:
    """One connection. A reply is all its lines without their ends; several replies are asked for one by one."""

    socket: socket.socket

    @classmethod
    def over_tcp(cls, port: int) -> Self:
        return cls._begun(socket.create_connection(("127.0.0.1", port), 60))

    @classmethod
    def over_unix(cls, path: str) -> Self:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(60)
        connection.connect(path)
        return cls._begun(connection)

    @classmethod
    def _begun(cls, connection: socket.socket) -> Self:
        conversation = cls(connection)
        conversation._file = connection.makefile("rb")
        conversation.greeting = conversation.hear()
        return conversation

    _file: Any = None
    greeting: tuple[str, ...] = ()

    def say(self, line: str) -> tuple[str, ...]:
        """Say one line and hear one reply."""
        self.send(f"{line}\r\n".encode())
        return self.hear()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def hear(self) -> tuple[str, ...]:
        lines: list[str] = []
        while not lines or lines[-1][3:4] == "-":
            line = self._file.readline()
            assert line.endswith(b"\r\n"), f"the connection ended after {lines}"
            lines.append(line.decode().rstrip("\r\n"))
        return tuple(lines)

    def begin_mail(self, *recipients: str, sender: str = "ana@customer.example") -> None:
        """Up to DATA, all of it accepted."""
        assert self.say(f"MAIL FROM:<{sender}>")[-1].startswith("250")
        for recipient in recipients:
            assert self.say(f"RCPT TO:<{recipient}>")[-1].startswith("250"), recipient
        assert self.say("DATA")[-1].startswith(DATA)

    def mail(self, raw: bytes, *recipients: str, sender: str = "ana@customer.example") -> str:
        """Hand a mail over; the first reply."""
        self.begin_mail(*recipients, sender=sender)
        self.send(raw + b".\r\n")
        return self.hear()[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._file.close()
        self.socket.close()
