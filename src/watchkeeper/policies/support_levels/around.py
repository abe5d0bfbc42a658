"""What the shell around a page needs in order to write times: the desk's zone, its label, and the time now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from watchkeeper.core.policy import Policy


def around(policy: Policy, now: datetime) -> dict[str, Any]:
    """The part of a page's context that its shell reads."""
    return {
        "desk_zone": policy.zone,
        "desk_zone_label": policy.zone_label or policy.zone,
        "server_now": now,
    }
