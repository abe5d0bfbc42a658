"""Links for one pair of eyes: to set a password, the first or another."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.notify.urgency import SIGN_IN
from watchkeeper.notify.wording.moments import dated
from watchkeeper.notify.wording.words import Words, one_line, paragraphs
from watchkeeper.ui.moments import DeskZone


def password_link(*, name: str, url: str, until: datetime, zone: DeskZone) -> Words:
    """A link to set a new password, for somebody who asked for it."""
    return _link(
        gettext("Set a new password"),
        gettext("{name}, this link lets you set a new password:").format(name=one_line(name)),
        url,
        until,
        zone,
    )


def invitation(*, name: str, by: str, url: str, until: datetime, zone: DeskZone) -> Words:
    """A link to set the first password, for somebody who was given a place at the desk."""
    opening = gettext("{name}, {by} gave you access to the support desk. Set a password to begin:").format(
        name=one_line(name), by=one_line(by)
    )
    too_late = gettext(
        'Should that be over when you read this, "Forgotten your password?" where one signs in sends another.'
    )
    return _link(gettext("Your access to the support desk"), opening, url, until, zone, too_late)


def _link(subject: str, opening: str, url: str, until: datetime, zone: DeskZone, too_late: str = "") -> Words:
    return Words(
        subject=subject,
        text=paragraphs(
            opening,
            url,
            gettext(
                "It works once, until {until}. If you did not expect it, do nothing: without the link nothing changes."
            ).format(until=dated(until, zone)),
            too_late,
        ),
        urgency=SIGN_IN,
    )
