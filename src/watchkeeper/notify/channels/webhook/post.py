"""One POST with a limit on all of it: no redirect is followed, and an answer without end is not read to its end."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection

from watchkeeper.notify.channels.answer import Answer, accepted, put_off, refused, unclear
from watchkeeper.notify.channels.webhook.endpoint import Endpoint

WITHIN = 15.0
"""Seconds for all of it, however slowly the other side drips."""

READ_AT_MOST = 64 * 1024


def post(body: bytes, headers: Mapping[str, str], *, endpoint: Endpoint, within: float = WITHIN) -> Answer:
    """Post once. 2xx is taken over, 410 says never again, everything else may do better at another time."""
    line = _line(endpoint, within)
    try:
        line.connect()
    except OSError as error:
        return put_off(f"{endpoint.host}:{endpoint.port}: {type(error).__name__}: {error}")
    late = threading.Event()
    cut = threading.Timer(within, _cut, [line.sock, late])
    cut.start()
    try:
        line.request("POST", endpoint.target, body, dict(headers))
        response = line.getresponse()
        if late.is_set():  # headers that were cut off look like headers that have ended
            return unclear(f"no whole answer within {within:g} s")
        return _read(response.status, _words(response))
    except (OSError, HTTPException) as error:
        return unclear(f"no answer within {within:g} s, or none to be read: {type(error).__name__}: {error}")
    finally:
        cut.cancel()
        line.close()


def _line(endpoint: Endpoint, within: float) -> HTTPConnection:
    if endpoint.secure:
        return HTTPSConnection(endpoint.host, endpoint.port, timeout=within, context=ssl.create_default_context())
    return HTTPConnection(endpoint.host, endpoint.port, timeout=within)


def _cut(line: socket.socket, late: threading.Event) -> None:
    """End the line from another thread, by the socket itself: under TLS the object above it belongs to its reader."""
    late.set()
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _words(response: HTTPResponse) -> bytes:
    """The beginning of the answer; the status counts even where the words after it never end."""
    try:
        return response.read(READ_AT_MOST)
    except (OSError, HTTPException):
        return b"(the rest could not be read)"


def _read(status: int, words: bytes) -> Answer:
    said = f"{status} {' '.join(words.decode('utf-8', 'replace').split())}"[:1000]
    if 200 <= status <= 299:
        return accepted(said)
    if status == 410:
        return refused(said)
    return put_off(f"{said} (redirects are not followed)" if 300 <= status <= 399 else said)
