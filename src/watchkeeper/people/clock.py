"""The one place that asks the time: the database's clock, read after a row is locked.

Tests replace the SQL function; nothing else in the desk knows what time it is.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection


def now() -> datetime:
    """The database's time, in UTC, to the microsecond."""
    with connection.cursor() as cursor:
        cursor.execute("select watchkeeper_now()")
        (instant,) = cursor.fetchone()
    return instant.astimezone(UTC)
