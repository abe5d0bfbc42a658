"""One attempt to post a notice to the operator's alarm webhook."""

from __future__ import annotations

import json
from datetime import UTC

from django.conf import settings

from watchkeeper.notify.channels.answer import Answer, put_off
from watchkeeper.notify.channels.webhook.endpoint import Endpoint
from watchkeeper.notify.channels.webhook.post import post
from watchkeeper.notify.channels.webhook.signature import signed
from watchkeeper.notify.models import Notice
from watchkeeper.people import clock


def is_open() -> bool:
    """Whether the installation names a webhook."""
    return _endpoint() is not None


def send(notice: Notice) -> Answer:
    """Post a notice, signed as Standard Webhooks has it."""
    endpoint = _endpoint()
    if endpoint is None:
        return put_off("WATCHKEEPER_ALARM_WEBHOOK names no address any more")
    body = json.dumps(payload(notice), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Watchkeeper"}
    proof = signed(body, message=str(notice.pk), at=clock.now(), secret=endpoint.secret)
    return post(body, headers | proof, endpoint=endpoint)


def payload(notice: Notice) -> dict[str, object]:
    """What is posted. ``text`` alone is enough for chat programs that take a webhook; ``data`` is for machines."""
    return {
        "type": f"notice.{notice.urgency}",
        "timestamp": notice.queued_at.astimezone(UTC).isoformat(),
        "text": f"{notice.subject}\n\n{notice.text}",
        "data": {
            "step": notice.step,
            "recipient": notice.recipient,
            "recipient_name": notice.recipient_name,
            "subject": notice.subject,
            "text": notice.text,
            "instead_of": str(notice.fallback_of_id) if notice.fallback_of_id else None,
        },
    }


def _endpoint() -> Endpoint | None:
    return settings.WATCHKEEPER_ALARM_WEBHOOK
