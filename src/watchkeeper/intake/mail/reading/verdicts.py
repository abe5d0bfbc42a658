"""What our own mail server found out about the domain in From (RFC 8601, RFC 7489). Everybody else's word is noise."""

from __future__ import annotations

import re

from watchkeeper.intake.mail.letter import FAIL, NONE, PASS, Mailbox
from watchkeeper.intake.mail.reading.headers import Headers
from watchkeeper.intake.mail.reading.own import Own

_RESULT = re.compile(r"dmarc(?:\s*/\s*\d+)?\s*=\s*(\w+)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:^|\s)header\.from\s*=\s*\"?([^\s\";@]+)\"?(?=\s|$)", re.IGNORECASE)
_BY = re.compile(r"(?:^|\s)by\s+([^\s;()]+)", re.IGNORECASE)


def verdict(head: Headers, author: Mailbox | None, own: Own) -> str:
    """Of the topmost result that bears our name. A pass for another domain than the author's says nothing of him."""
    results = _ours(head, own)
    found = [match for result in results for match in [_RESULT.match(result)] if match]
    if len(found) != 1 or author is None:
        return NONE
    domain = _DOMAIN.search(found[0].string)
    is_of_author = domain is not None and domain[1].lower().removesuffix(".") == author.address.rpartition("@")[2]
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
            by = _BY.search(_without_comments(value))
            was_received = by is not None and by[1].lower() in own.authserv_ids
        elif name == "authentication-results":
            server, *results = (part.strip() for part in _without_comments(value).split(";"))
            if server.partition(" ")[0].strip('"').lower() in own.authserv_ids:
                return results
    return []


def _without_comments(value: str) -> str:
    """Without what stands in brackets, which may hold anything; after one that is not closed nothing is left."""
    kept, depth = [], 0
    for piece in re.split(r"([()])", value):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(piece)
    return " ".join(kept)
