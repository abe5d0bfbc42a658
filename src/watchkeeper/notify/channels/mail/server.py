"""What a mail channel must know of the SMTP server that takes its mail."""

from __future__ import annotations

from typing import Literal, Protocol


class SmtpServer(Protocol):
    """``security``: ``tls`` from the first byte, ``starttls`` (demanded, not merely tried), or ``none``."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def security(self) -> Literal["none", "starttls", "tls"]: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
