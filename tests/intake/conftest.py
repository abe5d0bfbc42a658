"""Mail is taken on the stage, standing for the desk: kept, read apart and decided as the processes do it.

Models are imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.intake.mails import DESK, OUR_SERVER
from tests.stage import browser_of, cast, look_again, report

if TYPE_CHECKING:
    from watchkeeper.intake.models import ReceivedMail

__all__ = ["browser_of", "cast", "look_again", "report"]


@pytest.fixture
def a_desk_that_takes_mail(settings: Any) -> None:
    settings.WATCHKEEPER_MAIL_ADDRESS = DESK
    settings.WATCHKEEPER_MAIL_AUTHSERV_IDS = frozenset({OUR_SERVER})
    settings.WATCHKEEPER_BASE_URL = "https://support.example"


@pytest.fixture
def take(db: None, a_desk_that_takes_mail: None) -> Callable[..., ReceivedMail]:
    """``take(raw)``: what became of a mail that was handed over, by LMTP if nothing else is said."""
    from tests.intake.reading_here import ReadsHere
    from watchkeeper.intake.mail.keeping import keep
    from watchkeeper.intake.mail.taking import take_one
    from watchkeeper.people.wall import stand_for_the_desk

    def taken(raw: bytes, **how: Any) -> ReceivedMail:
        kept = keep(raw, **({"door": "lmtp"} | how))
        while take_one(ReadsHere()):
            pass
        stand_for_the_desk()
        kept.refresh_from_db()
        return kept

    return taken
