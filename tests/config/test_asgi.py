"""The front between the web and Django: it passes on what is whole and unambiguous, and nothing else."""

import asyncio
from typing import Any

import pytest

from watchkeeper.config.asgi import Front

Message = dict[str, Any]


class Pages:
    """A WSGI application that keeps what it was asked and repeats the body."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.taken: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked.append(environ)
        self.taken.append(environ["wsgi.input"].read())
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [self.taken[-1]]


def ask(front: Front, *received: Message, path: str = "/", headers: dict[str, str] | None = None) -> list[Message]:
    """Send one request through the front and answer what it sent back."""
    sent: list[Message] = []
    waiting = list(received)

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "http_version": "1.1", "headers": raw}
    asyncio.run(front(scope, receive, send))
    return sent


def part(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_parts_arrives_whole() -> None:
    pages = Pages()
    sent = ask(Front(pages), part(b"one ", more=True), part(b"two"), headers={"Content-Length": "7"})
    assert sent[0]["status"] == 200
    assert pages.taken == [b"one two"]


def test_half_a_body_is_never_taken_for_a_short_one() -> None:
    pages = Pages()
    with pytest.raises(OSError, match="before its request was whole"):
        ask(Front(pages), part(b"all is we", more=True), headers={"Content-Length": "11"})
    assert pages.taken == []


def test_a_body_of_unknown_length_is_refused_and_not_read_as_empty() -> None:
    pages = Pages()
    sent = ask(Front(pages), part(b"text"), headers={"Transfer-Encoding": "chunked"})
    assert sent[0]["status"] == 411
    assert pages.asked == []


def test_a_header_with_an_underscore_cannot_pass_for_one_with_a_dash() -> None:
    pages = Pages()
    ask(Front(pages), part(b""), headers={"X_Forwarded_For": "forged", "X-Request-Id": "kept"})
    assert "HTTP_X_FORWARDED_FOR" not in pages.asked[0]
    assert pages.asked[0]["HTTP_X_REQUEST_ID"] == "kept"


def test_a_stream_is_answered_beside_the_pages() -> None:
    async def stream(scope: Message, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    pages = Pages()
    assert ask(Front(pages, {"/live": stream}), path="/live") == [
        {"type": "http.response.start", "status": 200, "headers": []}
    ]
    assert pages.asked == []
