"""The desk's own signature beneath its mails (DKIM, RFC 6376), where the mail server on the way makes none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import dkim
from dkim.crypto import UnparsableKeyError, parse_pem_private_key

SHORTEST = 1024
"""In bits; receivers trust no shorter key (RFC 8301, 3.2)."""

_SELECTOR = re.compile(r"(?=.{1,63}\Z)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]*[A-Za-z0-9])*")
_SIGNED = (
    *("from", "to", "subject", "date", "message-id", "reply-to", "in-reply-to", "references", "auto-submitted"),
    *("mime-version", "content-type", "list-unsubscribe", "list-unsubscribe-post"),
)


class UnusableKey(ValueError):
    """What cannot sign; the message says why, and nothing of the key."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, and the selector under which its other half stands in the DNS."""

    selector: str
    pem: bytes = field(repr=False)

    @classmethod
    def read(cls, pem: bytes, *, selector: str) -> Self:
        """A key as ``openssl genrsa`` writes it, without a password. Raises ``UnusableKey``."""
        if not _SELECTOR.fullmatch(selector):
            raise UnusableKey(f"{selector!r} is no selector: write letters, digits and hyphens, such as desk2026")
        pem = pem.replace(b"\r\n", b"\n")
        try:
            bits = parse_pem_private_key(pem)["modulus"].bit_length()
        except (UnparsableKeyError, ValueError, TypeError, LookupError):
            raise UnusableKey("it holds no RSA private key in PEM without a password: openssl genrsa 2048") from None
        if bits < SHORTEST:
            raise UnusableKey(f"its key has {bits} bits, of which {SHORTEST} are the least: openssl genrsa 2048")
        return cls(selector, pem)

    def signed(self, wire: bytes, *, sender: str, at: datetime) -> bytes:
        """The mail with its signature first: the same bytes for the same ``at``. The domain is that of ``sender``.

        Every header that a reader goes by is named once more than it is there, so that none can be added.
        """
        letter = _At(wire, linesep=b"\r\n")
        letter.at = at
        domain = sender.rpartition("@")[2].encode("ascii")
        header = letter.sign(
            self.selector.encode("ascii"),
            domain,
            self.pem,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.encode("ascii") for name in (*_SIGNED, *_present(wire))],
        )
        return header + wire


class _At(dkim.DKIM):
    """Signs at a given time, where the library would look at this host's clock."""

    at: datetime

    def gen_header(self, fields: list[tuple[bytes, bytes]], *arguments: Any, **named: Any) -> bytes:
        told = str(int(self.at.timestamp())).encode("ascii")
        given = [(name, told if name == b"t" else value) for name, value in fields]
        return super().gen_header(given, *arguments, **named)


def _present(wire: bytes) -> list[str]:
    head = wire.partition(b"\r\n\r\n")[0]
    names = {line.partition(b":")[0].decode("ascii").lower() for line in head.split(b"\r\n") if line[:1].strip()}
    return [name for name in _SIGNED if name in names]
