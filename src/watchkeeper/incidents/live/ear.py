"""The one connection of a web process that hears what changed, whoever changed it on whatever host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from psycopg import AsyncConnection

from watchkeeper.incidents.announcement import CHANNEL, MEETINGS, Announcement, Heard, Meeting, to_listen_with

BURST = 0.1
"""Seconds: what is announced so soon after another is told together with it."""

LONGEST_SILENCE = 15.0
SECONDS_TO_ANSWER = 5.0


async def bursts() -> AsyncIterator[set[Heard]]:
    """First an empty one, when it listens, then what is announced; an empty one again after a silence.

    Raises ``psycopg.Error``, ``OSError`` or ``TimeoutError`` when the database is lost, at the latest after a silence.
    """
    async with await _connected() as connection:
        await connection.execute(f"listen {CHANNEL}")
        await connection.execute(f"listen {MEETINGS}")
        yield set()
        while True:
            burst = await _heard(connection, LONGEST_SILENCE, stop_after=1)
            if burst:
                burst |= await _heard(connection, BURST)
            else:
                await asyncio.wait_for(connection.execute("select 1"), SECONDS_TO_ANSWER)
            yield {heard for payload in burst if (heard := Announcement.read(payload) or Meeting.read(payload))}


async def _connected() -> AsyncConnection:
    return await asyncio.wait_for(AsyncConnection.connect(**to_listen_with(), autocommit=True), SECONDS_TO_ANSWER)


async def _heard(connection: AsyncConnection, seconds: float, stop_after: int | None = None) -> set[str]:
    return {notify.payload async for notify in connection.notifies(timeout=seconds, stop_after=stop_after)}
