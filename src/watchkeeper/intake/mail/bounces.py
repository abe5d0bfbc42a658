"""What a bounce tells of the mails it is about, written down with their deliveries."""

from __future__ import annotations

from uuid import UUID

from watchkeeper.core.said import Said, sentence
from watchkeeper.intake.mail.letter import Delivery, Letter
from watchkeeper.notify import outbox
from watchkeeper.notify.channels.mail.identity import host
from watchkeeper.notify.outbox.bounced import FAILED


def attach(letter: Letter) -> Said:
    """Join a bounce to the deliveries that it tells of, as part of the caller's transaction; what came of it."""
    told = letter.deliveries or (Delivery("", FAILED, said=letter.subject),)
    joined = [
        notice
        for key in _ours(letter)
        for each in told
        if (notice := outbox.bounced(key, recipient=each.recipient, action=each.action, said=_said(each))) is not None
    ]
    if not joined:
        return sentence("It names no mail that we sent.")
    return sentence("It was joined to {count} of our mails.", count=len({notice.pk for notice in joined}))


def _ours(letter: Letter) -> list[UUID]:
    """The notices among the mails it is about: our Message-IDs are the keys of notices."""
    end = f"@{host()}>"
    keys = []
    for name in letter.about:
        try:
            keys.append(UUID(name.removesuffix(end).removeprefix("<")))
        except ValueError:
            continue
    return list(dict.fromkeys(keys))


def _said(delivery: Delivery) -> str:
    return " ".join(filter(None, [delivery.status, delivery.said]))
