"""A mail as bytes, read into a ``Letter``. Pure: nothing is opened, asked or remembered."""

from __future__ import annotations

from watchkeeper.core.mail import BOUNCE, NONE
from watchkeeper.intake.mail.letter import Letter, Mailbox
from watchkeeper.intake.mail.reading import (
    addresses,
    bodies,
    bounces,
    kinds,
    limits,
    orders,
    parts,
    quotes,
    severities,
    verdicts,
    words,
)
from watchkeeper.intake.mail.reading.headers import Headers
from watchkeeper.intake.mail.reading.limits import Unreadable
from watchkeeper.intake.mail.reading.own import Own, ignored, loops, wants_no_answer

_STAND_INS = ("sender", "reply-to", "return-path")
_RECIPIENTS = (
    *("to", "cc", "delivered-to", "x-delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to"),
    *("apparently-to", "resent-to", "resent-cc"),
)


def read(raw: bytes, *, own: Own) -> Letter:
    """Whatever was sent. Raises ``Unreadable`` where it asks for more than ``limits`` give, and nothing else."""
    try:
        return _read(raw, own)
    except MemoryError:
        raise Unreadable(limits.TOO_MUCH_MEMORY) from None


def _read(raw: bytes, own: Own) -> Letter:
    outermost = parts.read(raw)
    head = outermost.head
    body = bodies.body(outermost)
    subject = words.of_header(head.first("subject"), hint=body.hint)
    author, has_one_author = _author(head, body.hint)
    kind, why_kind = kinds.kind(outermost, author=author, subject=subject)
    answers = _answers(head)
    is_reply = kind != BOUNCE and quotes.is_reply(subject, answers)
    text, quoted = quotes.parted(body.text) if is_reply else (body.text, "")
    severity, text = severities.taken_out(text)
    return Letter(
        kind=kind,
        why_kind=why_kind,
        author=author,
        has_one_author=has_one_author,
        verdict=verdicts.verdict(head, author, own) if has_one_author else NONE,
        message_id=next(iter(head.message_ids("message-id")), ""),
        answers=answers,
        to=addresses.read((value for name in _RECIPIENTS for value in head.all(name)), hint=body.hint).mailboxes,
        subject=subject,
        text=words.clean(text),
        quoted=words.clean(quoted),
        is_plain=not body.has_markup,
        page=body.page,
        severity=severity,
        asks_to=orders.first_line(text),
        files=tuple(body.files),
        deliveries=bounces.deliveries(outermost, subject=subject, text=body.text) if kind == BOUNCE else (),
        about=bounces.about(outermost, text=body.text) if kind == BOUNCE else (),
        loops=loops(head, own),
        ignored=ignored(head),
        wants_no_answer=wants_no_answer(head),
    )


def _author(head: Headers, hint: str) -> tuple[Mailbox | None, bool]:
    """Who wrote by From, and whether it names this one and nobody else. What stands in for it proves nothing."""
    written = addresses.read(head.all("from"), hint=hint)
    if "from" in head:
        is_one = len(head.all("from")) == 1 and len(written.mailboxes) == 1 and written.are_plain
        return next(iter(written.mailboxes), None), is_one
    for name in _STAND_INS:
        if found := addresses.read(head.all(name), hint=hint).mailboxes:
            return found[0], False
    return None, False


def _answers(head: Headers) -> tuple[str, ...]:
    """The mails that this one answers, the nearest first: In-Reply-To, then References from their end."""
    found = [*head.message_ids("in-reply-to"), *reversed(head.message_ids("references"))]
    return tuple(dict.fromkeys(found))[: limits.MESSAGE_IDS]
