"""How often a password may be tried for one address: counted in the database, so that no race gets one more.

A row stands for an address whether anybody has it or not, so that the answer tells nothing about who is known.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import connection

MOST = 5
WINDOW = timedelta(minutes=15)

_COUNT_ONE = """
    insert into people_signinattempts as known (address_digest, since, attempts)
    values (%(digest)s, watchkeeper_now(), 1)
    on conflict (address_digest) do update set
        attempts = case when known.since <= watchkeeper_now() - %(window)s then 1 else known.attempts + 1 end,
        since = case when known.since <= watchkeeper_now() - %(window)s then watchkeeper_now() else known.since end
    where known.attempts < %(most)s or known.since <= watchkeeper_now() - %(window)s
    returning attempts
"""

_FORGET = "delete from people_signinattempts where address_digest = %(digest)s"

_FORGET_WHAT_IS_OVER = """
    delete from people_signinattempts where id in (
        select id from people_signinattempts where since <= watchkeeper_now() - %(window)s
        order by since limit 100 for update skip locked)
"""


def count(address: str) -> bool:
    """Count one attempt for an address; ``False`` where it has had ``MOST`` in ``WINDOW`` and none may be made.

    The row stays locked until the transaction ends: attempts for one address come one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_WHAT_IS_OVER, {"window": WINDOW})
        cursor.execute(_COUNT_ONE, {"digest": _digest(address), "window": WINDOW, "most": MOST})
        return cursor.fetchone() is not None


def forget(address: str) -> None:
    """Begin anew for an address: its password was right."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, {"digest": _digest(address)})


def _digest(address: str) -> str:
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()
