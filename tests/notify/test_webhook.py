"""The operator's alarm webhook: signed, never redirected, never waited for without end."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.notify.stage import MONDAY, again
from watchkeeper.notify import outbox
from watchkeeper.notify.channels.webhook.endpoint import Endpoint, UnusableEndpoint
from watchkeeper.notify.channels.webhook.post import READ_AT_MOST, post
from watchkeeper.notify.jobs import deliver
from watchkeeper.notify.models import Notice

KEY = b"a key of thirty-two random bytes"
SECRET = "whsec_" + base64.b64encode(KEY).decode()


class Receiver(ThreadingHTTPServer):
    """A real HTTP server that answers as ``answer`` does, and keeps what came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.came: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: Callable[[BaseHTTPRequestHandler], Any] = lambda handler: answered(handler, 204)
        self.given_up = threading.Event()

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint.read(f"http://127.0.0.1:{self.server_port}/alarms?for=us", SECRET)


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((self.path, dict(self.headers), body))
        try:
            self.server.answer(self)
        except ConnectionError:
            self.server.given_up.set()

    def do_GET(self) -> None:
        self.server.came.append((self.path, {}, b""))
        answered(self, 200)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on stderr."""


def answered(handler: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def posted(monday, saying, settings, receiver) -> Notice:
    settings.WATCHKEEPER_ALARM_WEBHOOK = receiver.endpoint
    return outbox.queue(saying(channel="webhook", text="Nobody has answered {{7*7}}.\n"))


def test_an_alarm_is_posted_and_done_with_2xx(posted, receiver) -> None:
    deliver(str(posted.pk))

    assert again(posted).status == "sent"
    path, _, body = receiver.came[0]
    assert path == "/alarms?for=us"
    assert json.loads(body)["data"]["recipient"] == "ana@example.com"
    assert json.loads(body)["text"] == "[WK-7F3K2Q] Breached\n\nNobody has answered {{7*7}}.\n"


def test_a_post_is_signed_as_standard_webhooks_has_it(posted, receiver) -> None:
    deliver(str(posted.pk))

    _, headers, body = receiver.came[0]
    assert headers["webhook-id"] == str(posted.pk)
    assert headers["webhook-timestamp"] == str(int(MONDAY.timestamp()))
    content = f"{posted.pk}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


@pytest.mark.parametrize(
    ("code", "outcome", "status"),
    [
        (200, "accepted", "sent"),
        (202, "accepted", "sent"),
        (301, "put_off", "queued"),
        (307, "put_off", "queued"),
        (404, "put_off", "queued"),
        (410, "refused", "failed"),
        (429, "put_off", "queued"),
        (500, "put_off", "queued"),
        (503, "put_off", "queued"),
    ],
)
def test_each_status_means(code, outcome, status, posted, receiver) -> None:
    receiver.answer = lambda handler: answered(handler, code, Location="/elsewhere")

    deliver(str(posted.pk))

    assert (again(posted).attempts.get().outcome, again(posted).status) == (outcome, status)
    assert [path for path, _, _ in receiver.came] == ["/alarms?for=us"], "a redirect is not followed"


def test_an_answer_without_end_is_read_to_its_limit_only(receiver) -> None:
    def without_end(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * READ_AT_MOST)

    receiver.answer = without_end

    answer = post(b"{}", {}, endpoint=receiver.endpoint)

    assert answer.outcome == "accepted"
    assert receiver.given_up.wait(timeout=20), "the line is closed, and the server sees it"


@pytest.mark.parametrize(
    ("first", "drop", "outcome"),
    [(b"HTTP/1.1 200 OK\r\n", b"X-Drip: drop\r\n", "unclear"), (b"HTTP/1.1 200 OK\r\n\r\n", b"drop ", "accepted")],
    ids=["its headers", "its words"],
)
def test_a_server_that_drips_is_cut_off_in_time(first, drop, outcome, receiver) -> None:
    pause = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(first)
        while not pause.wait(0.05):
            handler.wfile.write(drop)

    receiver.answer = drip

    answer = post(b"{}", {}, endpoint=receiver.endpoint, within=0.5)

    assert answer.outcome == outcome
    assert receiver.given_up.wait(timeout=20), "the line is closed, and the server sees it"


def test_a_server_that_is_not_there_is_tried_again() -> None:
    nowhere = Receiver()
    nowhere.server_close()

    assert post(b"{}", {}, endpoint=nowhere.endpoint).outcome == "put_off"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "alarms.example.com",
        "ftp://alarms.example.com/",
        "https://",
        "https://a:b@alarms.example.com/",
        "http://[::1",
    ],
)
def test_what_is_no_address_to_post_to_is_refused(url) -> None:
    with pytest.raises(UnusableEndpoint, match="WATCHKEEPER_ALARM_WEBHOOK is no address"):
        Endpoint.read(url, SECRET)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64", "plain words"])
def test_a_secret_that_is_none_is_refused_and_not_repeated(secret) -> None:
    with pytest.raises(UnusableEndpoint, match="24 to 64 bytes") as refusal:
        Endpoint.read("https://alarms.example.com/", secret)
    assert not secret.removeprefix("whsec_") or secret not in str(refusal.value)


def test_a_secret_is_in_no_log_line() -> None:
    assert "thirty" not in repr(Endpoint.read("https://alarms.example.com/", SECRET))
