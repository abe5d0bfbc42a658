"""What comes back of a mail that a server had accepted: it joins the delivery, and where it failed, another channel."""

from __future__ import annotations

from uuid import UUID

from watchkeeper.notify.models import Bounce, Notice
from watchkeeper.notify.outbox.fallback import after_failure
from watchkeeper.notify.urgency import MAIL
from watchkeeper.people import clock

FAILED = "failed"
LONGEST_ANSWER = 1000


def bounced(notice_id: UUID, *, recipient: str, action: str, said: str) -> Notice | None:
    """Write down what another server tells of a mail; ``None`` where it is none that we sent to that recipient.

    ``action`` is a word of RFC 3464 (failed, delayed, delivered …); ``recipient`` may be empty where it was not told.
    The first failure lets the next channel say the same, and tells the operators.
    """
    notice = Notice.objects.select_for_update(of=("self",)).filter(pk=notice_id, channel=MAIL).first()
    if notice is None or (recipient and recipient.lower() != notice.recipient.lower()):
        return None
    is_first = not notice.bounces.filter(action=FAILED).exists()
    now = clock.now()
    Bounce.objects.create(notice=notice, at=now, action=action, said=said[:LONGEST_ANSWER])
    if action == FAILED and is_first:
        after_failure(notice, because=said or FAILED, now=now)
    return notice
