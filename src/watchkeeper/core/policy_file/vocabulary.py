"""The names a file has given so far: severities, hours, contacts. Targets and rules refer to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from watchkeeper.core.policy import ROLES_TOLD, Contact, OperatingHours, Severity, severity_called
from watchkeeper.core.policy_file.fields import AlreadyTold
from watchkeeper.core.policy_file.problems import quoted

T = TypeVar("T")


class UnknownName(ValueError):
    """A reference to something the file does not define; the message names what it defines."""


class Vocabulary(NamedTuple):
    """What targets and rules may refer to. Hours that are defined but cannot be read are ``None``.

    Where that is what a reference leads to, or no severities could be read at all, it raises ``AlreadyTold``.
    """

    severities: tuple[Severity, ...]
    hours: Mapping[str, OperatingHours | None]
    contacts: Mapping[str, Contact]

    def severity(self, written: str) -> Severity:
        """The severity of this key or name. Raises ``UnknownSeverity``."""
        if not self.severities:
            raise AlreadyTold(written)
        return severity_called(written, self.severities)

    def hours_called(self, written: str) -> OperatingHours:
        """The operating hours of this name. Raises ``UnknownName``."""
        operating = _named(written, self.hours, "hours")
        if operating is None:
            raise AlreadyTold(written)
        return operating

    def contact(self, written: str) -> Contact:
        """The contact of this name. Raises ``UnknownName``."""
        return _named(written, self.contacts, "a contact")

    def told(self, written: str) -> str:
        """A role that a ladder may tell, or the name of a contact that has an address. Raises ``UnknownName``."""
        if written in ROLES_TOLD:
            return written
        if written not in self.contacts:
            names = ", ".join((*ROLES_TOLD, *self.contacts))
            raise UnknownName(f"{quoted(written)} is nobody to tell; write one of {names}")
        if not self.contacts[written].emails:
            raise UnknownName(f"{quoted(written)} has no emails, so nothing can be told there; give it an address")
        return written


def _named(written: str, known: Mapping[str, T], what: str) -> T:
    try:
        return known[written]
    except KeyError:
        allowed = f"write one of {', '.join(known)}" if known else "the file defines none"
        raise UnknownName(f"{quoted(written)} is not the name of {what}; {allowed}") from None
