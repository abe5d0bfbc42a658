"""The names of mails: each carries its notice's id, and all mails of one incident name the same root."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")
"""Printable ASCII between angle brackets, and no bracket inside (RFC 5322, 3.6.4, without the obsolete forms)."""


def host() -> str:
    """The host of the desk's own address, as mail writes it: an IPv6 address stands in brackets."""
    name = urlsplit(settings.WATCHKEEPER_BASE_URL).hostname or "localhost"
    return f"[{name}]" if ":" in name else name


def message_id(notice_id: UUID) -> str:
    """Written down with the notice and the same for every attempt: who got a mail twice can tell."""
    return f"<{notice_id}@{host()}>"


def threading_headers(*, thread: str, answers: str) -> dict[str, str]:
    """In-Reply-To and References of a mail about the incident ``thread``, in answer to the Message-ID ``answers``.

    What came as a Message-ID and is none is left out: it was a stranger's header.
    """
    root = f"<{thread.lower()}@{host()}>" if thread else ""
    answered = answers if _MESSAGE_ID.fullmatch(answers) else ""
    references = " ".join(filter(None, [root, answered]))
    return {"In-Reply-To": answered or root, "References": references} if references else {}
