"""A mail as it was read: plain values, everything in them a stranger's word but ``verdict``."""

from __future__ import annotations

from dataclasses import dataclass

PERSON = "person"
AUTOMATIC = "automatic"
BOUNCE = "bounce"
LIST = "list"
KINDS = (PERSON, AUTOMATIC, BOUNCE, LIST)
"""Written by somebody; sent by a machine for somebody (RFC 3834: out of office, receipts, alarms); a report about a
delivery (RFC 3464, or what servers wrote before it); sent to a list or in bulk."""

PASS = "pass"
FAIL = "fail"
NONE = "none"
VERDICTS = (PASS, FAIL, NONE)
"""What our own mail server found about the domain in From (DMARC). ``none`` is also a verdict it could not give."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address as it was written, in its plain form and in lower case, and the name beside it on one line."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file that came along. ``content_id`` is how the text speaks of an inline image; empty for the others."""

    name: str
    media_type: str
    data: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a bounce says of one recipient. ``action`` is one of failed, delayed, delivered, relayed, expanded;
    ``status`` is a code such as 5.1.1, and ``said`` the other server's words; what it did not tell is empty."""

    recipient: str
    action: str
    status: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """``kind`` is one of ``KINDS`` and ``why_kind`` the header or sign that says so, for people to read.

    ``author`` is who wrote by From, or by what stands in for it where there is none; ``None`` where no address can be
    read. ``has_one_author`` is false where From names several or is missing. Message-IDs carry their brackets.
    ``answers`` holds those of In-Reply-To and References, the nearest first. ``to`` are all addresses of To, Cc and
    those headers in which servers write down the envelope's recipient. ``text`` is what was newly written, as
    Markdown, and ``quoted`` what it repeated of mails before; both together are the whole text. ``severity`` is what
    a line ``Severity: …`` at the top says, else empty. ``deliveries`` and ``about`` (the Message-IDs of the mails
    that did not arrive) are of a bounce. ``ignored`` are control headers that somebody tried to set.
    """

    kind: str
    why_kind: str = ""
    author: Mailbox | None
    has_one_author: bool = True
    verdict: str = NONE
    message_id: str = ""
    answers: tuple[str, ...] = ()
    to: tuple[Mailbox, ...] = ()
    subject: str = ""
    text: str = ""
    quoted: str = ""
    severity: str = ""
    files: tuple[File, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    about: tuple[str, ...] = ()
    loops: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
