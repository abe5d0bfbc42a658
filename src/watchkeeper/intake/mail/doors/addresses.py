"""The addresses of the desk: for whom a mail is taken in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_DETAIL = re.compile(r"[!-?A-~]{0,200}")
"""What may stand between a ``+`` and the ``@``: printable ASCII without ``@`` and spaces."""


class UnusableAddress(ValueError):
    """What stands where the desk's own address belongs is none."""


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """``main`` is the address that people write to, also as ``local+anything@domain``; ``others`` lead here as well.

    Capital letters make no difference, neither here nor there.
    """

    main: str
    others: frozenset[str] = frozenset()

    def are_for(self, recipient: str) -> bool:
        """Whether a mail to ``recipient`` is one to the desk."""
        address = recipient.lower()
        local, _, domain = address.rpartition("@")
        name, plus, detail = local.partition("+")
        has_detail = plus and f"{name}@{domain}" == self.main and _DETAIL.fullmatch(detail)
        return address == self.main or address in self.others or bool(has_detail)


def plain(address: str) -> str:
    """``address`` in lower case. Raises ``UnusableAddress`` where it is more or less than ``name@host``."""
    if not _ADDRESS.fullmatch(address):
        raise UnusableAddress(f"{address!r} is no plain mail address: write name@host.example")
    return address.lower()
