"""Which channels an installation has, and handing a notice to its own."""

from __future__ import annotations

from watchkeeper.notify.channels.answer import Answer
from watchkeeper.notify.channels.mail import sender as mail
from watchkeeper.notify.channels.webhook import sender as webhook
from watchkeeper.notify.models import Notice
from watchkeeper.notify.urgency import MAIL, WEBHOOK

_SENDERS = {MAIL: mail, WEBHOOK: webhook}


def is_open(channel: str) -> bool:
    """Whether the installation is set up to use a channel. The desk itself is always there."""
    return channel not in _SENDERS or _SENDERS[channel].is_open()


def send(notice: Notice) -> Answer:
    """Hand a notice over to its channel's server, outside any transaction, and say what came of it."""
    return _SENDERS[notice.channel].send(notice)
