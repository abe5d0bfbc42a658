"""Trying how mail is set up: out by the mail server, and in again by the doors. What is wrong is said with what to do.

The doors are looked at each by itself as well: that a mail did not come back says nothing about where it got stuck.
Names in the DNS, such as MX and SPF, are looked at by nobody here.
"""

from __future__ import annotations

import smtplib
import socket
import time
import uuid
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.db.models.functions import Substr
from django.urls import reverse

from watchkeeper.intake.mail.doors.configured import Doors
from watchkeeper.intake.mail.doors.imap import opened
from watchkeeper.intake.mail.doors.listening_at import ListeningAt
from watchkeeper.intake.mail.doors.mailbox_at import MailboxAt
from watchkeeper.intake.models import RawMail, ReceivedMail
from watchkeeper.notify.channels.mail.identity import message_id
from watchkeeper.notify.models import Notice
from watchkeeper.office.setup.trial_mail import hand_over_trial
from watchkeeper.people import clock
from watchkeeper.people.wall import for_the_desk

SECONDS_FOR_AN_ANSWER = 10.0
SECONDS_BETWEEN_LOOKS = 0.5
LONGEST_HEAD = 65_536


class Finding(NamedTuple):
    """One thing that was looked at, in a sentence; where it is not well the sentence says what to do."""

    is_well: bool
    says: str

    def __str__(self) -> str:
        return f"{'✓' if self.is_well else '✗'} {self.says}"


def findings(*, within: float) -> Iterator[Finding]:
    """Each as soon as it is found. ``within`` so many seconds a mail that went out must have come in again."""
    doors: Doors = settings.WATCHKEEPER_MAIL_DOORS
    yield _whose_it_is(doors)
    yield _proof()
    if doors.listening_at is not None:
        yield _listener(doors.listening_at, doors.addresses.main)
    for mailbox in doors.mailboxes:
        yield _mailbox(mailbox, doors)
    for name in sorted(doors.providers):
        at = f"{settings.WATCHKEEPER_BASE_URL}{reverse('mail-in', args=[name])}"
        yield Finding(True, f"{name} may post mail to {at}, with what docs/how-to/mail.md says it has to show")
    yield from _out_and_in(doors.addresses.main, within)


def _whose_it_is(doors: Doors) -> Finding:
    others = ", ".join(sorted(doors.addresses.others))
    if not doors.are_open:
        return Finding(False, "no door for mail is open: set WATCHKEEPER_LMTP_LISTEN or WATCHKEEPER_IMAP_URL")
    return Finding(True, f"the desk's address is {doors.addresses.main}{f', and {others}' if others else ''}")


def _proof() -> Finding:
    names = ", ".join(sorted(settings.WATCHKEEPER_MAIL_AUTHSERV_IDS))
    if names:
        return Finding(True, f"who wrote a mail is believed where {names} says so in Authentication-Results")
    return Finding(
        False,
        "no mail has proof of who wrote it, and so every answer by mail waits for a person: set"
        " WATCHKEEPER_MAIL_AUTHSERV_ID to the name that your mail server writes first in Authentication-Results",
    )


def _listener(at: ListeningAt, address: str) -> Finding:
    try:
        with _line_to(at) as line:
            if at.is_lmtp:
                line.docmd("LHLO", "localhost")
            else:
                line.ehlo("localhost")
            line.mail("")
            code, said = line.rcpt(address)
            line.rset()
    except (OSError, smtplib.SMTPException) as error:
        start = "`watchkeeper serve` or `watchkeeper mail doors`"
        return Finding(False, f"nobody takes mails at {at} ({_said(error)}): does {start} run, with the same settings?")
    if code != 250:
        return Finding(False, f"{at} does not take mail for {address} ({code} {said.decode(errors='replace')})")
    return Finding(True, f"{at} takes mail for {address}")


def _line_to(at: ListeningAt) -> smtplib.SMTP:
    if not at.path:
        return smtplib.SMTP(at.host, at.port, "localhost", timeout=SECONDS_FOR_AN_ANSWER)
    line = smtplib.LMTP(local_hostname="localhost", timeout=SECONDS_FOR_AN_ANSWER)
    line.connect(at.path)
    return line


