"""Signing in by an access token: it is asked for, shown to a real Dovecot, and asked for anew before its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.harness.desk_process import wait_until
from tests.harness.doors_process import Doors
from tests.harness.dovecot import USER, Dovecot
from tests.harness.token_server import TokenServer
from tests.intake.doors.stage import kept, mail
from watchkeeper.intake.mail.doors.xoauth2 import AccessTokens, NoToken


def tokens(server: TokenServer, **settings: str) -> AccessTokens:
    """Of a client with a secret, which these settings change."""
    given = {"TOKEN_URL": server.url, "CLIENT_ID": "desk", "CLIENT_SECRET": "s3cret"} | settings
    return AccessTokens.read({f"WATCHKEEPER_IMAP_{name}": value for name, value in given.items()})


def test_in_its_own_name_the_desk_asks_with_its_secret(token_server: TokenServer) -> None:
    with tokens(token_server, SCOPE="https://outlook.office365.com/.default").one() as token:
        assert token == "t0ken-0"
    assert token_server.asked == [
        {
            "grant_type": "client_credentials",
            "client_id": "desk",
            "client_secret": "s3cret",
            "scope": "https://outlook.office365.com/.default",
        }
    ]


def test_with_a_refresh_token_it_shows_that_and_from_then_on_the_newest(token_server: TokenServer) -> None:
    token_server.seconds = 0
    asking = tokens(token_server, REFRESH_TOKEN="first", CLIENT_SECRET="")
    for _ in range(2):
        with asking.one():
            pass
    assert token_server.asked == [
        {"grant_type": "refresh_token", "client_id": "desk", "refresh_token": "first"},
        {"grant_type": "refresh_token", "client_id": "desk", "refresh_token": "refresh-1"},
    ]


@pytest.mark.parametrize(("seconds", "asked"), [(3600, 1), (301, 1), (300, 2), (0, 2)])
def test_a_token_is_shown_again_until_shortly_before_its_end(
    token_server: TokenServer, seconds: int, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchkeeper.intake.mail.doors.xoauth2.time.monotonic", lambda: 1000.0)
    token_server.seconds = seconds
    asking = tokens(token_server)
    for _ in range(2):
        with asking.one():
            pass
    assert len(token_server.asked) == asked


def test_a_token_that_was_refused_is_not_shown_again(token_server: TokenServer) -> None:
    asking = tokens(token_server)
    with pytest.raises(ZeroDivisionError), asking.one():
        raise ZeroDivisionError
    with asking.one() as token:
        assert token == "t0ken-1"


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (400, b'{"error": "invalid_grant", "error_description": "s3cret"}', "it answers 400 invalid_grant"),
        (400, b'{"error": "no such client_secret as s3cret"}', "it answers 400"),
        (401, b"s3cret", "it answers 401"),
        (302, b"", "it answers 302"),
        (200, b"<html>", "Expecting value: line 1 column 1"),
        (200, b"[]", "its answer is no JSON object"),
        (200, b'{"access_token": "a\\u0001b"}', "its answer is none that RFC 6749 describes"),
        (200, b'{"token": "a"}', "its answer is none that RFC 6749 describes"),
    ],
)
def test_where_there_is_no_token_it_is_said_why_without_a_secret(
    token_server: TokenServer, status: int, body: bytes, why: str
) -> None:
    token_server.answers.append((status, body))
    with pytest.raises(NoToken) as refusal, tokens(token_server).one():
        pass
    assert str(refusal.value).startswith(f"no token from 127.0.0.1:{token_server.port}: {why}")
    assert "s3cret" not in str(refusal.value)


@pytest.mark.story
@pytest.mark.long
def test_a_mailbox_that_wants_a_token_gets_one_and_a_new_one_when_that_is_over(
    dovecot: Callable[..., Dovecot], doors: Doors, token_server: TokenServer
) -> None:
    token_server.user = USER
    server = dovecot(asks_whose_token_it_is=token_server.url_to_ask_whose_it_is)
    process = doors(
        WATCHKEEPER_IMAP_URL=f"imap+xoauth2://{USER.replace('@', '%40')}@127.0.0.1:{server.port}/INBOX",
        WATCHKEEPER_IMAP_TOKEN_URL=token_server.url,
        WATCHKEEPER_IMAP_CLIENT_ID="desk",
        WATCHKEEPER_IMAP_REFRESH_TOKEN="first",
    )
    server.deliver(mail(number=1))
    wait_until(lambda: len(server.mails("Taken")) == 1, why=lambda: process.log + server.log)
    token_server.revoked.add(token_server.given[0])
    server.stop()
    server.start()
    server.deliver(mail(number=2))
    wait_until(lambda: len(server.mails("Taken")) == 2, why=lambda: process.log + server.log)
    assert kept() == [mail(number=1), mail(number=2)]
    assert "method=XOAUTH2" in server.log
    assert not any(token in process.log for token in token_server.given)
