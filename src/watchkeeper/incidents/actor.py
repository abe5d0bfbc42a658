"""Who acts: a person, a machine's token, or Watchkeeper itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from watchkeeper.incidents.models import Event
from watchkeeper.people.models import MachineToken, Person

_PEOPLES_SIDES = frozenset({Event.Side.CUSTOMER, Event.Side.TEAM})
"""Sides on which a person acts. Where none is named, it was somebody whom another desk's log does not name."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts on an incident, and on which side."""

    side: str
    person: Person | None = None
    token: MachineToken | None = None

    @classmethod
    def of(cls, person: Person) -> Actor:
        return cls(Event.Side.CUSTOMER if person.is_customer else Event.Side.TEAM, person=person)

    @classmethod
    def machine(cls, token: MachineToken) -> Actor:
        return cls(Event.Side.MACHINE, token=token)

    @property
    def name(self) -> str:
        if self.person is not None:
            return self.person.name
        if self.token is not None:
            return self.token.name
        return gettext("another desk") if self.side in _PEOPLES_SIDES else "Watchkeeper"


WATCHKEEPER = Actor(Event.Side.WATCHKEEPER)
