"""A notice as a mail: strict headers, its text plain and as a page, and nothing of a stranger where a header begins."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, compat32
from email.utils import format_datetime

from watchkeeper.notify.channels.mail.page import page
from watchkeeper.notify.models import Notice
from watchkeeper.notify.wording.words import one_line

_WIRE = SMTP.clone(cte_type="7bit")
"""Seven bits and short lines: no server needs an extension to take it unchanged."""

LONGEST_NAME = 80
"""In characters."""

_ADDRESS = re.compile(
    r"(?=.{3,254}\Z)(?=[^@]{1,64}@)"
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
"""The plain form of RFC 5321: a dot-atom, and a domain of letters, digits and hyphens. No comments, no quotes."""

_NAME_AND_ADDRESS = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>\s]+)>")


class UnsendableLetter(ValueError):
    """A notice that must not be made into a mail; the message says what is wrong with it."""


def written(notice: Notice, *, sender: str) -> bytes:
    """The whole mail in wire form, the same bytes for every attempt. Raises ``UnsendableLetter``.

    ``sender`` is ``Name <address>`` or an address alone; the Date is when the notice was queued.
    """
    letter = EmailMessage(policy=_WIRE)
    for name, value in _headers(notice, sender).items():
        letter[name] = value
    letter.set_content("\n".join(filter(None, [notice.text, notice.history])))
    letter.add_alternative(page(notice), subtype="html", cte="quoted-printable")
    for part in letter.iter_parts():
        del part["MIME-Version"]
    letter.set_boundary(_boundary(notice))
    wire = b"".join(_plain_header(name, value) for name, value in notice.headers.items()) + letter.as_bytes()
    _require_only(wire, [*notice.headers, *letter.keys()])
    return wire


def _boundary(notice: Notice) -> str:
    """What parts the mail: the same for every attempt, and in no text, for nobody can write a text that holds it."""
    told = notice.pk.bytes + f"{notice.text}\n{notice.history}".encode("utf-8", "replace")
    return f"=_{hashlib.sha256(told).hexdigest()[:40]}"


def envelope_sender(sender: str) -> str:
    """The address alone of ``Name <address>``: where the servers on the way report what they cannot deliver.

    Raises ``UnsendableLetter`` where no mail could be sent as from it.
    """
    return _mailbox(*_parted(sender)).addr_spec


def plain_address(text: str) -> str:
    """``text`` when it is an address in its plain form, else ``UnsendableLetter``."""
    if not _ADDRESS.fullmatch(text):
        raise UnsendableLetter(f"{text!r} is no plain mail address: write name@host.example")
    return text


def _parted(sender: str) -> tuple[str, str]:
    """Name and address of ``Name <address>``, read more strictly than the library does: it takes the first of two."""
    parts = _NAME_AND_ADDRESS.fullmatch(sender.strip())
    return (parts["name"].strip(' "'), parts["address"]) if parts else ("", sender.strip())


def _headers(notice: Notice, sender: str) -> dict[str, object]:
    name, address = _parted(sender)
    return {
        "Date": format_datetime(notice.queued_at.astimezone(UTC)),
        "From": _mailbox(_from(notice.speaker, name), address),
        "To": _mailbox(notice.recipient_name, notice.recipient),
        # An encoded word in a stranger's title stays as it was written: it would be decoded on the way.
        "Subject": _single_line("Subject", notice.subject).replace("=?", "= ?"),
    }


def _from(speaker: str, desk: str) -> str:
    """``Ada Lovelace (Support)`` where a person speaks, else the desk's own name.

    A name that holds an address would be read as the sender's: it is left out.
    """
    if not speaker or "@" in speaker:
        return desk
    name = speaker if len(speaker) <= LONGEST_NAME else f"{speaker[: LONGEST_NAME - 1].rstrip()}…"
    return f"{name} ({desk})" if desk else name


def _plain_header(name: str, value: str) -> bytes:
    """A header of ids or words, folded between them: the library would encode an id longer than a line."""
    if not _single_line(name, value).isascii() or any(len(word) > 900 for word in value.split()):
        raise UnsendableLetter(f"{name}: {value!r} is no header of plain words")
    folded = "\r\n ".join(value.split())
    return f"{name}: {folded}\r\n".encode("ascii")


def _mailbox(name: str, address: str) -> Address:
    return Address(display_name=_single_line("name", name).replace("=?", "= ?"), addr_spec=plain_address(address))


def _single_line(where: str, value: str) -> str:
    if value != one_line(value):
        raise UnsendableLetter(f"{where}: {value!r} is not one line of printable text")
    return value


def _require_only(wire: bytes, names: list[str]) -> None:
    """Read the mail back as its receiver would: it has the headers that we wrote, each once, and no other."""
    found = [name.lower() for name in message_from_bytes(wire, policy=compat32)]
    if sorted(found) != sorted({name.lower() for name in names}):
        raise UnsendableLetter(f"its headers do not stay apart: it would be read with {', '.join(found)}")
