"""Whose turn it is at a mailbox: one process looks into it, and the others, on whichever host, wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from watchkeeper.incidents.announcement import to_listen_with


class Turn:
    """A lock of the database that lasts as long as its connection: who dies or is cut off has lost it.

    Nothing is wrong where two look into a mailbox for a moment: what both keep is one mail.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def is_ours_still(self) -> None:
        """Raises ``psycopg.OperationalError`` where the database no longer knows us."""
        self._connection.execute("select 1")


@contextmanager
def turn_at(name: str) -> Iterator[Turn | None]:
    """The turn at the mailbox ``name`` until the block ends; ``None`` where another process has it."""
    with psycopg.connect(**to_listen_with(), autocommit=True) as connection:
        found = connection.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [f"mailbox {name}"])
        (is_ours,) = found.fetchone() or (False,)
        yield Turn(connection) if is_ours else None
