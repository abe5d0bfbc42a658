"""A mail sent to see whether mails go out, and what went wrong in words that say what to change."""

from __future__ import annotations

import re
import uuid
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from watchkeeper.notify.channels.answer import ACCEPTED, Answer
from watchkeeper.notify.channels.mail.handover import hand_over
from watchkeeper.notify.channels.mail.identity import host, message_id
from watchkeeper.notify.channels.mail.letter import envelope_sender, written
from watchkeeper.notify.channels.mail.server import SmtpServer
from watchkeeper.notify.models import Notice
from watchkeeper.people import clock

PATIENCE = 10.0
"""Seconds for each answer: somebody waits for the page."""

_TEXT = gettext_lazy(
    "This mail was sent to see whether the support desk at {address} can send mail. It "
    "can.\n\nNothing has to be done about it.\n"
)


class Outcome(NamedTuple):
    """What came of it: a sentence for a person, and what the mail server said."""

    is_sent: bool
    says: str
    server_said: str


def send_trial(address: str) -> Outcome:
    """Hand one mail for ``address`` to the mail server. Needs one to be set, and no transaction: it may take long."""
    key = uuid.uuid4()
    notice = Notice(
        id=key,
        recipient=address,
        subject=gettext("The support desk can send mail"),
        text=str(_TEXT).format(address=settings.WATCHKEEPER_BASE_URL),
        headers={"Message-ID": message_id(key)},
        queued_at=clock.now(),
    )
    return hand_over_trial(notice)


def hand_over_trial(notice: Notice) -> Outcome:
    """The same for a mail of one's own; the notice need not be saved."""
    server: SmtpServer = settings.WATCHKEEPER_SMTP
    address = notice.recipient
    wire = written(notice, sender=settings.WATCHKEEPER_MAIL_FROM)
    sender = envelope_sender(settings.WATCHKEEPER_MAIL_FROM)
    answer = hand_over(wire, server=server, sender=sender, recipient=address, called=host(), patience=PATIENCE)
    return Outcome(answer.outcome == ACCEPTED, explained(answer, server, sender, address), answer.text)


def explained(answer: Answer, server: SmtpServer, sender: str, recipient: str) -> str:
    """What a mail server's answer means for whoever sets it up."""
    if answer.outcome == ACCEPTED:
        return gettext("{host} took the mail for {recipient}. Look whether it arrives.").format(
            host=server.host, recipient=recipient
        )
    where = f"{server.host}:{server.port}"
    for pattern, says in _MEANINGS:
        if re.search(pattern, answer.text):
            return str(says).format(where=where, host=server.host, user=server.user, sender=sender, recipient=recipient)
    return gettext("{where} did not take the mail. What it said stands below.").format(where=where)


_MEANINGS = (
    (
        r"gaierror",
        gettext_lazy("No machine of the name {host} is known. Is it spelled as your mail provider writes it?"),
    ),
    (
        r"ConnectionRefusedError",
        gettext_lazy("Nothing listens at {where}. Is the port right, and does the server run?"),
    ),
    (
        r"TimeoutError|timed out",
        gettext_lazy("{where} does not answer. A firewall may stand between, or the port is wrong."),
    ),
    (r"No route|Network is unreachable", gettext_lazy("There is no way from this machine to {where}.")),
    (
        r"SSLCertVerificationError|CERTIFICATE",
        gettext_lazy(
            "{where} shows a certificate that is not valid for {host}. Write the name that the certificate has."
        ),
    ),
    (
        r"WRONG_VERSION|SSLError|ConnectionResetError|SMTPServerDisconnected",
        gettext_lazy(
            "{where} broke off: it may not speak TLS from the first byte there, or only that. Port 587 "
            "is usually smtp+starttls, port 465 smtps."
        ),
    ),
    (
        r"STARTTLS extension not supported",
        gettext_lazy("{where} does not offer STARTTLS. Use smtps, if it has a port for that."),
    ),
    (
        r"SMTPAuthenticationError",
        gettext_lazy(
            "{where} does not accept the user {user} with this password. Some providers want a password "
            "made for programs."
        ),
    ),
    (
        r"AUTH extension not supported|No suitable authentication",
        gettext_lazy("{where} lets nobody sign in; leave out the user."),
    ),
    (
        r"^MAIL:",
        gettext_lazy("{where} does not send as {sender}. Set WATCHKEEPER_MAIL_FROM to an address that is yours there."),
    ),
    (r"^RCPT:", gettext_lazy("{where} does not take mail for {recipient} from here. It may want you to sign in.")),
    (r"^DATA:", gettext_lazy("{where} heard the mail and did not take it.")),
)
