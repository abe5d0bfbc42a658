"""Where the operator's alarms are posted, and the secret that signs them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

SHORTEST_SECRET = 24
LONGEST_SECRET = 64
"""Bytes, as Standard Webhooks sets them."""


class UnusableEndpoint(ValueError):
    """WATCHKEEPER_ALARM_WEBHOOK or its secret cannot be used; the text repeats neither: both may be secrets."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of ``http`` or ``https`` as it was given; the operator chose it, so it may be inside the house."""

    secure: bool
    host: str
    port: int
    target: str
    secret: bytes = field(repr=False)

    @classmethod
    def read(cls, url: str, secret: str) -> Self:
        """From the two settings; the secret is written ``whsec_`` and base64 of 24 to 64 random bytes."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise UnusableEndpoint(_URL) from None
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or not url.isascii():
            raise UnusableEndpoint(_URL)
        secure = parts.scheme == "https"
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(secure, parts.hostname, port or (443 if secure else 80), target, _key(secret))


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        raise UnusableEndpoint(_SECRET) from None
    if not SHORTEST_SECRET <= len(key) <= LONGEST_SECRET:
        raise UnusableEndpoint(_SECRET)
    return key


_URL = "WATCHKEEPER_ALARM_WEBHOOK is no address to post to: https://host.example/path"
_SECRET = (
    "WATCHKEEPER_ALARM_WEBHOOK_SECRET is not whsec_ and base64 of 24 to 64 bytes: echo whsec_$(openssl rand -base64 32)"
)
