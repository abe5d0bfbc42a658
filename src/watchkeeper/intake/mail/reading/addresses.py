"""Addresses out of headers, strictly (RFC 5322, CVE-2023-27043): what is not plainly one address is none.

A header is cut into items before anything in it is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from watchkeeper.intake.mail.letter import Mailbox
from watchkeeper.intake.mail.reading import limits, tokens, words

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*", re.ASCII)
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_LONGEST = 254


@dataclass(frozen=True, slots=True)
class Addresses:
    """``are_plain`` is false where anything in the header could not be read as an address."""

    mailboxes: tuple[Mailbox, ...] = ()
    are_plain: bool = True


def read(values: Iterable[str], *, hint: str = "") -> Addresses:
    """Those of all headers given, each once and up to ``limits.ADDRESSES`` of them; none is guessed."""
    mailboxes: dict[str, Mailbox] = {}
    are_plain = True
    for value in values:
        if len(value) > limits.ADDRESS_CHARACTERS:
            are_plain = False
            continue
        for item in _items(value):
            if len(mailboxes) >= limits.ADDRESSES:
                return Addresses(tuple(mailboxes.values()), are_plain=False)
            mailbox = item.mailbox(hint)
            if mailbox:
                mailboxes.setdefault(mailbox.address, mailbox)
            elif not item.is_empty:
                are_plain = False
    return Addresses(tuple(mailboxes.values()), are_plain)


def plain(written: str) -> str:
    """One address by itself in lower case, or nothing. `"ana"@x.org` is `ana@x.org`; other quoting is refused."""
    local, at, domain = written.strip().rpartition("@")
    if len(local) > 1 and local[0] == local[-1] == '"':
        local = local[1:-1]
    domain = domain.removesuffix(".")
    if not at or len(written) > _LONGEST or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        return ""
    return f"{local}@{domain}".lower()


@dataclass(slots=True)
class _Item:
    """One entry of an address list as it is cut out: what stands outside, within <…>, and in comments."""

    outside: list[str] = field(default_factory=list)
    angle: list[str] | None = None
    comment: list[str] = field(default_factory=list)
    is_broken: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.is_broken and self.angle is None and not "".join(self.outside).strip()

    def mailbox(self, hint: str) -> Mailbox | None:
        if self.is_broken:
            return None
        outside = "".join(self.outside).strip()
        if self.angle is None:
            address, name = plain(outside), "".join(self.comment)
        else:
            within = "".join(self.angle)
            address = plain(within.rpartition(":")[2] if within.startswith("@") else within)  # RFC 822's routes
            name = outside or "".join(self.comment)
            # Somebody else's address as a bare name is no form of RFC 5322, and there to be mistaken.
            unquoted = "".join(part for part in self.outside if part[:1] != '"').strip()
            if "@" in unquoted and plain(unquoted) != address:
                return None
        return Mailbox(address=address, name=_named(name, hint)) if address else None


def _items(value: str) -> Iterator[_Item]:
    item, in_angle = _Item(), False
    for token, is_comment in tokens.of(value):
        if is_comment:
            item.comment.append(token)
        elif in_angle and item.angle is not None:
            in_angle = token != ">"
            if in_angle:
                item.angle.append(token)
        elif token in (",", ";"):
            yield item
            item = _Item()
        elif token == "<" and item.angle is None:
            in_angle, item.angle = True, []
        elif token == ":":  # what stood before is the name of a group
            item = _Item(is_broken=item.is_broken or item.angle is not None or "@" in "".join(item.outside))
        elif token in ("(", ")", "<", ">", '"', "\\") or (item.angle is not None and token.strip()):
            item.is_broken = True
        else:
            item.outside.append(token)
    item.is_broken |= in_angle
    yield item


def _named(written: str, hint: str) -> str:
    unquoted = re.sub(r'"((?:\\.|[^"\\])*)"', lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1]), written)
    return words.of_header(unquoted, hint=hint)[:200]
