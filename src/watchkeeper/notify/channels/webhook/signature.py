"""How a post proves that it came from this desk: Standard Webhooks, the symmetric scheme.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime


def signed(body: bytes, *, message: str, at: datetime, secret: bytes) -> dict[str, str]:
    """The three headers of a post: its id (the same for every attempt), when it is made, and the signature of both
    and the body."""
    timestamp = str(int(at.timestamp()))
    proof = hmac.digest(secret, b".".join([message.encode(), timestamp.encode(), body]), hashlib.sha256)
    return {
        "webhook-id": message,
        "webhook-timestamp": timestamp,
        "webhook-signature": "v1," + base64.b64encode(proof).decode(),
    }
