"""To whoever runs the installation: what could not be said."""

from __future__ import annotations

from datetime import datetime

from watchkeeper.notify.urgency import OPERATOR
from watchkeeper.notify.wording.moments import in_utc
from watchkeeper.notify.wording.words import Words, one_line, paragraphs, quoted


def undelivered(*, channel: str, recipient: str, subject: str, queued_at: datetime, because: str) -> Words:
    """A notice was given up. Its text is not repeated: it may be for the recipient's eyes only."""
    return Words(
        subject=f"Not delivered by {channel}: {one_line(subject)}",
        text=paragraphs(
            f"What was to be said to {one_line(recipient)} by {channel} since {in_utc(queued_at)} was given up.",
            f"Subject: {one_line(subject)}",
            "The last answer was:",
            quoted(because),
            "It will not be tried again. If it matters, reach the recipient by other means; if the address is wrong, "
            "correct it.",
        ),
        urgency=OPERATOR,
    )
