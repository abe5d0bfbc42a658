"""Values and rows that the tests of notices share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from watchkeeper.config.smtp_server import SmtpServer
from watchkeeper.incidents.models import Incident
from watchkeeper.notify.channels.webhook.endpoint import Endpoint
from watchkeeper.notify.models import Notice
from watchkeeper.notify.outbox import Recipient, Saying
from watchkeeper.notify.wording import Words
from watchkeeper.people.models import Account
from watchkeeper.policies.models import PolicyVersion

MONDAY = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)

NAMED_SERVER = SmtpServer.from_url("smtp://mail.example.com:25")
"""For tests that never send: a mail server only has to be named."""

WEBHOOK = Endpoint.read("https://alarms.example.com/here", "whsec_" + "c2VjcmV0" * 4)
"""Likewise."""

_BREACH = {
    "address": "ana@example.com",
    "subject": "[WK-7F3K2Q] Breached",
    "text": "Nobody has answered.\n",
    "urgency": "alarm",
    "is_automatic": True,
    "step": "breached:acknowledgement:1",
    "account_id": None,
    "thread": "WK-7F3K2Q",
}


def saying_of(**parts: Any) -> Saying:
    """A breach told to Ana, in which any part can be another."""
    given = _BREACH | parts
    to = Recipient(given.pop("address"), "Ana Ruiz")
    words = Words(**{name: given.pop(name) for name in ("subject", "text", "urgency", "is_automatic")})
    return Saying(to=to, words=words, **given)


def new_incident(name: str = "Acme") -> Incident:
    """An incident of an account of its own."""
    account = Account.objects.create(name=name, slug=name.lower())
    policy, _ = PolicyVersion.objects.get_or_create(
        number=1, defaults={"text": "", "valid_from": date(2026, 1, 1), "published_at": MONDAY}
    )
    return Incident.objects.create(
        account=account,
        policy_version=policy,
        channel="portal",
        title="Checkout fails",
        severity=1,
        received_at=MONDAY,
        stands_at=MONDAY,
    )


def again(notice: Notice) -> Notice:
    """The notice as the database has it now."""
    return Notice.objects.get(pk=notice.pk)
