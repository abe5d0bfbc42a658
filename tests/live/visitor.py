"""Somebody at a running desk without a browser: signs in, posts, and listens to ``/live`` as a page does."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.harness.desk_process import Desk, wait_until

Event = tuple[str, Any]


@dataclass
class Visitor:
    """Keeps cookies; ``Visitor(desk).signs_in("manager")`` is the demo's first person who is described so."""

    desk: Desk
    cookies: dict[str, str] = field(default_factory=dict)

    def signs_in(self, who: str) -> Visitor:
        people = json.loads((self.desk.var / "demo-sign-ins.json").read_text())
        person = next(person for person in people if person["who"].startswith(who))
        self.asks("GET", "/sign-in")
        assert self.posts("/sign-in", email=person["email"], password=person["password"]) == 302
        return self

    def posts(self, path: str, **form: str | list[str]) -> int:
        """Send a form; the status of the answer."""
        body = urlencode(form | {"csrfmiddlewaretoken": self.cookies["csrftoken"]}, doseq=True)
        return self.asks("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}).status

    def asks(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> Answer:
        """One request and its whole answer."""
        with closing(self._connected()) as connection:
            answer = self._asked(connection, method, path, body, headers or {})
            return Answer(answer.status, answer.read())

    def listens(self) -> Listener:
        """A stream that has told its first word: from here on it misses nothing."""
        connection = self._connected()
        listener = Listener(connection, self._asked(connection, "GET", "/live", None, {}))
        listener.wait_until(lambda: listener.events[:1] == [("catch-up", {})])
        return listener

    def _connected(self) -> HTTPConnection:
        where = urlsplit(self.desk.url)
        return HTTPConnection(where.hostname or "", where.port, timeout=60)

    def _asked(
        self, connection: HTTPConnection, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> HTTPResponse:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body, {"Cookie": cookie} | headers)
        answer = connection.getresponse()
        for given in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(given).items()}
        return answer


class Answer(NamedTuple):
    status: int
    body: bytes


class Listener:
    """The events of one stream, as they come. It ends with the desk at the latest."""

    def __init__(self, connection: HTTPConnection, answer: HTTPResponse) -> None:
        assert answer.status == 200
        self.headers = answer.headers
        self.events: list[Event] = []
        self.is_over = False
        self._connection, self._answer = connection, answer
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def changed(self) -> list[str]:
        """Every incident that was said to have changed, as often as it was."""
        return [name for kind, data in self.events if kind == "changed" for name in data["incidents"]]

    def wait_until(self, holds: Callable[[], bool]) -> None:
        wait_until(holds, seconds=20, why=lambda: f"the stream told {self.events}; is it over? {self.is_over}")

    def _read(self) -> None:
        kind = ""
        try:
            for line in self._answer:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "event":
                    kind = value
                elif name == "data" and kind != "beat":
                    self.events.append((kind, json.loads(value)))
                else:
                    assert name in ("", "data"), line
        except (OSError, HTTPException):
            self.events.append(("broken off", None))
        self._connection.close()
        self.is_over = True
