"""What the parts of a policy are called in its file, where other parts refer to them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeVar

from watchkeeper.core.policy import Contact, OperatingHours, Severity
from watchkeeper.core.policy_file.operating import Place, StoredHolidays
from watchkeeper.core.policy_file.tree import Said

T = TypeVar("T")


class CannotBeWritten(ValueError):
    """A value that no file says; the message names the place and what stands there."""


class Names(NamedTuple):
    """The names there are, the zone that hours without one stand in, and which holidays go by a country's name."""

    severities: Sequence[Severity]
    hours: Mapping[str, OperatingHours]
    contacts: Mapping[str, Contact]
    place: Place
    holidays: StoredHolidays

    def severity(self, number: int) -> str:
        """The key of a severity."""
        return self.severities[number - 1].key

    def severities_called(self, numbers: Collection[int]) -> list[Said]:
        """The keys of some severities, the most severe first."""
        return [self.severity(number) for number in sorted(numbers)]

    def hours_called(self, operating: OperatingHours) -> str:
        """The name of operating hours. Raises ``CannotBeWritten``."""
        return _name_of(operating, self.hours, f'the hours "{operating.name}"')

    def contact(self, contact: Contact) -> str:
        """The name of a contact. Raises ``CannotBeWritten``."""
        return _name_of(contact, self.contacts, f'the contact "{contact.name}"')


def given(entries: Mapping[str, Said]) -> dict[str, Said]:
    """The entries that say something: neither nothing nor an empty text."""
    return {key: value for key, value in entries.items() if value is not None and value != ""}


def some(texts: Sequence[str]) -> Said:
    """The texts as a list; nothing where there are none."""
    return list(texts) or None


def other(value: T, usual: T) -> T | None:
    """The value where it is another than the one that holds when a file says nothing."""
    return None if value == usual else value


def told(value: T | None, usual: T | None, write: Callable[[T], Said]) -> Said:
    """The value as ``write`` says it, where it is another than the one that holds when a file says nothing."""
    return None if value is None or value == usual else write(value)


def _name_of(value: T, known: Mapping[str, T], what: str) -> str:
    for name, named in known.items():
        if named == value:
            return name
    raise CannotBeWritten(f"{what} are none of those that can be referred to: {', '.join(known)}")
