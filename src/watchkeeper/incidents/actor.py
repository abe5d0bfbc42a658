"""Who acts: a person, a machine's token, or Watchkeeper itself."""

from __future__ import annotations

from dataclasses import dataclass

from watchkeeper.incidents.models import Event
from watchkeeper.people.models import MachineToken, Person


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
        return self.token.name if self.token is not None else "Watchkeeper"


WATCHKEEPER = Actor(Event.Side.WATCHKEEPER)
