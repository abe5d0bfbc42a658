"""Who reads this installation's mail: what is ours in a mail, and how long one may take."""

from __future__ import annotations

from django.conf import settings

from watchkeeper.intake.mail.reading.limits import CPU_SECONDS
from watchkeeper.intake.mail.reading.own import Own
from watchkeeper.intake.mail.reading.reader import Reader
from watchkeeper.notify.channels.mail.identity import host

QUICK_SECONDS = 0.3
"""Of processor time, many times what people's mails take; what takes longer is left to whoever reads slow ones."""


def own() -> Own:
    """What is ours in a mail, by the settings."""
    return Own(settings.WATCHKEEPER_MAIL_AUTHSERV_IDS, host())


def open_reader(*, is_slow: bool) -> Reader:
    """A child that reads; one for slow mails gives each all the time that a mail may take."""
    return Reader(own(), cpu_seconds=CPU_SECONDS if is_slow else QUICK_SECONDS)
