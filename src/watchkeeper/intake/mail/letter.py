"""A mail as it was read: plain values, everything in them a stranger's word but ``verdict``."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeeper.core.mail import NONE


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
    """``kind`` and ``verdict`` are words of ``core.mail``; ``why_kind`` is the header or sign that says so, to be read.

    ``author`` is who wrote by From, or by what stands in for it where there is none; ``None`` where no address can be
    read. ``has_one_author`` is false where From names several or is missing. Message-IDs carry their brackets.
    ``answers`` holds those of In-Reply-To and References, the nearest first. ``to`` are all addresses of To, Cc and
    those headers in which servers write down the envelope's recipient. ``text`` is what was newly written, as
    Markdown, and ``quoted`` what it repeated of mails before; both together are the whole text, which is no Markdown
    where it ``is_plain``. ``page`` is the mail as HTML that can do no harm, where it was sent as such. ``severity`` is
    what a line ``Severity: …`` at the top says, else empty. ``asks_to`` is what its first line asks for as people of
    the team do (``core.mail.RESOLVE``), else empty; the line still stands in the text. ``deliveries`` and ``about``
    (the Message-IDs of the mails that did not arrive) are of a bounce. ``wants_no_answer`` names the header in which
    it asks that nobody answers by machine. ``ignored`` are control headers that somebody tried to set.
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
    is_plain: bool = False
    page: str = ""
    severity: str = ""
    asks_to: str = ""
    files: tuple[File, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    about: tuple[str, ...] = ()
    loops: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    wants_no_answer: str = ""
