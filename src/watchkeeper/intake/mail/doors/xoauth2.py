"""Access tokens to sign in to a mailbox with (XOAUTH2), asked for where the mail provider gives them out (RFC 6749).

With a refresh token it is shown (section 6); without one the desk asks in its own name (client credentials, 4.4).
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from watchkeeper.intake.mail.doors.mailbox_at import is_loopback

SECONDS_FOR_AN_ANSWER = 20
SECONDS_BEFORE_ITS_END = 300
USUAL_SECONDS = 3600
LARGEST_ANSWER = 65_536
PREFIX = "WATCHKEEPER_IMAP_"


class UnusableTokens(ValueError):
    """How to ask for tokens is not said, or would be overheard; the text names the setting and repeats no secret."""


class NoToken(Exception):
    """Where tokens are given out there was none for us; the text says why."""


@dataclass
class AccessTokens:
    """Where to ask, and as whom. A token is kept until shortly before its end, and shown to every mailbox."""

    url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    scope: str = ""
    _token: str = field(default="", repr=False)
    _until: float = 0.0
    _asking: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Raises ``UnusableTokens``."""
        given = {name: environment.get(f"{PREFIX}{name}", "").strip() for name in _NAMES}
        for name in ("TOKEN_URL", "CLIENT_ID"):
            if not given[name]:
                raise UnusableTokens(f"{PREFIX}{name} is missing: a mailbox of +xoauth2 signs in by a token")
        if not given["REFRESH_TOKEN"] and not given["CLIENT_SECRET"]:
            raise UnusableTokens(
                f"{PREFIX}REFRESH_TOKEN or {PREFIX}CLIENT_SECRET is missing: one of them asks for tokens"
            )
        parts = urlsplit(given["TOKEN_URL"])
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise UnusableTokens(f"{PREFIX}TOKEN_URL is no https://HOST/PATH: secrets are not sent in the clear")
        return cls(*(given[name] for name in _NAMES))

    @contextmanager
    def one(self) -> Iterator[str]:
        """A token that is good for some minutes. Where the block fails it is not shown again. Raises ``NoToken``."""
        with self._asking:
            if not self._token or time.monotonic() >= self._until:
                self._ask()
            token = self._token
        try:
            yield token
        except Exception:
            with self._asking:
                self._token = "" if self._token == token else self._token
            raise

    def _ask(self) -> None:
        answer = _answer(self.url, self._form())
        token, seconds = answer.get("access_token"), answer.get("expires_in", USUAL_SECONDS)
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not str(seconds).isdigit():
            raise NoToken(f"no token from {_place(self.url)}: its answer is none that RFC 6749 describes")
        self._token = token
        self._until = time.monotonic() + max(int(seconds) - SECONDS_BEFORE_ITS_END, 0)
        if isinstance(answer.get("refresh_token"), str):
            self.refresh_token = answer["refresh_token"]

    def _form(self) -> dict[str, str]:
        grant = {"grant_type": "client_credentials"}
        if self.refresh_token:
            grant = {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
        of_client = {"client_id": self.client_id, "client_secret": self.client_secret, "scope": self.scope}
        return grant | {name: value for name, value in of_client.items() if value}


_NAMES = ("TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN", "SCOPE")


class _NotElsewhere(HTTPRedirectHandler):
    """Secrets go where the setting says and nowhere else."""

    def redirect_request(self, *_args: Any, **_how: Any) -> None:
        return None


def _answer(url: str, form: Mapping[str, str]) -> dict[str, Any]:
    asked = Request(url, urlencode(form).encode(), {"Accept": "application/json"})
    try:
        with build_opener(_NotElsewhere).open(asked, timeout=SECONDS_FOR_AN_ANSWER) as answer:
            read = json.loads(answer.read(LARGEST_ANSWER))
    except HTTPError as refusal:
        raise NoToken(f"no token from {_place(url)}: it answers {refusal.code} {_reason(refusal)}".strip()) from None
    except (OSError, ValueError) as fault:
        raise NoToken(f"no token from {_place(url)}: {fault}") from None
    if not isinstance(read, dict):
        raise NoToken(f"no token from {_place(url)}: its answer is no JSON object")
    return read


def _reason(refusal: HTTPError) -> str:
    """The word of RFC 6749, section 5.2, and nothing more: the rest may repeat what was sent."""
    try:
        read = json.loads(refusal.read(LARGEST_ANSWER))
    except (OSError, ValueError):
        return ""
    word = read.get("error") if isinstance(read, dict) else None
    return word if isinstance(word, str) and word.isidentifier() else ""


def _place(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2]
