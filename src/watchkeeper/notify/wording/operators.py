"""To whoever runs the installation: what could not be said."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.notify.urgency import OPERATOR
from watchkeeper.notify.wording.moments import in_utc
from watchkeeper.notify.wording.words import Words, one_line, paragraphs, quoted


def undelivered(*, channel: str, recipient: str, subject: str, queued_at: datetime, because: str) -> Words:
    """A notice was given up. Its text is not repeated: it may be for the recipient's eyes only."""
    return Words(
        subject=gettext("Not delivered by {channel}: {subject}").format(channel=channel, subject=one_line(subject)),
        text=paragraphs(
            gettext("What was to be said to {recipient} by {channel} since {queued_at} was given up.").format(
                recipient=one_line(recipient), channel=channel, queued_at=in_utc(queued_at)
            ),
            gettext("Subject: {subject}").format(subject=one_line(subject)),
            gettext("The last answer was:"),
            quoted(because),
            gettext(
                "It will not be tried again. If it matters, reach the recipient by other means; if the "
                "address is wrong, correct it."
            ),
        ),
        urgency=OPERATOR,
    )
