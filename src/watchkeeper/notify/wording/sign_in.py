"""Links for one pair of eyes: to set a password, the first or another."""

from __future__ import annotations

from datetime import datetime

from watchkeeper.notify.urgency import SIGN_IN
from watchkeeper.notify.wording.moments import dated
from watchkeeper.notify.wording.words import Words, one_line, paragraphs
from watchkeeper.ui.moments import DeskZone


def password_link(*, name: str, url: str, until: datetime, zone: DeskZone) -> Words:
    """A link to set a new password, for somebody who asked for it."""
    return _link("Set a new password", f"{one_line(name)}, this link lets you set a new password:", url, until, zone)


def invitation(*, name: str, by: str, url: str, until: datetime, zone: DeskZone) -> Words:
    """A link to set the first password, for somebody who was given a place at the desk."""
    opening = f"{one_line(name)}, {one_line(by)} gave you access to the support desk. Set a password to begin:"
    too_late = 'Should that be over when you read this, "Forgotten your password?" where one signs in sends another.'
    return _link("Your access to the support desk", opening, url, until, zone, too_late)


def _link(subject: str, opening: str, url: str, until: datetime, zone: DeskZone, too_late: str = "") -> Words:
    return Words(
        subject=subject,
        text=paragraphs(
            opening,
            url,
            f"It works once, until {dated(until, zone)}. If you did not expect it, do nothing: without the link "
            "nothing changes.",
            too_late,
        ),
        urgency=SIGN_IN,
    )
