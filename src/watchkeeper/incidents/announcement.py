"""What is called out when an incident changed: it wakes the watchers, and the pages that show the incident.

It names the incident and its account by their keys and says nothing of what happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from watchkeeper.core import timeline as t
from watchkeeper.incidents.models import TEAM_ONLY_KINDS, Incident

CHANNEL = "watchkeeper_incident"
MEETINGS = "watchkeeper_presence"
"""Where it is called out that somebody came, left or began to write: the watchers need not wake for that."""

CHANGES_NOTHING_FOR_CUSTOMERS = TEAM_ONLY_KINDS - {t.DISPATCHED, t.BECAME_ELIGIBLE, t.EXCLUDED}
"""Events that a customer must not notice. Of the team's own business the customer's page shows who has an incident,
whether it may be escalated, and what was left out, which may be contested."""


class Announcement(NamedTuple):
    """One incident that changed. ``is_for_customers``: whether a customer's page can look different now."""

    incident: int
    account: int
    is_for_customers: bool

    @classmethod
    def of(cls, incident: Incident, kinds: Iterable[str]) -> Announcement:
        """That events of these kinds were appended to the incident."""
        return cls(incident.pk, incident.account_id, not CHANGES_NOTHING_FOR_CUSTOMERS.issuperset(kinds))

    @classmethod
    def read(cls, payload: str) -> Announcement | None:
        """What was called out; nothing where somebody only woke the watchers."""
        match payload.split():
            case [incident, account, ("all" | "team") as whom] if incident.isdigit() and account.isdigit():
                return cls(int(incident), int(account), whom == "all")
        return None

    @property
    def written(self) -> str:
        return f"{self.incident} {self.account} {'all' if self.is_for_customers else 'team'}"


class Meeting(NamedTuple):
    """That others came to an incident, left it or began to write there; for the people who have it open."""

    incident: int
    account: int
    people: frozenset[int]
    is_for_customers: bool = False

    @classmethod
    def read(cls, payload: str) -> Meeting | None:
        """What was called out; nothing where it is no meeting."""
        match payload.split():
            case [incident, account, people] if incident.isdigit() and account.isdigit():
                keys = people.split(",")
                if all(key.isdigit() for key in keys):
                    return cls(int(incident), int(account), frozenset(map(int, keys)))
        return None

    @property
    def written(self) -> str:
        return f"{self.incident} {self.account} {','.join(map(str, sorted(self.people)))}"


Heard = Announcement | Meeting


def call_out(meeting: Meeting) -> None:
    """Call out a meeting when this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [MEETINGS, meeting.written])


def announce(announcements: Iterable[Announcement]) -> None:
    """Call them out when this transaction commits, and not at all when it does not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_notify(%s, called) from unnest(%s::text[]) as called",
            [CHANNEL, [announcement.written for announcement in announcements]],
        )


def to_listen_with() -> dict[str, Any]:
    """The parameters of a connection of one's own to the desk's database: one of the pool could not be kept."""
    parameters = connection.get_connection_params()
    return {key: value for key, value in parameters.items() if key not in ("pool", "cursor_factory", "context")}
