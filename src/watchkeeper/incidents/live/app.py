"""The ASGI application of ``/live``: a stream of server-sent events that holds no thread.

A nudge says which incident changed, to those alone whose pages may show it; the page then asks for what it shows, by
its own address and rights. Nothing else is ever sent, in a refusal neither.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from a2wsgi.asgi_typing import Receive, Scope, Send
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError

from watchkeeper.incidents.live.asking import Asking
from watchkeeper.incidents.live.audience import Audience
from watchkeeper.incidents.live.herald import Herald
from watchkeeper.incidents.live.reader import person_signed_in, reader_asking
from watchkeeper.incidents.live.stream import BEAT, Stream
from watchkeeper.ui.headers import HEADERS

BEAT_EVERY = 15.0

REFUSALS = {
    400: b"The desk is not at this address.\n",
    403: b"Sign in first.\n",
    405: b"Only GET and HEAD.\n",
    503: b"The database is away. Try again.\n",
}
AS_EVENTS = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
AS_TEXT = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


class Live:
    """One for a web process. It listens from the first stream on."""

    def __init__(self) -> None:
        self._audience = Audience()
        self._ask = Asking()
        self._herald = Herald(self._audience, self._ask)

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
        if not await self._herald.listens():
            return await _refuse(send, 503)
        stream = Stream(session=reader.session, person=reader.person.pk, account=reader.person.account_id)
        return await self._serve(stream, receive, send)

    def end(self) -> None:
        """End every stream and take no more, so that the process can end."""
        self._herald.end()

    async def _serve(self, stream: Stream, receive: Receive, send: Send) -> None:
        self._audience.join(stream)
        waiting = asyncio.create_task(_wait_until_gone(stream, receive))
        try:
            await _start(send, 200, AS_EVENTS)
            while not stream.is_over:
                if told := await stream.news(within=BEAT_EVERY) or await self._beat(stream):
                    await send({"type": "http.response.body", "body": told, "more_body": True})
            await send({"type": "http.response.body", "body": stream.last_words, "more_body": False})
        finally:
            waiting.cancel()
            self._audience.leave(stream)

    async def _beat(self, stream: Stream) -> bytes:
        """What says that the stream still stands; it ends where nobody is signed in any more."""
        if stream.is_over:
            return b""
        with suppress(OperationalError, InterfaceError):
            if await self._ask(person_signed_in, stream.session) is not None:
                return BEAT
        stream.end()
        return b""


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
