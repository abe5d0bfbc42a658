"""Which SMTP server takes the desk's mail, read from one address: smtp+starttls://user:password@mail.example.com:587"""

import re
from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import unquote, urlsplit

from .cannot_run import CannotRun

Security = Literal["none", "starttls", "tls"]

_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}


_LOOPBACK = re.compile(r"localhost|127(\.\d+){3}|::1")


class UnusableSmtpUrl(CannotRun):
    """WATCHKEEPER_SMTP_URL cannot be read; the text never repeats it: it holds a password."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """`security`: `tls` from the first byte, `starttls` (demanded, not merely tried), or `none`."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""

    @classmethod
    def from_url(cls, url: str) -> Self:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise UnusableSmtpUrl(_ALLOWED) from None
        if parts.scheme not in _SCHEMES or not parts.hostname or parts.path.strip("/") or parts.query:
            raise UnusableSmtpUrl(_ALLOWED)
        security, usual_port = _SCHEMES[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if password and security == "none" and not _LOOPBACK.fullmatch(parts.hostname):
            raise UnusableSmtpUrl(
                "WATCHKEEPER_SMTP_URL would send its password in the clear: use smtp+starttls or smtps"
            )
        return cls(host=parts.hostname, port=port or usual_port, security=security, user=user, password=password)

    def __repr__(self) -> str:
        return f"SmtpServer({self.host}:{self.port}, {self.security}{', signs in' if self.user else ''})"


_ALLOWED = (
    "WATCHKEEPER_SMTP_URL is none of smtp://HOST:PORT, smtp+starttls://USER:PASSWORD@HOST:PORT,"
    " smtps://USER:PASSWORD@HOST:PORT"
)