def _mailbox(at: MailboxAt, doors: Doors) -> Finding:
    try:
        with opened(at, doors.taken, doors.tokens) as mailbox:
            moved = f"moved to {doors.taken}" if mailbox.moves else "marked as read, and not moved"
            told = "tells of new mail by itself" if mailbox.idles else "is asked every minute"
    except Exception as error:  # noqa: BLE001 - it is said
        return Finding(False, f"mailbox {at.name}: {_said(error)}: {_remedy(error, at)}")
    return Finding(True, f"mailbox {at.name} lets us in and {told}; what is taken is {moved}")


def _remedy(error: Exception, at: MailboxAt) -> str:
    said = f"{type(error).__name__} {error}"
    return next((remedy.format(at=at) for sign, remedy in _REMEDIES.items() if sign in said), "see docs/how-to/mail.md")


_REMEDIES = {
    "gaierror": "no machine of the name {at.host} is known; is it spelled as your mail provider writes it?",
    "ConnectionRefusedError": "nothing listens at {at.host}:{at.port}; is the port right, and does the server run?",
    "timed out": "{at.host}:{at.port} does not answer; a firewall may stand between, or the port is wrong",
    "CERTIFICATE_VERIFY_FAILED": "{at.host} shows a certificate that is not valid for it; for an authority of your own"
    " set SSL_CERT_FILE",
    "SSL": "{at.host}:{at.port} does not speak TLS from the first byte; try imap+starttls, usually port 143",
    "NoToken": "look at WATCHKEEPER_IMAP_TOKEN_URL and the settings beside it",
    "MailboxLogin": "the server does not let {at.user} in; some providers want a password made for programs, and some"
    " only tokens: imaps+xoauth2://",
    "AUTHENTICATE": "the server does not accept the token for {at.user}; may the application read this mailbox?",
    "MailboxFolderSelect": "there is no folder {at.folder}; the end of WATCHKEEPER_IMAP_URL names it",
    "CREATE": "make the folder by hand, or name another by WATCHKEEPER_IMAP_TAKEN",
}


def _out_and_in(address: str, within: float) -> Iterator[Finding]:
    """A mail to the desk itself. It is our own, and so it reports nothing when it comes in."""
    server = settings.WATCHKEEPER_SMTP
    if server is None:
        yield Finding(False, "no mail goes out, and none was sent: set WATCHKEEPER_SMTP_URL")
        return
    with for_the_desk():
        newest = ReceivedMail.objects.order_by("-id").values_list("id", flat=True).first() or 0
        now = clock.now()
    key = uuid.uuid4()
    text = f"This mail was sent to see whether mail to {address} comes in. Nothing has to be done about it.\n"
    headers = {"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"}
    notice = Notice(
        id=key, recipient=address, subject=f"A try of the way in: {key}", text=text, headers=headers, queued_at=now
    )
    outcome = hand_over_trial(notice)
    if not outcome.is_sent:
        yield Finding(False, f"{outcome.says} It said: {outcome.server_said}")
        return
    yield Finding(True, f"{server.host}:{server.port} took a mail for {address}")
    yield _come_in(key, newest, within)


def _come_in(key: uuid.UUID, newest: int, within: float) -> Finding:
    began = time.monotonic()
    while (door := _door_that_took(key, newest)) is None:
        if time.monotonic() - began > within:
            return Finding(
                False,
                f"that mail did not come in within {within:g} s: look where your mail server left it, whether what"
                " stands above is well, and whether `watchkeeper serve` or `watchkeeper mail doors` runs; --within"
                " waits longer",
            )
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return Finding(True, f"that mail came in by {door} after {time.monotonic() - began:.0f} s")


def _door_that_took(key: uuid.UUID, newest: int) -> str | None:
    """By the key in Message-ID and subject: there are servers that write a Message-ID of their own."""
    with for_the_desk():
        heads = RawMail.objects.filter(mail_id__gt=newest).annotate(head=Substr("data", 1, LONGEST_HEAD))
        for raw in heads.select_related("mail").defer("data"):
            if str(key).encode() in bytes(raw.head):
                door: str = raw.mail.get_door_display()
                return f"{door}, {raw.mail.mailbox}" if raw.mail.mailbox else door
    return None


def _said(error: Exception) -> str:
    if isinstance(error, socket.gaierror | ConnectionRefusedError | TimeoutError):
        return str(error.strerror or error)
    return " ".join(str(error).split()) or type(error).__name__
