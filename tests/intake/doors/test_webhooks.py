"""A provider posts a mail: who shows its secret has it kept as it came, and whoever does not is told the same."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from base64 import b64encode
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client

from tests.intake.doors.stage import DESK, kept, mail, received
from watchkeeper.intake.mail.doors.configured import Doors
from watchkeeper.intake.mail.doors.webhooks import view
from watchkeeper.intake.mail.keeping import LARGEST

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db

SECRET, KEY = "desk:a long secret for providers", "key-0123456789abcdef"
ALL = "mailgun-mime sendgrid postmark sparkpost mailjet"
BY_LATIN_1 = mail(body="gr\xfc\xdfe").decode().encode("latin-1")
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

Post = Callable[..., "HttpResponse"]


@pytest.fixture
def post(settings: Any) -> Post:
    """Posts to a provider's address, with the secret unless another is shown, at a desk with these providers."""
    settings.WATCHKEEPER_MAIL_DOORS = Doors.read(
        {
            "WATCHKEEPER_INBOUND_PROVIDERS": ALL,
            "WATCHKEEPER_INBOUND_SECRET": SECRET,
            "WATCHKEEPER_MAILGUN_SIGNING_KEY": KEY,
        }
    )
    settings.ANYMAIL = settings.WATCHKEEPER_MAIL_DOORS.secrets
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)

    def send(name: str, body: bytes, content_type: str, shown: str | None = SECRET) -> HttpResponse:
        headers = {"Authorization": f"Basic {b64encode(shown.encode()).decode()}"} if shown else {}
        return browser.post(f"/mail/in/{name}/", body, content_type=content_type, headers=headers)

    return send


def signed(**fields: Any) -> dict[str, Any]:
    """A form as Mailgun signs it."""
    signature = hmac.new(KEY.encode(), b"1700000000" + b"t0ken", hashlib.sha256).hexdigest()
    return {"timestamp": "1700000000", "token": "t0ken", "signature": signature} | fields


def in_parts(fields: dict[str, Any]) -> tuple[bytes, str]:
    """The same form as ``multipart/form-data``."""
    body = b""
    for name, value in fields.items():
        value = value if isinstance(value, bytes) else str(value).encode()
        body += b'--edge\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value + b"\r\n"
    return body + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def post_of(way: str, raw: bytes) -> tuple[str, bytes, str]:
    """What a way of posting a mail as it came puts into a request: the address, the body and its type."""
    match way:
        case "mailgun, a form":
            return "mailgun-mime", urlencode(signed(**{"body-mime": raw, "recipient": DESK})).encode(), FORM
        case "mailgun, in parts":
            return "mailgun-mime", *in_parts(signed(**{"body-mime": raw, "recipient": DESK}))
        case "sendgrid":
            envelope = json.dumps({"to": [DESK], "from": "ana@customer.example"})
            return "sendgrid", *in_parts({"email": raw, "envelope": envelope})
    content = {"email_rfc822": b64encode(raw).decode(), "email_rfc822_is_base64": True}
    relayed = {"relay_message": {"protocol": "smtp", "rcpt_to": DESK, "content": content}}
    return "sparkpost", json.dumps([{"msys": relayed}]).encode(), JSON


WAYS = ("mailgun, a form", "mailgun, in parts", "sendgrid", "sparkpost")


@pytest.mark.parametrize("way", WAYS)
def test_a_mail_is_kept_byte_for_byte_and_once(post: Post, way: str) -> None:
    name, body, content_type = post_of(way, BY_LATIN_1)
    for _ in range(2):
        answer = post(name, body, content_type)
        assert (answer.status_code, answer.content) == (200, b"")
    assert kept() == [BY_LATIN_1]
    (row,) = received()
    assert (row.door, row.mailbox, row.envelope_to) == ("webhook", name, [DESK])


def test_postmark_sends_a_mail_as_it_came_in_json(post: Post) -> None:
    said = {"RawEmail": mail().decode(), "OriginalRecipient": DESK, "TextBody": "Nothing prints."}
    assert post("postmark", json.dumps(said).encode(), JSON).status_code == 200
    assert (kept(), received()[0].envelope_to) == ([mail()], [DESK])


