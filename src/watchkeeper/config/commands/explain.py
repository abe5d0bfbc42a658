"""``watchkeeper explain REF``: what was promised for an incident, and how each deadline was counted."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from watchkeeper.config.commands.desk_words import dated, incident_called
from watchkeeper.core.durations import spelled

if TYPE_CHECKING:
    from watchkeeper.api import shapes
    from watchkeeper.core.policy import Policy
    from watchkeeper.core.promise import Promise


def add_arguments(parser: ArgumentParser) -> None:
    """The reference."""
    parser.add_argument("reference", metavar="REF", help="such as WK-7F3K2Q")
    parser.add_argument("--json", action="store_true", help="promise and commitments as one JSON object")


def run(arguments: Namespace) -> int:
    """Print the explanation. Raises ``NotFound``."""
    from watchkeeper.api import answers
    from watchkeeper.incidents.reading import standing_of
    from watchkeeper.people.wall import for_the_desk
    from watchkeeper.policies.versions import policy_of

    with for_the_desk():
        incident = incident_called(arguments.reference)
        shown = answers.whole(incident, for_the_team=True)
        promises = standing_of(incident).promises
        policy = policy_of(incident.policy_version)
    if arguments.json:
        told = {"reference", "promise", "commitments", "tzdata"}
        print(shown.model_dump_json(indent=2, by_alias=True, include=told))
    else:
        print("\n".join(_as_text(shown, list(promises.values()), policy)))
    return 0


def _as_text(shown: shapes.Incident, promises: list[Promise], policy: Policy) -> Iterator[str]:
    yield f"{shown.reference}  {shown.severity.name}, received {dated(shown.received_at, policy)}"
    for promise in promises:
        yield f"  promised {promise.level.name} of {promise.policy.name}, version {shown.promise.policy_version}"
        yield from _sla(promise)
    if not shown.commitments:
        yield f"  {shown.promise.reason}"
    for made in shown.commitments:
        yield ""
        yield from _commitment(made, policy)
    yield ""
    yield f"Local times by tzdata {shown.tzdata}."


def _sla(promise: Promise) -> Iterator[str]:
    if promise.sla is None:
        return
    yield f"  with the SLA {promise.sla.name}, which changes:"
    for change in promise.changes:
        severity = promise.policy.severity_numbered(change.severity)
        before = change.level_says.within if change.level_says else "nothing"
        now = change.sla_says.within if change.sla_says else "nothing"
        yield f"    {change.metric}, {severity.name}: {now} instead of {before}"


def _commitment(made: shapes.Commitment, policy: Policy) -> Iterator[str]:
    why = f" ({made.reason})" if made.reason else ""
    yield f"{made.metric} {made.nth}, {made.severity.name}: {made.outcome}{why}"
    for stretch in made.explanation:
        counted = spelled(timedelta(seconds=stretch.counted_seconds)) if stretch.counted_seconds else stretch.reason
        yield f"  {dated(stretch.from_at, policy)} – {dated(stretch.to_at, policy)}  {counted}"
    yield f"  {made.trace}"
    if made.done_at is not None:
        yield f"  done {dated(made.done_at, policy)}"
