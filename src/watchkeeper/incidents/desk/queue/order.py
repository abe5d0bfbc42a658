"""The order of the queue, and pages of it that start from a place instead of a count.

First what was promised, ran out and is still owed, the oldest first; then what is due, by its due time; then what
has no due time, the oldest first. A page is found by comparison with the last row of the one before, so the
hundredth costs what the first does, and rows that come and go meanwhile shift nothing.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import datetime
from typing import NamedTuple, Self

from django.db.models import Case, DateTimeField, F, IntegerField, Q, Value, When
from django.utils.dateparse import parse_datetime

from watchkeeper.clocks.models import Commitment
from watchkeeper.core.commitments import BREACHED
from watchkeeper.incidents.models import Incident, IncidentQuerySet

OVERDUE, DUE, UNDATED = 0, 1, 2
PAGE = 50


class Place(NamedTuple):
    """Where an incident stands in the queue."""

    rank: int
    stands_at: datetime
    pk: int

    @classmethod
    def of(cls, incident: Incident) -> Self:
        """The place of an incident of an ordered queue."""
        return cls(incident.rank, incident.stands_at, incident.pk)

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


def overdue() -> Q:
    """Of which a promise ran out and what was promised is still owed."""
    owed = Commitment.objects.filter(outcome=BREACHED, done_at__isnull=True)
    return Q(pk__in=owed.values("incident_id"))


def in_order(incidents: IncidentQuerySet) -> IncidentQuerySet:
    """The incidents with their places, in the order of the queue."""
    rank = Case(
        When(overdue(), then=Value(OVERDUE)),
        When(due_at__isnull=False, then=Value(DUE)),
        default=Value(UNDATED),
        output_field=IntegerField(),
    )
    stands_at = Case(When(rank=DUE, then=F("due_at")), default=F("received_at"), output_field=DateTimeField())
    return incidents.annotate(rank=rank).annotate(stands_at=stands_at).order_by("rank", "stands_at", "pk")


def page_of(incidents: IncidentQuerySet, *, after: Place | None = None, before: Place | None = None) -> Page:
    """One page: the first, the one after a place, or the one before it."""
    ordered = in_order(incidents)
    if before is not None:
        found = list(ordered.filter(_comes("lt", before)).reverse()[: PAGE + 1])
        rows = found[:PAGE][::-1]
        return Page(rows, *_around(rows, has_earlier=len(found) > PAGE, has_later=True))
    if after is not None:
        ordered = ordered.filter(_comes("gt", after))
    found = list(ordered[: PAGE + 1])
    rows = found[:PAGE]
    return Page(rows, *_around(rows, has_earlier=after is not None, has_later=len(found) > PAGE))


def _comes(how: str, place: Place) -> Q:
    same_rank = Q(rank=place.rank)
    same_moment = same_rank & Q(stands_at=place.stands_at)
    return (
        Q(**{f"rank__{how}": place.rank})
        | (same_rank & Q(**{f"stands_at__{how}": place.stands_at}))
        | (same_moment & Q(**{f"pk__{how}": place.pk}))
    )


def _around(rows: list[Incident], *, has_earlier: bool, has_later: bool) -> tuple[Place | None, Place | None]:
    if not rows:
        return None, None
    return Place.of(rows[0]) if has_earlier else None, Place.of(rows[-1]) if has_later else None
