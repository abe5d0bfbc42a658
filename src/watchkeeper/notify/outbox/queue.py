"""Saying something: a row in the outbox, in the transaction of whatever made it worth saying."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from watchkeeper.notify.channels import ways
from watchkeeper.notify.channels.mail.identity import message_id, threading_headers
from watchkeeper.notify.instants import DatabaseNow
from watchkeeper.notify.models import Notice, NoticeQuerySet
from watchkeeper.notify.outbox.fallback import after_failure, beginning, fall_back, next_channel
from watchkeeper.notify.outbox.our_words import in_our_words
from watchkeeper.notify.outbox.record import record_all
from watchkeeper.notify.outbox.saying import Saying
from watchkeeper.notify.urgency import DESK, MAIL, SIGN_IN
from watchkeeper.notify.wording.words import one_line
from watchkeeper.people import clock

NO_MAIL_SERVER = "no mail server is set: WATCHKEEPER_SMTP_URL is empty"


def queue(saying: Saying) -> Notice:
    """Say something once, as part of the caller's transaction: the notice, or the one that said this step before.

    Nothing leaves the desk before the transaction commits. Without a mail server a mail is kept to be read in the
    desk, and an alarm goes to the webhook where there is one; a sign-in mail fails instead, outside the demo.
    """
    return queue_all([saying])[0]


def queue_all(sayings: Sequence[Saying]) -> list[Notice]:
    """``queue`` for several things at once, such as one step told to several people."""
    if not sayings:
        return []
    now = clock.now() if any(saying.at is None for saying in sayings) else None
    sayings = in_our_words(sayings)
    notices = [_notice(saying, saying.at or now) for saying in sayings]
    recorded = record_all(notices)
    for notice, said in zip(notices, recorded, strict=True):
        if said.pk == notice.pk:
            _go_on_without_mail(said, notice.queued_at)
    return recorded


def _go_on_without_mail(said: Notice, now: datetime) -> None:
    if said.status == Notice.Status.FAILED:
        after_failure(said, because=NO_MAIL_SERVER, now=now)
    elif said.status == Notice.Status.KEPT and next_channel(said) not in (None, DESK):
        fall_back(said, now=now)


def call_off(*, incident_id: int, steps: str) -> int:
    """Call off what is still waiting to be sent of an incident's steps that begin with ``steps``; how many.

    What a server is taking at this moment cannot be called back: it is marked as crossed, with the time.
    """
    return _called_off(Notice.objects.filter(incident_id=incident_id, step__startswith=steps))


def _called_off(notices: NoticeQuerySet) -> int:
    under_way = notices.under_way()
    under_way.filter(status=Notice.Status.SENDING, crossed_at=None).update(crossed_at=DatabaseNow())
    return under_way.filter(status=Notice.Status.QUEUED).update(
        status=Notice.Status.SUPPRESSED, finished_at=DatabaseNow()
    )


def erase(*, incident_id: int, step: str) -> int:
    """Erase the words of all that was said at a step, and call off what is still waiting to be sent; how many.

    What later mails of the incident repeat of earlier ones is erased with it. What a server took already cannot be
    called back.
    """
    Notice.objects.filter(incident_id=incident_id).exclude(history="").update(history="")
    return _erase(Notice.objects.filter(incident_id=incident_id, step=step))


def take_back(*, incident_id: int, step: str) -> bool:
    """Keep all that was said at a step from leaving, and erase its words; false where some of it has left.

    Whoever is told false must undo all of it: what was called off then would be lost.
    """
    said = Notice.objects.filter(incident_id=incident_id, step=step)
    said.filter(status=Notice.Status.KEPT).update(status=Notice.Status.SUPPRESSED)
    _erase(said)
    return not said.exclude(status=Notice.Status.SUPPRESSED).exists()


def _erase(said: NoticeQuerySet) -> int:
    _called_off(said)
    return said.update(text=Notice.REDACTED, history="")


def _notice(saying: Saying, now: datetime) -> Notice:
    notice = Notice(
        account_id=saying.account_id,
        incident_id=saying.incident_id,
        step=saying.step,
        urgency=saying.words.urgency,
        recipient=saying.to.address,
        recipient_name=saying.to.name,
        person_id=saying.to.person_id,
        channel=saying.channel,
        subject=saying.words.subject,
        text=saying.words.text,
        prose_from=saying.words.prose[0],
        prose_to=saying.words.prose[1],
        history=saying.history,
        speaker=one_line(saying.speaker),
        language=saying.words.language,
        **beginning(saying.channel, now),
    )
    notice.headers = {"Message-ID": message_id(notice.pk)} | _headers(saying)
    if saying.channel == MAIL and not ways.is_open(MAIL):
        _stay(notice, now)
    elif saying.not_before is not None:
        notice.next_attempt_at = saying.not_before
    return notice


def _stay(notice: Notice, now: datetime) -> None:
    """What becomes of a mail where no mail server is set."""
    notice.finished_at = now
    if notice.urgency == SIGN_IN and not settings.WATCHKEEPER_DEMO:
        notice.status, notice.text = Notice.Status.FAILED, Notice.ERASED
    else:
        notice.status = Notice.Status.KEPT


def _headers(saying: Saying) -> dict[str, str]:
    headers = threading_headers(thread=saying.thread, answers=saying.answers)
    if saying.reply_to:
        headers["Reply-To"] = saying.reply_to
    if saying.unsubscribe:
        headers["List-Unsubscribe"] = f"<{saying.unsubscribe}>"
    if saying.unsubscribe.startswith("https:"):  # RFC 8058 lets mail programs post there, and nowhere else
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if saying.words.is_automatic:
        headers["Auto-Submitted"] = "auto-generated"
        headers["X-Auto-Response-Suppress"] = "All"
    return headers
