"""Telling whoever runs the installation that a mail could not be read: on the desk, and by the alarm webhook."""

from __future__ import annotations

from watchkeeper.intake.models import ReceivedMail
from watchkeeper.notify import outbox, wording
from watchkeeper.people import clock


def tell_the_operators(mail: ReceivedMail, why: str) -> None:
    """Say it once for each mail, whatever it says of itself: nothing of it is repeated."""
    outbox.tell_the_operators(
        step=f"unreadable:{mail.key}",
        words=wording.unreadable(kept_at=mail.kept_at, size=mail.size, because=why),
        now=clock.now(),
    )
