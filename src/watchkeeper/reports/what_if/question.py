"""What is asked: which terms, over which incidents."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from watchkeeper.incidents.models import Incident, IncidentQuerySet
from watchkeeper.policies.versions import midnight

LEVEL, CALENDAR, VERSION, DRAFT = "level", "calendar", "version", "draft"
KINDS = (LEVEL, CALENDAR, VERSION, DRAFT)

_A_DAY = timedelta(days=1)


class Question(NamedTuple):
    """Terms of a kind, by name; an SLA may be laid over a level. The days are those of the policy's zone, both in it.

    ``account`` is the key of one; ``None`` asks of all that the reader sees.
    """

    kind: str
    name: str
    first_day: date
    last_day: date
    account: int | None = None
    sla_text: str = ""

    def incidents(self, seen: IncidentQuerySet, *, zone: str) -> IncidentQuerySet:
        """Of the incidents that somebody sees, those that are asked of: no tests."""
        starts_at, ends_at = midnight(self.first_day, zone=zone), midnight(self.last_day + _A_DAY, zone=zone)
        asked = seen.in_earnest().filter(received_at__gte=starts_at, received_at__lt=ends_at)
        return asked if self.account is None else asked.filter(account_id=self.account)

    def written(self) -> dict[str, Any]:
        """The question as JSON can keep it."""
        days = {"first_day": self.first_day.isoformat(), "last_day": self.last_day.isoformat()}
        return self._asdict() | days

    @classmethod
    def read_back(cls, written: dict[str, Any]) -> Question:
        days = {name: date.fromisoformat(written[name]) for name in ("first_day", "last_day")}
        return cls(**written | days)


class Chunk(NamedTuple):
    """Some incidents of a question, those with the highest keys first, and from which key on the next are."""

    incidents: list[Incident]
    before: int | None


def chunk(asked: IncidentQuerySet, *, before: int | None, at_most: int) -> Chunk:
    """The next incidents below a key; ``None`` stands for the beginning, and in what is answered for the end."""
    rest = asked if before is None else asked.filter(pk__lt=before)
    found = list(rest.order_by("-pk").only(*_READ)[:at_most])
    return Chunk(found, found[-1].pk if len(found) == at_most else None)


_READ = (
    "reference",
    "account_id",
    "channel",
    "policy_version_id",
    "title",
    "severity",
    "received_at",
)
