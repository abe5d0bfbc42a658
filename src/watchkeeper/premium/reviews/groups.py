"""What a person makes of the groups that were found: names them, puts two together, says that one is none."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext

from watchkeeper.people import access, clock
from watchkeeper.people.models import Person
from watchkeeper.premium.models import IncidentGroup, ServiceReview
from watchkeeper.premium.reviews.history import record
from watchkeeper.premium.reviews.words import hold_open


class NotTogether(Exception):
    """Two groups that cannot be merged; the message says why."""


def rename(group: IncidentGroup, name: str, *, by: Person) -> IncidentGroup:
    """Call a group by a person's words; by none, as it was suggested again. Raises ``Closed``."""
    access.require(by, "write review")
    with transaction.atomic():
        review, held = _held(group)
        was, held.name = str(held), " ".join(name.split())
        if str(held) != was:
            held.save(update_fields=["name"])
            record(review, "group renamed", at=clock.now(), by=by, about=f"{was} → {held}")
    return held


def merge(group: IncidentGroup, *, into: IncidentGroup, by: Person) -> IncidentGroup:
    """Let a group, with what was merged into it, stand in another one of its review. Raises ``NotTogether``."""
    access.require(by, "write review")
    with transaction.atomic():
        review, held = _held(group)
        other = IncidentGroup.objects.select_for_update().get(pk=into.pk)
        if other.review_id != held.review_id or other.pk == held.pk or not other.stands or not held.stands:
            raise NotTogether(
                gettext(
                    "{one} and {other} cannot be put together: both must be groups that stand in this review."
                ).format(one=held, other=other)
            )
        held.into = other
        held.save(update_fields=["into"])
        held.merged.update(into=other)
        record(review, "groups merged", at=clock.now(), by=by, about=f"{held} → {other}")
    return other


def drop(group: IncidentGroup, *, by: Person) -> IncidentGroup:
    """Say that a group has no one cause: the customer does not read of it."""
    access.require(by, "write review")
    with transaction.atomic():
        review, held = _held(group)
        if held.stands:
            now = clock.now()
            held.dropped_at = now
            held.save(update_fields=["dropped_at"])
            record(review, "group dropped", at=now, by=by, about=str(held))
    return held


def put_back(group: IncidentGroup, *, by: Person) -> IncidentGroup:
    """Undo a dropping or a merging: the group stands by itself again."""
    access.require(by, "write review")
    with transaction.atomic():
        review, held = _held(group)
        if not held.stands:
            held.dropped_at = held.into = None
            held.save(update_fields=["dropped_at", "into"])
            record(review, "group put back", at=clock.now(), by=by, about=str(held))
    return held


def _held(group: IncidentGroup) -> tuple[ServiceReview, IncidentGroup]:
    """The review, open and locked, and the group as it is under that lock."""
    review = hold_open(group.review)
    return review, IncidentGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
