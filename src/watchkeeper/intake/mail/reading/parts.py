"""The parts of a mail, found within limits, and what each carries as bytes (RFC 2045, RFC 2046).

The standard library reads the headers. Its way into the parts, line by line, takes most of the time that one of 34 MB
may take; here the parts are looked for as bytes, which takes less than a tenth of it and leaves every one as it was
sent. What is found is the same (`tests/corpus/test_mail_parts.py`).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from watchkeeper.intake.mail.reading import limits, words
from watchkeeper.intake.mail.reading.headers import Headers
from watchkeeper.intake.mail.reading.limits import Unreadable

_EMPTY_LINE = re.compile(rb"(?:\A|\n|\r(?!\n))(?:\r\n|\n|\r)")
_REST_OF_BOUNDARY = re.compile(rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")
_UUENCODED = {"uuencode", "x-uuencode", "uue", "x-uue"}


@dataclass(slots=True)
class Part:
    """One part; a mail as a whole is the outermost. A mail enclosed in it (message/…) is not looked into: it is a file.

    ``content`` is what was sent below the headers, its transfer encoding still on. It is empty where there are
    ``children``.
    """

    head: Headers
    media_type: str
    content: bytes = b""
    children: list[Part] = field(default_factory=list)

    def leaves(self) -> Iterator[Part]:
        """The parts without parts, in the order in which they were sent."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def data(self) -> bytes:
        """What it carries, its transfer encoding undone as far as that can be done."""
        encoding = self.head.word("content-transfer-encoding")
        if encoding == "base64":
            return words.from_base64(self.content)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.content)
        return _from_uu(self.content) if encoding in _UUENCODED else self.content


def read(raw: bytes) -> Part:
    """The outermost part. Raises ``Unreadable`` at the first limit that the mail passes, and looks no further."""
    if len(raw) > limits.MAIL_BYTES:
        raise Unreadable(f"it is larger than {limits.MAIL_BYTES // 1024 // 1024} MB")
    return _Search(raw).part(0, len(raw), depth=1, default_type="text/plain")


class _Search:
    """The way through one mail; it counts what it meets."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._parts = self._headers = 0

    def part(self, start: int, end: int, *, depth: int, default_type: str) -> Part:
        self._parts += 1
        if self._parts > limits.PARTS:
            raise Unreadable(f"it has more than {limits.PARTS} parts")
        if depth > limits.DEPTH:
            raise Unreadable(f"its parts lie in each other more than {limits.DEPTH} deep")
        message, start = self._message(start, end)
        message.set_default_type(default_type)
        part = Part(Headers((name, str(value)) for name, value in message.raw_items()), message.get_content_type())
        inner_type = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
        for inner_start, inner_end in self._within(_boundary(message), start, end):
            part.children.append(self.part(inner_start, inner_end, depth=depth + 1, default_type=inner_type))
        if not part.children:
            part.content = self._raw[start:end]
        return part

    def _message(self, start: int, end: int) -> tuple[Message, int]:
        """The headers, and where what is below them begins: after an empty line, or at a line that is none of them."""
        window = self._raw[start : min(end, start + limits.HEADER_BYTES)]
        empty_line = _EMPTY_LINE.search(window)
        if empty_line is None and len(window) == limits.HEADER_BYTES:
            raise Unreadable(f"its headers have more than {limits.HEADER_BYTES:,} bytes")
        head = window[: empty_line.end()] if empty_line else window
        if head.count(b"\n") - head.count(b"\n ") - head.count(b"\n\t") > limits.HEADERS + 2:
            raise Unreadable(f"it has more than {limits.HEADERS:,} headers")
        message = _PARSER.parsebytes(head)
        self._count(message)
        not_headers = message.get_payload()
        return message, start + len(head) - len(not_headers if isinstance(not_headers, str) else "")

    def _count(self, message: Message) -> None:
        self._headers += len(message)
        if self._headers > limits.HEADERS:
            raise Unreadable(f"it has more than {limits.HEADERS:,} headers")
        for name, value in message.raw_items():
            if name.lower().startswith("content-") and len(value) > limits.PARAMETER_CHARACTERS:
                raise Unreadable(f"its header {name} has more than {limits.PARAMETER_CHARACTERS:,} characters")

    def _within(self, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each part between boundary lines begins and ends, without the line break before the next boundary."""
        begun, at = -1, start
        while boundary and (at := self._raw.find(boundary, at, end)) >= 0:
            rest = _REST_OF_BOUNDARY.match(self._raw, at + len(boundary), end)
            if rest is None or (at > start and self._raw[at - 1] not in b"\r\n"):
                at += len(boundary)
                continue
            if begun >= 0:
                yield begun, max(begun, at - _length_of_break(self._raw, at))
            if rest[1]:
                return
            begun = at = rest.end()
        if begun >= 0:
            yield begun, end


_PARSER = BytesHeaderParser(policy=compat32)


def _boundary(message: Message) -> bytes:
    """With its dashes; empty for what has no parts, or says it has and names no boundary."""
    if message.get_content_maintype() != "multipart":
        return b""
    try:
        boundary = message.get_boundary()
        return b"--" + boundary.encode("ascii", "surrogateescape") if boundary else b""
    except UnicodeEncodeError:
        return b""


def _length_of_break(raw: bytes, at: int) -> int:
    return 2 if raw[at - 2 : at] == b"\r\n" else 1


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
