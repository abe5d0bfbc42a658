"""What our own mail server found out about the domain in From (RFC 8601, RFC 7489). Everybody else's word is noise."""

from __future__ import annotations

import re
from itertools import pairwise

from watchkeeper.core.mail import FAIL, NONE, PASS
from watchkeeper.intake.mail.letter import Mailbox
from watchkeeper.intake.mail.reading import tokens
from watchkeeper.intake.mail.reading.headers import Headers
from watchkeeper.intake.mail.reading.own import Own

_RESULT = re.compile(r"dmarc(?:\s*/\s*\d+)?\s*=\s*(\w+)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:^|\s)header\.from\s*=\s*([^\s@]+)(?=\s|$)", re.IGNORECASE)
_NOT_OF_A_WORD = re.compile(r"[^\w.@-]")


def verdict(head: Headers, author: Mailbox | None, own: Own) -> str:
    """Of the topmost result that bears our name. A pass for another domain than the author's says nothing of him."""
    results = _ours(head, own)
    found = [match for result in results for match in [_RESULT.match(result)] if match]
    if len(found) != 1 or author is None:
        return NONE
    domains = [domain.lower().removesuffix(".") for domain in _DOMAIN.findall(found[0].string)]
    is_of_author = domains == [author.address.rpartition("@")[2]]
    said = found[0][1].lower()
    if said == "pass":
        return PASS if is_of_author else NONE
    return FAIL if said == "fail" else NONE


def _ours(head: Headers, own: Own) -> list[str]:
    """The parts of that header after its name. What stands below the Received line under our own came with the mail:
    nobody stripped it, so nobody of ours wrote it."""
    was_received = False
    for name, value in head.pairs:
        if name == "received":
            if was_received:
                return []
            was_received = _is_received_by(own.authserv_ids, value)
        elif name == "authentication-results":
            server, *results = (part.strip() for part in _bare(value).split(";"))
            if server.partition(" ")[0].lower() in own.authserv_ids:
                return results
    return []


def _is_received_by(servers: frozenset[str], received: str) -> bool:
    return any(
        word == "by" and server in servers
        for word, server in pairwise(_bare(received).replace(";", " ").lower().split())
    )


def _bare(value: str) -> str:
    """Without comments, and with each quoted string as one word: the address of a stranger, which may be quoted in it,
    must not part the header. Of one with a quote or a comment that does not end, or was not begun, nothing is left."""
    kept: list[str] = []
    for token, is_comment in tokens.of(value):
        if is_comment:
            continue
        if token in ('"', "(", ")"):
            return ""
        kept.append(_NOT_OF_A_WORD.sub("_", token[1:-1]) if token[0] == '"' else token)
    return "".join(kept)
