"""What is ours in a mail: the servers whose word counts, and the signs that we sent it ourselves."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeeper.intake.mail.reading import words
from watchkeeper.intake.mail.reading.headers import Headers

_CONTROL = (
    "x-watchkeeper-",
    "x-desk-",
    "x-zammad-",
    "x-otrs-",
    "x-znuny-",
    "x-rt-",
    "rt-",
    "x-freescout-",
    "x-helpdesk-",
)
_MOST = 50
_LOOPS = ("x-watchkeeper-loop", "x-loop")
_UNANSWERED = ("x-loop", "x-auto-response-suppress", "x-no-auto-reply")


@dataclass(frozen=True, slots=True)
class Own:
    """``authserv_ids`` are the names by which our mail servers sign Authentication-Results (RFC 8601); no one else's
    are believed. ``host`` is what stands behind the @ of Message-IDs that we make."""

    authserv_ids: frozenset[str]
    host: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "authserv_ids", frozenset(name.lower() for name in self.authserv_ids))
        object.__setattr__(self, "host", self.host.lower())

    def made(self, message_id: str) -> bool:
        return bool(self.host) and message_id.lower().endswith(f"@{self.host}>")


def loops(head: Headers, own: Own) -> tuple[str, ...]:
    """The headers that say that this mail came from here, as `name: value`."""
    found = [("message-id", identifier) for identifier in head.message_ids("message-id") if own.made(identifier)]
    for name in _LOOPS:
        found += [(name, value) for value in head.all(name) if own.host and own.host in value.lower().split()]
    return tuple(_line(name, value) for name, value in found)


def wants_no_answer(head: Headers) -> str:
    """The header, if there is one, by which whoever sent it asks that no machine answers; else nothing."""
    return next((_line(name, head.first(name)) for name in _UNANSWERED if name in head), "")


def ignored(head: Headers) -> tuple[str, ...]:
    """Headers with which other desks let mails set fields. Here they set nothing; that one tried is worth a line."""
    return tuple(words.of_header(name) for name in head.named(*_CONTROL) if name != "x-watchkeeper-loop")[:_MOST]


def _line(name: str, value: str) -> str:
    """A header as one line; one that says nothing is its name and a colon."""
    return f"{name}: {words.of_header(value)}".rstrip()
