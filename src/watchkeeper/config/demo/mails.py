"""A mail that came in: a stranger's, which waits for a person."""

from __future__ import annotations

from watchkeeper.intake.mail.keeping import keep
from watchkeeper.intake.models import ReceivedMail

_OF_A_STRANGER = """\
From: Sam Weller <sam@elsewhere.example>
To: desk@localhost
Subject: A question about your gateway
Message-ID: <a-question@elsewhere.example>
Content-Type: text/plain; charset=utf-8

We think of buying your gateway. Whom do we ask about prices?
"""


def keep_one() -> None:
    """Keep it, to be taken by the process that takes mail."""
    keep(_OF_A_STRANGER.encode(), door=ReceivedMail.Door.COMMAND)
