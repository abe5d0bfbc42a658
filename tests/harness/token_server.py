"""Where a mail provider gives out access tokens (RFC 6749) and says whose they are (RFC 7662), on loopback."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest


@dataclass
class TokenServer:
    """`asked` are the forms that came in, `answers` are given in turn, and then a new token for each."""

    user: str = ""
    port: int = 0
    seconds: int = 3600
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: deque[tuple[int, bytes]] = field(default_factory=deque)
    given: list[str] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    @property
    def url_to_ask_whose_it_is(self) -> str:
        return f"http://127.0.0.1:{self.port}/introspect"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, bytes]:
        if path == "/introspect":
            is_good = form.get("token") in set(self.given) - self.revoked
            return 200, json.dumps({"active": is_good, "username": self.user, "scope": "mail"}).encode()
        self.asked.append(form)
        if self.answers:
            return self.answers.popleft()
        self.given.append(f"t0ken-{len(self.given)}")
        told = {"access_token": self.given[-1], "token_type": "Bearer", "expires_in": self.seconds}
        return 200, json.dumps(told | {"refresh_token": f"refresh-{len(self.given)}"}).encode()


@pytest.fixture
def token_server() -> Iterator[TokenServer]:
    server = TokenServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()))
            status, body = server.answer(self.path, form)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{server.port}/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """It has nothing to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.port = http.server_port
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield server
        http.shutdown()
        thread.join()
