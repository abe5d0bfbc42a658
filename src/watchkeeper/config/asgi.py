"""The ASGI front: Django's WSGI handler in a fixed pool of threads, and beside it streams that hold no thread.

Django's own ASGI handler costs about twice the processor time for a request, and holds a thread for every open
stream.
"""

import os
from collections.abc import Mapping
from typing import Protocol

from a2wsgi import WSGIMiddleware
from a2wsgi.asgi_typing import Receive, Scope, Send
from a2wsgi.wsgi_typing import WSGIApp

THREADS = int(os.environ.get("WATCHKEEPER_WEB_THREADS", "8"))


class ClientLeft(ConnectionError):
    """The client went away before its request was whole. Half a request must never be taken for a short one."""


class Streams(Protocol):
    """An ASGI application whose answers go on until somebody ends them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...

    def end(self) -> None:
        """End every answer that is under way, at once."""


class Front:
    """Answers `streams` by their exact path, all else through `wsgi`."""

    def __init__(self, wsgi: WSGIApp, streams: Mapping[str, Streams] | None = None) -> None:
        self._pages = WSGIMiddleware(wsgi, workers=THREADS)
        self._streams = dict(streams or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
        elif scope["path"] in self._streams:
            await self._streams[scope["path"]](scope, receive, send)
        elif _length_is_unknown(scope):
            await _demand_a_length(send)
        else:
            await self._pages(_without_ambiguous_headers(scope), _whole(receive), send)

    def end_streams(self) -> None:
        """Let nobody wait for a stream to end by itself: it never does."""
        for streams in self._streams.values():
            streams.end()


def _length_is_unknown(scope: Scope) -> bool:
    # WSGI knows no body without a length: Django would read it as empty.
    names = {name for name, _ in scope["headers"]}
    return b"transfer-encoding" in names and b"content-length" not in names


async def _demand_a_length(send: Send) -> None:
    text = b"Send a Content-Length.\n"
    headers = [
        (b"content-type", b"text/plain"),
        (b"content-length", str(len(text)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 411, "headers": headers})
    await send({"type": "http.response.body", "body": text, "more_body": False})


def _without_ambiguous_headers(scope: Scope) -> Scope:
    # In WSGI X_Real_IP and X-Real-IP become one name: whoever sends the first could pass for a proxy's second.
    return scope | {"headers": [(name, value) for name, value in scope["headers"] if b"_" not in name]}


def _whole(receive: Receive) -> Receive:
    async def receive_or_raise():
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientLeft("the client went away before its request was whole")
        return message

    return receive_or_raise
