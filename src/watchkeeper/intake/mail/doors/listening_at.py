"""Where mail servers hand mails over, read from one address: lmtp://127.0.0.1:8024, smtp://…, lmtp:///path/to/socket"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

from watchkeeper.intake.mail.doors.mailbox_at import is_loopback

LONGEST_SOCKET = 107
"""Bytes; Linux has no room for more (``man 7 unix``)."""


class UnusableListener(ValueError):
    """Where to listen cannot be read, or would be open to strangers."""


@dataclass(frozen=True, slots=True)
class ListeningAt:
    """``protocol`` is ``lmtp`` or ``smtp``. With a ``path`` it is a Unix socket, and host and port are empty."""

    protocol: str
    host: str = ""
    port: int = 0
    path: str = ""

    @classmethod
    def read(cls, url: str) -> Self:
        """Raises ``UnusableListener``: also for an address beyond this machine, unless it ends in ``?open``."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise UnusableListener(_ALLOWED) from None
        if parts.scheme not in ("lmtp", "smtp") or parts.username is not None or parts.query not in ("", "open"):
            raise UnusableListener(_ALLOWED)
        if parts.hostname is None:
            return cls(parts.scheme, path=_socket(unquote(parts.path)))
        if not port or parts.path.strip("/"):
            raise UnusableListener(_ALLOWED)
        if parts.query != "open" and not is_loopback(parts.hostname):
            raise UnusableListener(_TOO_OPEN)
        return cls(parts.scheme, parts.hostname, port)

    @property
    def is_lmtp(self) -> bool:
        return self.protocol == "lmtp"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.protocol}://{self.path or f'{host}:{self.port}'}"


def _socket(path: str) -> str:
    if not path.strip("/") or path.endswith("/"):
        raise UnusableListener(_ALLOWED)
    if len(path.encode()) > LONGEST_SOCKET:
        raise UnusableListener(f"names a socket by {len(path.encode())} bytes; a path may have {LONGEST_SOCKET}")
    return path


_ALLOWED = "is none of lmtp://127.0.0.1:PORT, smtp://127.0.0.1:PORT, lmtp:///PATH/TO/SOCKET"
_TOO_OPEN = (
    "would listen beyond this machine, where whoever reaches it may hand in mails: write ?open behind it"
    " if only your mail server does"
)
