"""Links for one pair of eyes: to set a password, the first or another."""

from __future__ import annotations

from datetime import datetime

from watchkeeper.notify.urgency import SIGN_IN
from watchkeeper.notify.wording.composing import composed
from watchkeeper.notify.wording.moments import dated
from watchkeeper.notify.wording.words import Words
from watchkeeper.ui.moments import DeskZone


def password_link(*, name: str, url: str, until: datetime, zone: DeskZone) -> Words:
    """A link to set a new password, for somebody who asked for it."""
    values = {"name": name, "link": url, "until": dated(until, zone)}
    return composed("password_link", values, urgency=SIGN_IN)


def invitation(*, name: str, by: str, url: str, until: datetime, zone: DeskZone) -> Words:
    """A link to set the first password, for somebody who was given a place at the desk."""
    values = {"name": name, "by": by, "link": url, "until": dated(until, zone)}
    return composed("invitation", values, urgency=SIGN_IN)
