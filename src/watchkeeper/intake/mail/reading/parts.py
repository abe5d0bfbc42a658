"""The parts of a mail: the standard library's tree, built within limits, and what each part carries as bytes."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.feedparser import BytesFeedParser
from email.message import Message
from email.policy import Policy, compat32

from watchkeeper.intake.mail.reading import limits, words
from watchkeeper.intake.mail.reading.headers import Headers
from watchkeeper.intake.mail.reading.limits import Unreadable

_CHUNK = 64 * 1024
_UUENCODED = {"uuencode", "x-uuencode", "uue", "x-uue"}


class _Tally:
    """What was met so far, so that a mail is given up in the middle of it and not after it."""

    def __init__(self) -> None:
        self.parts = -1  # the parser makes one to see whether it can
        self.headers = 0
        self.header_characters = 0

    def count_part(self) -> None:
        self.parts += 1
        if self.parts > limits.PARTS:
            raise Unreadable(f"it has more than {limits.PARTS} parts")

    def count_header(self, name: str, value: str) -> None:
        self.headers += 1
        self.header_characters += len(name) + len(value)
        if self.headers > limits.HEADERS:
            raise Unreadable(f"it has more than {limits.HEADERS:,} headers")
        if self.header_characters > limits.HEADER_CHARACTERS:
            raise Unreadable(f"its headers have more than {limits.HEADER_CHARACTERS:,} characters")
        if name.lower().startswith("content-") and len(value) > limits.PARAMETER_CHARACTERS:
            raise Unreadable(f"its header {name} has more than {limits.PARAMETER_CHARACTERS:,} characters")


class Part(Message):
    """One part. A mail within it (message/…) is not looked into: it stays the bytes that were sent, and is a file."""

    def __init__(self, tally: _Tally, policy: Policy = compat32) -> None:
        super().__init__(policy=policy)
        self._tally = tally
        self._head: Headers | None = None
        tally.count_part()

    def set_raw(self, name: str, value: str) -> None:
        self._tally.count_header(name, value)
        super().set_raw(name, value)

    def get_content_type(self) -> str:
        """What the parser asks to know whether it goes on within this part."""
        return "application/octet-stream" if self.media_type.startswith("message/") else self.media_type

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]

    @property
    def media_type(self) -> str:
        return super().get_content_type()

    @property
    def head(self) -> Headers:
        if self._head is None:
            self._head = Headers((name, str(value)) for name, value in self.raw_items())
        return self._head

    @property
    def children(self) -> list[Part]:
        payload = self.get_payload()
        return payload if isinstance(payload, list) else []

    def leaves(self) -> Iterator[Part]:
        """The parts without parts, in the order in which they were sent."""
        waiting: list[Part] = [self]
        while waiting:
            part = waiting.pop()
            if part.children:
                waiting += reversed(part.children)
            else:
                yield part

    def data(self) -> bytes:
        """What it carries, its transfer encoding undone as far as that can be done."""
        payload = self.get_payload()
        raw = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
        encoding = self.head.word("content-transfer-encoding")
        if encoding == "base64":
            return words.from_base64(raw)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(raw)
        return _from_uu(raw) if encoding in _UUENCODED else raw


def read(raw: bytes) -> Part:
    """The mail as its outermost part. Raises ``Unreadable`` at the first limit that it passes."""
    if len(raw) > limits.MAIL_BYTES:
        raise Unreadable(f"it is larger than {limits.MAIL_BYTES // 1024 // 1024} MB")
    tally = _Tally()

    def a_part(policy: Policy = compat32) -> Part:
        return Part(tally, policy)

    parser = BytesFeedParser(a_part, policy=compat32)
    for start in range(0, len(raw), _CHUNK):
        parser.feed(raw[start : start + _CHUNK])
    part = parser.close()
    _measure(part)
    return part


def _measure(outermost: Part) -> None:
    waiting = [(outermost, 1)]
    while waiting:
        part, depth = waiting.pop()
        if depth > limits.DEPTH:
            raise Unreadable(f"its parts lie in each other more than {limits.DEPTH} deep")
        waiting += [(child, depth + 1) for child in part.children]


def _from_uu(raw: bytes) -> bytes:
    lines = raw.splitlines()
    begin = next((at for at, line in enumerate(lines) if re.match(rb"begin [0-7]{3,4} ", line)), -1)
    out = bytearray()
    for line in lines[begin + 1 :]:
        if line.strip() in (b"end", b"`", b""):
            break
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            return raw
    return bytes(out)
