"""What of the queue is asked for: read from the address, so that a view of the queue can be kept and shared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Q
from django.http import QueryDict

from watchkeeper.core import lifecycle
from watchkeeper.incidents import urgency
from watchkeeper.incidents.models import IncidentQuerySet
from watchkeeper.incidents.search import found
from watchkeeper.people.models import Person

OPEN = ""
ANY = "any"
ME = "me"
NOBODY = "nobody"
NO_LEVEL = "none"
BREACHED = "breached"
OWED = "owed"
ESCALATED = "escalated"
TEST = "test"
MARKS = (OWED, BREACHED, ESCALATED, TEST)
_LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means: do not narrow; of ``state`` it means open. What an address says that nobody offers is dropped."""

    q: str = ""
    state: str = OPEN
    severity: str = ""
    level: str = ""
    account: str = ""
    owner: str = ""
    mark: str = ""

    @classmethod
    def asked_by(cls, query: QueryDict) -> Self:
        """The filters of an address."""
        said = {name: query.get(name, "").replace("\0", "").strip()[:200] for name in cls.__slots__}
        if said["state"] not in (*lifecycle.STATES, ANY):
            said["state"] = OPEN
        if not _is_number(said["severity"], 32_767):
            said["severity"] = ""
        if said["owner"] not in (ME, NOBODY) and not _is_number(said["owner"], _LARGEST_KEY):
            said["owner"] = ""
        if said["mark"] not in MARKS:
            said["mark"] = ""
        return cls(**said)

    def narrow(self, incidents: IncidentQuerySet, *, person: Person) -> IncidentQuerySet:
        """Of these incidents those asked for."""
        if self.state == OPEN:
            incidents = incidents.open()
        elif self.state != ANY:
            incidents = incidents.filter(state=self.state)
        if self.severity:
            incidents = incidents.filter(severity=int(self.severity))
        if self.account:
            incidents = incidents.filter(account__slug=self.account)
        if self.level:
            incidents = incidents.filter(level="" if self.level == NO_LEVEL else self.level)
        narrowing = self._owned_by(person), self._marked(), self._in_earnest(), found(self.q, reader=person)
        return incidents.filter(*narrowing)

    def but(self, **changes: str) -> str:
        """The address of the queue with some filters changed."""
        changed = replace(self, **changes)
        query = QueryDict(mutable=True)
        query.update({name: value for name in self.__slots__ if (value := getattr(changed, name))})
        return f"?{query.urlencode()}" if query else "?"

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the open ones is asked for."""
        return self != type(self)()

    def _owned_by(self, person: Person) -> Q:
        if self.owner == ME:
            return Q(assignee=person)
        if self.owner == NOBODY:
            return Q(assignee__isnull=True)
        return Q(assignee_id=int(self.owner)) if self.owner else Q()

    def _marked(self) -> Q:
        if self.mark == OWED:
            return Q(queue_rank=urgency.OWED)
        if self.mark == BREACHED:
            return Q(is_breached=True)
        return Q(is_escalated=True) if self.mark == ESCALATED else Q()

    def _in_earnest(self) -> Q:
        """Tests are found by words, and where they are asked for."""
        if self.mark == TEST:
            return Q(is_test=True)
        return Q() if self.q else Q(is_test=False)


def _is_number(written: str, largest: int) -> bool:
    return written.isascii() and written.isdigit() and len(written) < 20 and int(written) <= largest
