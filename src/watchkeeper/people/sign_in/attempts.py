"""How often something may be tried for one address: counted in the database, so that no race gets one more.

A row stands for an address whether anybody has it or not, so that the answer tells nothing about who is known.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` attempts of one kind for one address within ``window``, which begins with the first of them."""

    kind: str
    most: int
    window: timedelta


PASSWORDS = Limit("password", most=5, window=timedelta(minutes=15))
"""Passwords tried."""

PASSWORD_LINKS = Limit("password link", most=5, window=timedelta(hours=1))
"""Links asked for, to set another password."""

_KEPT_FOR = max(limit.window for limit in (PASSWORDS, PASSWORD_LINKS))

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
        select id from people_signinattempts where since <= watchkeeper_now() - %(kept_for)s
        order by since limit 100 for update skip locked)
"""


def count(limit: Limit, address: str) -> bool:
    """Count one attempt for an address; ``False`` where the limit is reached and none may be made.

    The row stays locked until the transaction ends: attempts for one address come one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_WHAT_IS_OVER, {"kept_for": _KEPT_FOR})
        cursor.execute(_COUNT_ONE, {"digest": _digest(limit, address), "window": limit.window, "most": limit.most})
        return cursor.fetchone() is not None


def forget(limit: Limit, address: str) -> None:
    """Begin anew for an address: whoever tried has shown that it is theirs."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, {"digest": _digest(limit, address)})


def _digest(limit: Limit, address: str) -> str:
    return hashlib.sha256(f"{limit.kind}:{address.strip().lower()}".encode()).hexdigest()
