"""One thing to be said to one recipient: the value that is given to the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watchkeeper.notify.urgency import MAIL
from watchkeeper.notify.wording.words import Words


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom it is for: an address, the name beside it, and the person where it is one the desk knows."""

    address: str
    name: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """``step`` names what is said within its incident: ``receipt``, ``breached:acknowledgement:1``,
    ``said:<event>``; the same step is said once to a recipient over a channel. Where ``incident_id`` is empty the
    step must name the thing by itself (``sign-in:<link>``).

    ``account_id`` is the account whose rows it belongs to; empty for the vendor's own, and then only the desk may
    queue it. ``thread`` is the incident's reference: mails of one incident stand together in the reader's program.
    ``answers`` is the Message-ID of the mail this one answers, and ``reply_to`` where answers to this one go.
    ``speaker`` is the name of the person who says it; empty: the desk says it by itself.
    ``history`` is what was said before, beneath the words in a mail.
    ``at`` is the database's time where the caller has read it already. ``not_before`` is when it may leave at the
    earliest; empty: at once.
    """

    step: str
    to: Recipient
    words: Words
    account_id: int | None
    incident_id: int | None = None
    channel: str = MAIL
    thread: str = ""
    answers: str = ""
    reply_to: str = ""
    speaker: str = ""
    history: str = ""
    at: datetime | None = None
    not_before: datetime | None = None
