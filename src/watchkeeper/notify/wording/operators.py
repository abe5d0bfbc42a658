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


def unreadable(*, kept_at: datetime, size: int, because: str) -> Words:
    """A mail came in that could not be read. Nothing of it is repeated: it was not read."""
    return Words(
        subject=gettext("A mail could not be read"),
        text=paragraphs(
            gettext("A mail of {size:,} bytes came in {kept_at} and waits: {because}").format(
                size=size, kept_at=in_utc(kept_at), because=one_line(because)
            ),
            gettext(
                "It is kept as it came. In the desk, under Mail in, it can be looked at, tried again, or "
                "reported for its sender; its clock counts from when it came."
            ),
        ),
        urgency=OPERATOR,
    )


def door_at_fault(*, door: str, since: datetime, because: str) -> Words:
    """A way by which mail comes in does not work."""
    return Words(
        subject=gettext("Mail does not come in: {door}").format(door=one_line(door)),
        text=paragraphs(
            gettext("{door} has not worked since {since}:").format(door=one_line(door), since=in_utc(since)),
            quoted(because),
            gettext(
                "Mail stays where it is and comes in when it works again; it is tried again and again. "
                "watchkeeper mail test says what is wrong with each part."
            ),
        ),
        urgency=OPERATOR,
    )
