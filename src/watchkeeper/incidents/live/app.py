"""The ASGI application of ``/live``: a stream of server-sent events that holds no thread.

A nudge says which incident changed, to those alone whose pages may show it; the page then asks for what it shows, by
its own address and rights. Nothing else is ever sent, in a refusal neither.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from itertools import islice
from time import monotonic
from typing import Any, TypeVar

import psycopg
from a2wsgi.asgi_typing import Receive, Scope, Send
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError, connection

from watchkeeper.incidents.announcement import Announcement
from watchkeeper.incidents.live.audience import Audience
from watchkeeper.incidents.live.ear import bursts
from watchkeeper.incidents.live.reader import person_signed_in, reader_asking, shown_to_each
from watchkeeper.incidents.live.stream import BEAT, Stream
from watchkeeper.ui.headers import HEADERS

log = logging.getLogger(__name__)

BEAT_EVERY = 15.0
LISTEN_AGAIN_AFTER = 0.5
SECONDS_TO_LISTEN = 5.0
SESSIONS_AT_ONCE = 16  # asked about with one connection; then those are told, and beats have their turn

REFUSALS = {
    400: b"The desk is not at this address.\n",
    403: b"Sign in first.\n",
    405: b"Only GET and HEAD.\n",
    503: b"The database is away. Try again.\n",
}
AS_EVENTS = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
AS_TEXT = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}

Answer = TypeVar("Answer")


class Live:
    """One for a web process. It listens from the first stream on."""

    def __init__(self) -> None:
        self._audience = Audience()
        self._threads = ThreadPoolExecutor(2, "live")
        self._listener: asyncio.Task[None] | None = None
        self._listens = asyncio.Event()
        self._has_ended = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            return await _refuse(send, 405)
        try:
            reader = await self._ask(reader_asking, scope)
        except DisallowedHost:
            return await _refuse(send, 400)
        except (OperationalError, InterfaceError):
            return await _refuse(send, 503)
        if reader is None:
            return await _refuse(send, 403)
        if scope["method"] == "HEAD":
            return await _answer(send, 200, AS_EVENTS, b"")
        if not await self._is_listening():
            return await _refuse(send, 503)
        stream = Stream(session=reader.session, person=reader.person.pk, account=reader.person.account_id)
        return await self._serve(stream, receive, send)

    def end(self) -> None:
        """End every stream and take no more, so that the process can end."""
        self._has_ended = True
        self._audience.end()
        if self._listener is not None:
            self._listener.cancel()

    async def _serve(self, stream: Stream, receive: Receive, send: Send) -> None:
        self._audience.join(stream)
        waiting = asyncio.create_task(_wait_until_gone(stream, receive))
        try:
            await _start(send, 200, AS_EVENTS)
            while not stream.is_over:
                if told := await stream.news(within=BEAT_EVERY) or await self._beat(stream):
                    await send({"type": "http.response.body", "body": told, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            waiting.cancel()
            self._audience.leave(stream)

    async def _beat(self, stream: Stream) -> bytes:
        """What says that the stream still stands; it ends where nobody is signed in any more."""
        with suppress(OperationalError, InterfaceError):
            if not stream.is_over and await self._ask(person_signed_in, stream.session) is not None:
                return BEAT
        stream.end()
        return b""

    async def _is_listening(self) -> bool:
        if self._has_ended:
            return False
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        try:
            await asyncio.wait_for(self._listens.wait(), SECONDS_TO_LISTEN)
        except TimeoutError:
            return False
        return not self._has_ended

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
            if not self._listens.is_set():
                self._audience.end()
                await asyncio.sleep(LISTEN_AGAIN_AFTER)
            self._listens.clear()

    async def _tell_what_is_heard(self) -> None:
        async with aclosing(bursts()) as heard:
            async for burst in heard:
                if not self._listens.is_set():
                    self._listens.set()
                    self._audience.catch_up()
                began = monotonic()
                await self._tell(list(burst))
                await asyncio.sleep(monotonic() - began)  # in a storm half of the time is left to the pages

    async def _tell(self, announcements: list[Announcement]) -> None:
        concerned = self._audience.concerned_by(announcements) if announcements else {}
        sessions = iter(concerned)
        while some := list(islice(sessions, SESSIONS_AT_ONCE)):
            await self._tell_some({session: concerned[session] for session in some}, announcements)

    async def _tell_some(self, concerned: dict[str, list[Stream]], announcements: list[Announcement]) -> None:
        shown: dict[str, list[str] | None] = {}
        try:
            shown = await self._ask(shown_to_each, list(concerned), announcements)
        except Exception as error:
            log.warning("live pages: could not ask what readers see: %s", error, exc_info=True)
        for session, streams in concerned.items():
            for stream in streams:
                _tell_stream(stream, shown.get(session))

    async def _ask(self, question: Callable[..., Answer], *about: Any) -> Answer:
        """Ask the database in a thread of ours; its connection is lent for this one question."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _asked, question, *about)


def _tell_stream(stream: Stream, shown: list[str] | None) -> None:
    if shown is None:
        stream.end()
    else:
        stream.tell(shown)


def _asked(question: Callable[..., Answer], *about: Any) -> Answer:
    try:
        return question(*about)
    finally:
        connection.close()


async def _wait_until_gone(stream: Stream, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


async def _refuse(send: Send, status: int) -> None:
    await _answer(send, status, AS_TEXT | ({"Retry-After": "1"} if status == 503 else {}), REFUSALS[status])


async def _answer(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    await _start(send, status, headers)
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _start(send: Send, status: int, headers: dict[str, str]) -> None:
    raw = [(name.lower().encode(), value.encode()) for name, value in (HEADERS | headers).items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
