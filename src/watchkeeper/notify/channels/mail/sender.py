"""One attempt to send a notice by mail."""

from __future__ import annotations

from django.conf import settings

from watchkeeper.notify.channels.answer import Answer, put_off, refused
from watchkeeper.notify.channels.mail.handover import hand_over
from watchkeeper.notify.channels.mail.identity import host
from watchkeeper.notify.channels.mail.letter import UnsendableLetter, envelope_sender, written
from watchkeeper.notify.models import Notice


def is_open() -> bool:
    """Whether the installation names a mail server."""
    return settings.WATCHKEEPER_SMTP is not None


def send(notice: Notice) -> Answer:
    """One attempt to hand a notice to the mail server."""
    server = settings.WATCHKEEPER_SMTP
    if server is None:
        return put_off("WATCHKEEPER_SMTP_URL names no mail server any more")
    try:
        sender = envelope_sender(settings.WATCHKEEPER_MAIL_FROM)
    except UnsendableLetter as error:
        return put_off(f"WATCHKEEPER_MAIL_FROM: {error}")
    try:
        wire = written(notice, sender=settings.WATCHKEEPER_MAIL_FROM)
    except UnsendableLetter as error:
        return refused(f"not given to the mail server: {error}")
    if settings.WATCHKEEPER_DKIM is not None:
        wire = settings.WATCHKEEPER_DKIM.signed(wire, sender=sender, at=notice.queued_at)
    return hand_over(wire, server=server, sender=sender, recipient=notice.recipient, called=host())
