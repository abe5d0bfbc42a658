"""The Idempotency-Key: a report that is sent again, because nobody heard the answer, is accepted once.

The key is kept with the incident, in the transaction that makes both. Two requests with one key wait for each other.
"""

from __future__ import annotations

import hashlib
import re

from django.db import connection

from watchkeeper.api.problem import unprocessable
from watchkeeper.incidents.models import AcceptedRequest, Incident
from watchkeeper.people.models import MachineToken

HEADER = "Idempotency-Key"

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_LOCK = 0x57_49  # the advisory locks' class: "WI"


def accepted_before(token: MachineToken, key: str, body: str) -> Incident | None:
    """The incident that this token reported under this key; nobody else can use the key until the transaction ends.

    Refused with 422: something that is no key, and a key that came with another body.
    """
    if _KEY.fullmatch(key) is None:
        raise unprocessable(HEADER, "1 to 255 visible ASCII characters, such as a UUID", where="header")
    _hold(token, key)
    accepted = AcceptedRequest.objects.select_related("incident__account").filter(token=token, key=key).first()
    if accepted is None:
        return None
    if accepted.body_digest != _digest(body):
        raise unprocessable(HEADER, "was used for another report; a new report needs a new key", where="header")
    return accepted.incident


def keep(token: MachineToken, key: str, body: str, incident: Incident) -> None:
    """Keep the key with what was reported under it."""
    AcceptedRequest.objects.create(
        account_id=incident.account_id, token=token, key=key, body_digest=_digest(body), incident=incident
    )


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _hold(token: MachineToken, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, f"{token.pk} {key}"])
