"""``watchkeeper rebuild``: make every copied row equal what the timelines and promises say, and show what differed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watchkeeper.incidents.models import Incident
    from watchkeeper.incidents.reading import Standing

EQUAL, DIFFERENT = 0, 1


def add_arguments(parser: ArgumentParser) -> None:
    """Whether to write."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where anything differs")


def run(arguments: Namespace) -> int:
    """Print every difference, a line each, and how many incidents were read."""
    from watchkeeper.incidents.models import Incident
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        numbers = list(Incident.objects.order_by("pk").values_list("pk", flat=True))
    found = 0
    for number in numbers:
        for line in _rebuilt(number, writes=not arguments.check):
            print(line)
            found += 1
    done = "found" if arguments.check else "put right"
    print(f"{len(numbers)} incidents, {found} differences{f' {done}' if found else ''}")
    return DIFFERENT if found and arguments.check else EQUAL


def _rebuilt(number: int, *, writes: bool) -> list[str]:
    """The differences of one incident, in a transaction of its own; put right where it ``writes``."""
    from watchkeeper.clocks import rows
    from watchkeeper.incidents import flow
    from watchkeeper.incidents.models import Incident
    from watchkeeper.incidents.reading import standing_of
    from watchkeeper.people import clock
    from watchkeeper.people.wall import for_the_desk

    with for_the_desk():
        locked = Incident.objects.select_for_update(of=("self",)).select_related("account", "policy_version")
        incident = locked.get(pk=number)
        standing = standing_of(incident)
        look_again_at = _look_again_at(incident, standing, clock.now())
        differences = [
            *_of_the_incident(incident, flow.copies(standing, look_again_at)),
            *_of_the_commitments(incident, standing),
            *_outside_the_level(incident, standing),
        ]
        if differences and writes:
            rows.forget_unexplained(flow.computed(incident, standing))
            rows.make_equal([flow.computed(incident, standing)])
            flow.make_equal([(incident, flow.copies(standing, look_again_at))])
    return differences


def _look_again_at(incident: Incident, standing: Standing, now: datetime) -> datetime | None:
    """When the watcher must look; what it is about to look at anyway is left as it is."""
    from watchkeeper.incidents import flow

    if incident.look_again_at is not None and incident.look_again_at <= now:
        return incident.look_again_at
    plan = flow.plan_of(incident, standing, now)
    return now if plan.steps else plan.look_again_at


def _of_the_incident(incident: Incident, copies: dict[str, Any]) -> Iterator[str]:
    for name, computed in copies.items():
        yield from _difference(incident.reference, name, getattr(incident, name), computed)


def _of_the_commitments(incident: Incident, standing: Standing) -> Iterator[str]:
    from watchkeeper.clocks import rows
    from watchkeeper.clocks.models import Commitment
    from watchkeeper.incidents import flow

    kept = {(row.metric, row.nth): row for row in Commitment.objects.of_incident(incident.pk)}
    for computed in standing.commitments:
        place = f"{incident.reference} {computed.metric} {computed.nth}"
        row = kept.get((computed.metric, computed.nth))
        if row is None:
            yield f"{place}: has no row"
            continue
        expected = rows.row_of(flow.computed(incident, standing), computed)
        for name in rows.COPIED:
            yield from _difference(place, name, getattr(row, name), getattr(expected, name))
    for row in rows.unexplained(incident.pk, standing.commitments):
        yield f"{incident.reference} {row.metric} {row.nth}: has a row that no event explains"


def _outside_the_level(incident: Incident, standing: Standing) -> Iterator[str]:
    from watchkeeper.clocks import rows
    from watchkeeper.clocks.models import OutsideTheLevel
    from watchkeeper.incidents import flow

    place = f"{incident.reference} outside the level"
    row = OutsideTheLevel.objects.filter(incident_id=incident.pk).first()
    expected = next(rows.outside(flow.computed(incident, standing)), None)
    if row is not None and expected is not None:
        for name in rows.COPIED_OUTSIDE:
            yield from _difference(place, name, getattr(row, name), getattr(expected, name))
    elif row is not None:
        yield f"{place}: has a row that no event explains"
    elif expected is not None:
        yield f"{place}: has no row"


def _difference(place: str, name: str, kept: object, computed: object) -> Iterator[str]:
    if kept != computed:
        yield f"{place}: {name} is {_said(kept)}, the timeline says {_said(computed)}"


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else repr(value)
