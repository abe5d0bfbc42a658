"""What follows when a channel did not do: the next channel says it, and the operator is told of what failed."""

from __future__ import annotations

from datetime import datetime

from watchkeeper.notify.channels import ways
from watchkeeper.notify.models import Notice
from watchkeeper.notify.outbox.record import record
from watchkeeper.notify.urgency import DESK, OPERATOR, WEBHOOK
from watchkeeper.notify.wording.operators import undelivered
from watchkeeper.notify.wording.words import Words
from watchkeeper.people.language import speaking_to

OPERATORS = "operators"
"""The recipient of what is said to whoever runs the installation."""


def next_channel(notice: Notice) -> str | None:
    """The first open channel after the notice's own; ``None`` where its urgency knows no other."""
    return next(filter(ways.is_open, notice.how_urgent.channels_after(notice.channel)), None)


def fall_back(notice: Notice, *, now: datetime) -> Notice | None:
    """Let the next channel say the same to the same recipient; the notice itself goes on being tried."""
    channel = next_channel(notice)
    if channel is None:
        return None
    return record(
        Notice(
            account_id=notice.account_id,
            incident_id=notice.incident_id,
            step=notice.step,
            urgency=notice.urgency,
            recipient=notice.recipient,
            recipient_name=notice.recipient_name,
            person_id=notice.person_id,
            channel=channel,
            fallback_of=notice,
            subject=notice.subject,
            text=notice.text,
            headers=notice.headers,
            **beginning(channel, now),
        )
    )


def after_failure(notice: Notice, *, because: str, now: datetime) -> None:
    """A notice was given up: the next channel says it, and the operator learns which and why."""
    fall_back(notice, now=now)
    if notice.urgency != OPERATOR:
        _tell_the_operator(notice, because=because, now=now)


def beginning(channel: str, now: datetime) -> dict[str, object]:
    """How a notice begins on a channel: kept where the desk is the channel, else waiting to be sent."""
    if channel == DESK:
        return {
            "status": Notice.Status.KEPT,
            "queued_at": now,
            "next_attempt_at": now,
            "finished_at": now,
        }
    return {"status": Notice.Status.QUEUED, "queued_at": now, "next_attempt_at": now}


def _tell_the_operator(notice: Notice, *, because: str, now: datetime) -> None:
    with speaking_to(None):  # whoever's page this came of
        words = undelivered(
            channel=notice.channel,
            recipient=notice.recipient,
            subject=notice.subject,
            queued_at=notice.queued_at,
            because=because,
        )
    tell_the_operators(
        step=f"undelivered:{notice.pk}",
        words=words,
        now=now,
        account_id=notice.account_id,
        incident_id=notice.incident_id,
    )


def tell_the_operators(
    *, step: str, words: Words, now: datetime, account_id: int | None = None, incident_id: int | None = None
) -> None:
    """Say something to whoever runs the installation: in the desk, and by the alarm webhook where there is one."""
    for channel in filter(ways.is_open, (DESK, WEBHOOK)):
        record(
            Notice(
                account_id=account_id,
                incident_id=incident_id,
                step=step,
                urgency=words.urgency,
                recipient=OPERATORS,
                channel=channel,
                subject=words.subject,
                text=words.text,
                **beginning(channel, now),
            )
        )
