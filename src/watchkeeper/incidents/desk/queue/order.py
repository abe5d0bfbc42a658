"""Pages of the queue that start from a place instead of a count.

A page is found by comparison with the last row of the one before, so the hundredth costs what the first does, and
rows that come and go meanwhile shift nothing.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import datetime
from typing import NamedTuple, Self

from django.db.models import F, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.dateparse import parse_datetime

from watchkeeper.incidents.models import Incident, IncidentQuerySet

PAGE = 50
MOST = 300
"""As many rows are fetched anew at once, of a page to which later ones were appended."""


class Place(NamedTuple):
    """Where an incident stands in the queue."""

    rank: int
    stands_at: datetime
    pk: int

    @classmethod
    def of(cls, incident: Incident) -> Self:
        """The place of an incident of an ordered queue."""
        return cls(incident.queue_rank, incident.stands_at, incident.pk)

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The place an address names; ``None`` where it names none."""
        try:
            rank, stands_at, pk = json.loads(urlsafe_b64decode(written.encode()))
            at = parse_datetime(stands_at)
        except (ValueError, TypeError, NotBase64):
            return None
        if at is None or at.tzinfo is None or type(rank) is not int or type(pk) is not int or abs(pk) > 2**62:
            return None
        return cls(rank, at, pk)

    def written(self) -> str:
        """The place for an address."""
        plain = json.dumps([self.rank, self.stands_at.isoformat(), self.pk], separators=(",", ":"))
        return urlsafe_b64encode(plain.encode()).decode()


class Page(NamedTuple):
    """Some incidents in the queue's order, and the places from which the pages around them are found."""

    incidents: list[Incident]
    before: Place | None
    after: Place | None


def page_of(
    incidents: IncidentQuerySet, *, after: Place | None = None, before: Place | None = None, rows: int = PAGE
) -> Page:
    """One page of so many rows: the first, the one after a place, or the one before it."""
    ordered = incidents.by_urgency()
    if before is not None:
        found = list(ordered.filter(_comes(TupleLessThan, before)).reverse()[: rows + 1])
        shown = found[:rows][::-1]
        return Page(shown, *_around(shown, has_earlier=len(found) > rows, has_later=True))
    if after is not None:
        ordered = ordered.filter(_comes(TupleGreaterThan, after))
    found = list(ordered[: rows + 1])
    shown = found[:rows]
    return Page(shown, *_around(shown, has_earlier=after is not None, has_later=len(found) > rows))


def rows_asked_for(written: str) -> int:
    """How many rows an address asks for: a page of them, or more where later ones were appended."""
    return min(max(PAGE, int(written)), MOST) if written.isascii() and written.isdigit() and len(written) < 5 else PAGE


def _comes(how: type[TupleGreaterThan] | type[TupleLessThan], place: Place) -> TupleGreaterThan | TupleLessThan:
    """That an incident comes after or before a place: the row is compared as a whole, as the index holds it."""
    return how(Tuple(F("queue_rank"), F("stands_at"), F("pk")), tuple(map(Value, place)))


def _around(rows: list[Incident], *, has_earlier: bool, has_later: bool) -> tuple[Place | None, Place | None]:
    if not rows:
        return None, None
    return Place.of(rows[0]) if has_earlier else None, Place.of(rows[-1]) if has_later else None