def test_sparkpost_sends_several_at_once_and_none_to_try_the_address(post: Post) -> None:
    content = [{"email_rfc822": mail(number=number).decode(), "email_rfc822_is_base64": False} for number in (1, 2)]
    said = [{"msys": {"relay_message": {"protocol": "smtp", "rcpt_to": DESK, "content": each}}} for each in content]
    assert post("sparkpost", json.dumps([{"msys": {}}]).encode(), JSON).status_code == 200
    assert post("sparkpost", json.dumps(said).encode(), JSON).status_code == 200
    assert kept() == [mail(number=1), mail(number=2)]


def test_where_only_the_parts_are_sent_they_are_put_together_again(post: Post) -> None:
    headers = {
        "From": "Ana <ana@customer.example>",
        "Subject": "Printing is down",
        "Message-ID": "<1@customer.example>",
    }
    said = {"Recipient": DESK, "Headers": headers, "Text-part": "Nothing prints."}
    for _ in range(2):
        assert post("mailjet", json.dumps(said).encode(), JSON).status_code == 200
    (raw,) = kept()
    assert b"Subject: Printing is down" in raw
    (text,) = [part for part in message_from_bytes(raw, policy=policy.default).walk() if not part.is_multipart()]
    assert text.get_content() == "Nothing prints."  # type: ignore[attr-defined]
    assert received()[0].envelope_to == [DESK]


@pytest.mark.parametrize("way", ["mailgun, in parts", "sendgrid"])
def test_a_large_mail_comes_in_and_a_larger_one_does_not(post: Post, way: str) -> None:
    raw = mail(body="x" * 5_000_000)
    assert post(*post_of(way, raw)).status_code == 200
    assert kept() == [raw]
    assert post(*post_of(way, raw + b"x" * LARGEST)).status_code == 413
    assert kept() == [raw]


def test_where_a_mail_could_come_whole_its_parts_are_not_enough(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    """They would be kept without their files, and nobody would know."""
    answer = post("mailgun-mime", urlencode(signed(recipient=DESK, **{"body-plain": "Nothing prints."})).encode(), FORM)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "let it post them as they came" in caplog.text
    assert kept() == []


REFUSED = {
    "no secret": lambda post: post(*post_of("sparkpost", mail()), shown=None),
    "another secret": lambda post: post(*post_of("sparkpost", mail()), shown="desk:guessed"),
    "no secret, and nothing that could be read": lambda post: post("postmark", b"{", JSON, shown=None),
    "the secret, and nothing that can be read": lambda post: post("postmark", b"{", JSON),
    "a form without a signature": lambda post: post("mailgun-mime", urlencode({"body-mime": mail()}).encode(), FORM),
    "a form that somebody else signed": lambda post: post(
        "mailgun-mime", urlencode(signed(token="another", **{"body-mime": mail()})).encode(), FORM
    ),
    "no form": lambda post: post("mailgun-mime", b"{}", JSON),
    "a form of a thousand fields": lambda post: post("mailgun-mime", b"&".join([b"a=b"] * 1000), FORM),
    "a provider that is not named": lambda post: post("brevo", b"{}", JSON),
}


@pytest.mark.parametrize("how", REFUSED)
def test_whoever_is_refused_is_told_the_same(post: Post, how: str) -> None:
    answer = REFUSED[how](post)
    assert (answer.status_code, answer.content) == (400, b"Refused.\n")
    assert kept() == []


def test_a_provider_that_the_settings_do_not_name_is_refused_with_its_secret(post: Post, settings: Any) -> None:
    settings.WATCHKEEPER_MAIL_DOORS = Doors.read({})
    assert post(*post_of("sparkpost", mail())).status_code == 400
    assert kept() == []


def test_who_does_not_show_the_secret_is_not_listened_to(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "LARGEST_POST", 1)
    assert post(*post_of("sparkpost", mail()), shown=None).status_code == 400
    assert post(*post_of("sparkpost", mail())).status_code == 413


@pytest.mark.parametrize(("fault", "status"), [(OperationalError("disk full"), 503), (ZeroDivisionError(), 500)])
def test_what_cannot_be_kept_now_stays_with_the_provider(
    post: Post, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_raw: Any, **_how: Any) -> None:
        raise fault

    caplog.set_level(logging.CRITICAL, "django.request")
    monkeypatch.setattr(view, "keep", broken)
    assert post(*post_of("sparkpost", mail())).status_code == status


def test_it_is_no_page() -> None:
    assert Client().get("/mail/in/postmark/").status_code == 405
    assert Client().get("/mail/in/nobody/").status_code == 405
