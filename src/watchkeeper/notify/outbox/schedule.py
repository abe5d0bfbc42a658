"""When a notice that was not accepted is tried again: at once at first, then less and less often, for three days."""

from __future__ import annotations

from datetime import datetime, timedelta

_SECONDS = (2, 5, 10, 20, 40, 60, 120, 300, 600, 1200, 1800, 3600, 7200)
DELAYS = tuple(timedelta(seconds=seconds) for seconds in _SECONDS)
AT_LAST_EVERY = timedelta(hours=4)


def delay_after(attempt: int) -> timedelta:
    """How long to wait after attempt number ``attempt``, the first being 1."""
    return DELAYS[attempt - 1] if attempt <= len(DELAYS) else AT_LAST_EVERY


def next_attempt(*, attempt: int, now: datetime, give_up_at: datetime) -> datetime | None:
    """When to try again after attempt number ``attempt``; ``None`` once ``give_up_at`` is reached.

    The last attempt is made at ``give_up_at`` itself, however long the wait before it would have been.
    """
    if now >= give_up_at:
        return None
    return min(now + delay_after(attempt), give_up_at)
