"""Listens to what changes, and nudges the streams of those who may see it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import aclosing
from itertools import islice
from time import monotonic

import psycopg

from watchkeeper.incidents.announcement import Announcement, Heard, Meeting
from watchkeeper.incidents.live.asking import Asking
from watchkeeper.incidents.live.audience import Audience
from watchkeeper.incidents.live.ear import bursts
from watchkeeper.incidents.live.reader import shown_to_each
from watchkeeper.incidents.live.stream import Stream

Tell = Callable[[Stream, list[str]], None]

log = logging.getLogger(__name__)

AGAIN_AFTER = 0.5
SECONDS_TO_BEGIN = 5.0
SESSIONS_AT_ONCE = 16
"""Asked about with one connection; then those are told, and the other questions have their turn."""


class Herald:
    """One for all streams of a process."""

    def __init__(self, audience: Audience, ask: Asking) -> None:
        self._audience, self._ask = audience, ask
        self._listener: asyncio.Task[None] | None = None
        self._hears = asyncio.Event()
        self._has_ended = False

    async def listens(self) -> bool:
        """Whether it hears what changes; it begins when it is first asked for."""
        if self._has_ended:
            return False
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        try:
            await asyncio.wait_for(self._hears.wait(), SECONDS_TO_BEGIN)
        except TimeoutError:
            return False
        return not self._has_ended

    def end(self) -> None:
        """End every stream, and listen no more."""
        self._has_ended = True
        self._audience.end()
        if self._listener is not None:
            self._listener.cancel()

    async def _listen(self) -> None:
        """Listen for ever. A connection that was lost is made again at once, and everybody catches up.

        While that fails there is no stream, so that every page can say that the desk is away.
        """
        while True:
            try:
                await self._tell_what_is_heard()
            except (psycopg.Error, OSError, TimeoutError) as error:
                log.info("live pages: the database is lost: %s", error)
            except Exception:
                log.exception("live pages: listening again after a fault")
            if not self._hears.is_set():
                self._audience.end()
                await asyncio.sleep(AGAIN_AFTER)
            self._hears.clear()

    async def _tell_what_is_heard(self) -> None:
        async with aclosing(bursts()) as heard:
            async for burst in heard:
                if not self._hears.is_set():
                    self._hears.set()
                    self._audience.catch_up()
                began = monotonic()
                await self._tell_all(burst)
                await asyncio.sleep(monotonic() - began)  # in a storm half of the time is left to the pages

    async def _tell_all(self, burst: set[Heard]) -> None:
        changes = [heard for heard in burst if isinstance(heard, Announcement)]
        if changes:
            await self._tell(self._audience.concerned_by(changes), changes, Stream.tell)
        meetings = [heard for heard in burst if isinstance(heard, Meeting)]
        if meetings:
            await self._tell(self._audience.who_meet(meetings), meetings, Stream.meet)

    async def _tell(self, concerned: dict[str, list[Stream]], heard: Sequence[Heard], tell: Tell) -> None:
        sessions = iter(concerned)
        while some := list(islice(sessions, SESSIONS_AT_ONCE)):
            await self._tell_some({session: concerned[session] for session in some}, heard, tell)

    async def _tell_some(self, concerned: dict[str, list[Stream]], heard: Sequence[Heard], tell: Tell) -> None:
        shown: dict[str, list[str] | None] = {}
        try:
            shown = await self._ask(shown_to_each, list(concerned), heard)
        except Exception as error:
            log.warning("live pages: could not ask what readers see: %s", error, exc_info=True)
        for session, streams in concerned.items():
            for stream in streams:
                _tell_stream(stream, shown.get(session), tell)


def _tell_stream(stream: Stream, shown: list[str] | None, tell: Tell) -> None:
    if shown is None:
        stream.end()
    else:
        tell(stream, shown)
