"""The names a file has given so far: severities, hours, contacts. Targets and rules refer to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from watchkeeper.core.policy import ROLES_TOLD, Contact, OperatingHours, Severity, severity_called
from watchkeeper.core.policy_file.problems import quoted

T = TypeVar("T")


class UnknownName(ValueError):
    """A reference to something the file does not define; the message names what it defines."""


class Vocabulary(NamedTuple):
    """What targets and rules may refer to."""

    severities: tuple[Severity, ...]
    hours: Mapping[str, OperatingHours]
    contacts: Mapping[str, Contact]

    def severity(self, written: str) -> Severity:
        """The severity of this key or name. Raises ``UnknownSeverity``."""
        return severity_called(written, self.severities)

    def hours_called(self, written: str) -> OperatingHours:
        """The operating hours of this name. Raises ``UnknownName``."""
        return _named(written, self.hours, "hours")

    def contact(self, written: str) -> Contact:
        """The contact of this name. Raises ``UnknownName``."""
        return _named(written, self.contacts, "a contact")

    def told(self, written: str) -> str:
        """Somebody a ladder may tell: a role, or the name of a contact. Raises ``UnknownName``."""
        if written in ROLES_TOLD or written in self.contacts:
            return written
        known = ", ".join((*ROLES_TOLD, *self.contacts))
        raise UnknownName(f"{quoted(written)} is nobody to tell; write one of {known}")


def _named(written: str, known: Mapping[str, T], what: str) -> T:
    try:
        return known[written]
    except KeyError:
        names = ", ".join(known) or "none, as the file defines none"
        raise UnknownName(f"{quoted(written)} is not the name of {what}; write one of {names}") from None
