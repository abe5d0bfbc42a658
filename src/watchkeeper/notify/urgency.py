"""How soon something said must have reached somebody, and by which channels it is tried, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

MAIL = "mail"
WEBHOOK = "webhook"
DESK = "desk"
CHANNELS = (MAIL, WEBHOOK, DESK)
"""Mail to the recipient; the operator's alarm webhook; the outbox that managers and engineers read in the desk."""

ALARM = "alarm"
REPLY = "reply"
SIGN_IN = "sign_in"
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Urgency:
    """``channels`` are tried in order: the next one when nothing was accepted within ``accepted_within``, or the
    one before failed for good. Each is tried again and again for ``tried_for``. ``priority`` orders the work: higher
    goes first."""

    key: str
    channels: tuple[str, ...]
    accepted_within: timedelta
    tried_for: timedelta
    priority: int

    def channels_after(self, channel: str) -> tuple[str, ...]:
        """What is left to try when ``channel`` did not do; nothing where it is none of this urgency's channels."""
        if channel not in self.channels:
            return ()
        return self.channels[self.channels.index(channel) + 1 :]


_LONG = timedelta(hours=75)

URGENCIES: Mapping[str, Urgency] = MappingProxyType(
    {
        urgency.key: urgency
        for urgency in (
            # What somebody must act on at once: a warning, a breach, an escalation, an incident that is new to them.
            Urgency(ALARM, (MAIL, WEBHOOK, DESK), timedelta(minutes=2), _LONG, priority=20),
            # What is said in a conversation; the portal shows it too.
            Urgency(REPLY, (MAIL, DESK), timedelta(minutes=30), _LONG, priority=0),
            # A secret for one pair of eyes, and not for long: it has no other channel.
            Urgency(SIGN_IN, (MAIL,), timedelta(minutes=2), timedelta(hours=1), priority=10),
            # That something could not be said. The desk says so in any case, and the webhook besides.
            Urgency(OPERATOR, (WEBHOOK,), timedelta(minutes=2), _LONG, priority=20),
        )
    }
)
