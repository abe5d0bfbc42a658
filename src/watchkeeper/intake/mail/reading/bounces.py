"""What a report about a delivery says: which recipients, and of which mails (RFC 3464, RFC 5965, and older words)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from watchkeeper.intake.mail.letter import Delivery
from watchkeeper.intake.mail.reading import addresses, headers, limits, words
from watchkeeper.intake.mail.reading.headers import Headers
from watchkeeper.intake.mail.reading.parts import Part

_ACTIONS = {"failed", "delayed", "delivered", "relayed", "expanded"}
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_RETURNED = {
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
}
_RETURNED_BELOW = re.compile(
    r"^.{0,40}(?:original message|returned message|copy of the message|message headers|bounced e-?mail|unsent message|"
    r"ursprüngliche nachricht|kopfzeilen|en-têtes)",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED_LINE = re.compile(
    r"[ \t>*]*(?:[\w -]{0,30}(?:address|recipient|empfänger)s?[ \t]*:[ \t]*)?"
    r"<?([^\s<>:,;()\[\]]{1,250}@[^\s<>:,;()\[\]]{1,250})>?"
)
_MESSAGE_ID_LINE = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]{1,990}>)", re.IGNORECASE | re.MULTILINE)
_MAILTO = re.compile(r"<mailto:[^<>]{0,300}>")
_LATER = re.compile(r"delay|will be retried|still trying|not yet|verzöger|retard|warning:", re.IGNORECASE)
_LINES_SAID = 12


def deliveries(outermost: Part, *, subject: str, text: str) -> tuple[Delivery, ...]:
    """One for each recipient that is told about; by the machine-readable part if there is one, else by the words."""
    found = [
        delivery
        for leaf in outermost.leaves()
        if leaf.media_type in _REPORTS
        for block in _blocks(leaf)
        for delivery in _of_block(block)
    ]
    if not found:
        found = list(_of_feedback(outermost)) or list(_of_words(outermost.head, subject, text))
    return tuple({each.recipient: each for each in reversed(found[: limits.DELIVERIES])}.values())[::-1]


def about(outermost: Part, *, text: str) -> tuple[str, ...]:
    """The Message-IDs of the mails that are reported about, the most certain first."""
    found: list[str] = []
    for leaf in outermost.leaves():
        if leaf.media_type in _RETURNED:
            found += headers.read(_text(leaf)).message_ids("message-id")
    found += outermost.head.message_ids("in-reply-to")
    found += (words.one_line(identifier) for identifier in _MESSAGE_ID_LINE.findall(text))
    found += reversed(outermost.head.message_ids("references"))
    return tuple(dict.fromkeys(found))[: limits.MESSAGE_IDS]


def _text(leaf: Part) -> str:
    return words.decoded(leaf.data()[: limits.HEADER_BYTES], leaf.head.parameter("content-type", "charset"))


def _blocks(leaf: Part) -> Iterable[Headers]:
    """Those of the recipients; the first is about the mail as a whole, unless it names a recipient as well."""
    written = re.split(r"\n[ \t]*\n", _text(leaf).replace("\r\n", "\n"))
    return (headers.read(block) for block in written[: limits.DELIVERIES + 1])


def _of_block(block: Headers) -> Iterable[Delivery]:
    recipient = _typed(block, "original-recipient") or _typed(block, "final-recipient")
    status = _STATUS.search(block.first("status"))
    action = block.word("action")
    if action not in _ACTIONS and status:
        action = {"2": "delivered", "4": "delayed", "5": "failed"}[status[1][0]]
    if recipient and action in _ACTIONS:
        said = words.of_header(block.first("diagnostic-code").partition(";")[2] or block.first("diagnostic-code"))
        yield Delivery(recipient=recipient, action=action, status=status[1] if status else "", said=said[:500])


def _typed(block: Headers, name: str) -> str:
    """`rfc822; ana@example.com` → the address, if it is one."""
    address = block.first(name).rpartition(";")[2].strip().strip("<>")
    return addresses.plain(address)


def _of_feedback(outermost: Part) -> Iterable[Delivery]:
    for leaf in outermost.leaves():
        if leaf.media_type == "message/feedback-report":
            block = headers.read(_text(leaf))
            said = words.of_header(f"feedback: {block.first('feedback-type') or 'unknown'}")
            for value in block.all("original-rcpt-to"):
                if address := addresses.plain(value.strip("<> ")):
                    yield Delivery(recipient=address, action="delivered", said=said)


def _of_words(head: Headers, subject: str, text: str) -> Iterable[Delivery]:
    below = _RETURNED_BELOW.search(text)
    lines = (text[: below.start()] if below else text)[: limits.LINE_CHARACTERS * 20].split("\n")
    named = [mailbox.address for mailbox in addresses.read(head.all("x-failed-recipients")).mailboxes]
    is_later = _LATER.search(subject) is not None
    for at, line in enumerate(lines):
        found = _NAMED_LINE.match(line[: limits.LINE_CHARACTERS])
        address = addresses.plain(found[1].rstrip(".")) if found else ""
        if address and (not named or address in named):
            yield _worded(address, lines[at : at + _LINES_SAID], is_later=is_later)
    for address in named:
        yield _worded(address, lines, is_later=is_later)


def _worded(address: str, lines: list[str], *, is_later: bool) -> Delivery:
    said = words.one_line(_MAILTO.sub("", " ".join(lines)).replace(address, "", 1)).strip("<>: ")
    status = _STATUS.search(said)
    is_delayed = status[1].startswith("4") if status else is_later
    return Delivery(
        recipient=address,
        action="delayed" if is_delayed else "failed",
        status=status[1] if status else "",
        said=said[:500],
    )
