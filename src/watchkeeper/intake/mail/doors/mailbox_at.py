"""A mailbox that is looked into, read from one address: imaps://user:password@imap.example.com/INBOX"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

_SCHEMES = {"imaps": ("tls", 993), "imap+starttls": ("starttls", 143), "imap": ("none", 143)}
_BY_TOKEN = "+xoauth2"
LONGEST_NAME = 200


class UnusableMailbox(ValueError):
    """The address of a mailbox cannot be read, or would let its password be read; the text repeats none of it."""


@dataclass(frozen=True, slots=True)
class MailboxAt:
    """``security``: ``tls`` from the first byte, ``starttls`` (demanded, not merely tried), or ``none``.

    With ``signs_in_by_token`` there is no password, and an access token is asked for instead (XOAUTH2).
    """

    host: str
    port: int
    security: str
    user: str
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    signs_in_by_token: bool = False

    @classmethod
    def read(cls, url: str) -> Self:
        """Raises ``UnusableMailbox``."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise UnusableMailbox(_ALLOWED) from None
        scheme, by_token = parts.scheme.removesuffix(_BY_TOKEN), parts.scheme.endswith(_BY_TOKEN)
        if scheme not in _SCHEMES or not parts.hostname or not parts.username or parts.query or parts.fragment:
            raise UnusableMailbox(_ALLOWED)
        if by_token is bool(parts.password):
            raise UnusableMailbox(_ALLOWED)
        security, usual_port = _SCHEMES[scheme]
        if security == "none" and not is_loopback(parts.hostname):
            raise UnusableMailbox("would send mail and password in the clear: use imaps or imap+starttls")
        found = cls(
            host=parts.hostname,
            port=port or usual_port,
            security=security,
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            signs_in_by_token=by_token,
        )
        if len(found.name) > LONGEST_NAME or not found.name.isprintable():
            raise UnusableMailbox(f"names a mailbox by more than {LONGEST_NAME} printable characters")
        return found

    @property
    def name(self) -> str:
        """Which mailbox it is, on whichever host somebody looks into it."""
        port = "" if self.port in (143, 993) else f":{self.port}"
        return f"{self.user}@{self.host}{port}/{self.folder}"


def is_loopback(host: str) -> bool:
    """Whether what is sent to ``host`` stays on this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_ALLOWED = (
    "is none of imaps://USER:PASSWORD@HOST:PORT/FOLDER, imap+starttls://USER:PASSWORD@HOST:PORT/FOLDER,"
    " imap://USER:PASSWORD@127.0.0.1:PORT/FOLDER, imaps+xoauth2://USER@HOST:PORT/FOLDER"
)
