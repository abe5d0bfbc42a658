"""Instants: datetimes that say where on the globe they were read, turned to UTC before anything is subtracted.

Python subtracts two datetimes of one zone by their wall clocks, which is an hour wrong over a change of daylight
saving; in UTC there is nothing to get wrong.
"""

from __future__ import annotations

from datetime import UTC, datetime


class NaiveInstant(ValueError):
    """A datetime without an offset: it could be any of some forty instants."""

    def __init__(self, given: datetime) -> None:
        super().__init__(
            f"{given.isoformat()} names no instant; add its offset from UTC, as in {given.isoformat()}+00:00"
        )


def in_utc(instant: datetime) -> datetime:
    """The same instant with ``datetime.UTC`` as its zone. Raises NaiveInstant when it carries no offset."""
    if instant.utcoffset() is None:
        raise NaiveInstant(instant)
    return instant.astimezone(UTC)
