"""``watchkeeper deadline --level LEVEL --severity N --at INSTANT``: when a report must be acknowledged, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from watchkeeper.config.cannot_run import CommandError
from watchkeeper.config.policy_source import policy_named
from watchkeeper.core import trace
from watchkeeper.core.at_receipt import Terms
from watchkeeper.core.circumstances import COMPARED, Circumstances
from watchkeeper.core.clock import NeverDue, OutsideTheCalendar
from watchkeeper.core.explanation import Stretch
from watchkeeper.core.policy import (
    ACKNOWLEDGEMENT,
    PROMISED_METRICS,
    Level,
    Policy,
    Severity,
    Target,
    UnknownLevel,
    UnknownSeverity,
    better_level,
)
from watchkeeper.core.policy_file.countries import UnknownCountry, holidays_of
from watchkeeper.core.zones import UnknownZone, zone


class Deadline(NamedTuple):
    """What a level promises for one report; without a target the severity is outside the level."""

    level: Level
    severity: Severity
    opened_at: datetime
    metric: str
    target: Target | None
    starts_at: datetime | None = None
    goal_at: datetime | None = None
    due_at: datetime | None = None
    stretches: tuple[Stretch, ...] = ()


def add_arguments(parser: ArgumentParser) -> None:
    """The level, the severity and the instant; the policy where it is not the shipped one."""
    parser.add_argument("--level", required=True, metavar="LEVEL", help="break-fix, advanced or premium as shipped")
    parser.add_argument("--severity", required=True, metavar="N", help="number or name, as 1 or Critical")
    parser.add_argument("--at", required=True, metavar="INSTANT", help="ISO 8601 with offset: 2026-03-06T16:30-06:00")
    parser.add_argument("--metric", default=ACKNOWLEDGEMENT, choices=PROMISED_METRICS, help="what is promised")
    for name in (*COMPARED, "customer-zone", "customer-place"):
        parser.add_argument(f"--{name}", default="", metavar=name.upper(), help=f"the {name.replace('-', ' ')}")
    parser.add_argument("--policy", metavar="FILE", help="a policy file instead of the shipped one")
    parser.add_argument("--json", action="store_true", help="one JSON object, its times in UTC")


def run(arguments: Namespace) -> int:
    """Print the deadline. Raises ``CommandError`` for what no deadline can be told for."""
    opened_at = instant(arguments.at)
    policy = policy_named(arguments.policy)
    try:
        level, severity = policy.level(arguments.level), policy.severity(arguments.severity)
        told = _circumstances(arguments)
        deadline = deadline_of(policy, level, severity, opened_at, arguments.metric, told)
        better = better_level(policy, severity.number, arguments.metric) if deadline.target is None else None
        offered = deadline_of(policy, better, severity, opened_at, arguments.metric, told) if better else None
    except (UnknownLevel, UnknownSeverity, UnknownZone, UnknownCountry, NeverDue, OutsideTheCalendar) as error:
        raise CommandError(str(error)) from None
    if arguments.json:
        import json

        print(json.dumps(_as_json(deadline, offered), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_as_text(deadline, offered, policy)))
    return 0


def instant(written: str) -> datetime:
    """An ISO 8601 time with its offset, in UTC. Raises ``CommandError``."""
    example = "write 2026-03-06T16:30-06:00 or 2026-03-06T22:30Z"
    try:
        given = datetime.fromisoformat(written.strip())
    except ValueError:
        raise CommandError(f'"{written}" is not an ISO 8601 time; {example}') from None
    if given.tzinfo is None:
        raise CommandError(f'"{written}" has no offset from UTC, so it could be many instants; {example}')
    try:
        return given.astimezone(UTC)
    except OverflowError:
        raise CommandError(f'"{written}" lies outside the calendar; {example}') from None


def _circumstances(arguments: Namespace) -> Circumstances:
    """What is known of the report and its customer. Raises ``UnknownZone``."""
    if arguments.customer_zone:
        zone(arguments.customer_zone)
    named = {name: getattr(arguments, name) for name in COMPARED}
    return Circumstances(**named, zone=arguments.customer_zone, place=arguments.customer_place)


def deadline_of(
    policy: Policy, level: Level, severity: Severity, opened_at: datetime, metric: str, told: Circumstances
) -> Deadline:
    """What ``level`` promises for a report of this severity received at ``opened_at``, in these circumstances.

    A clock that begins later than the receipt is counted as if that happened at ``opened_at`` too.
    """
    holidays = holidays_of(told.place).days if told.place and "place" in policy.looks_at else ()
    target = Terms(policy, level, None, told, holidays).given_at(opened_at).target(metric, severity.number)
    if target is None:
        return Deadline(level, severity, opened_at, metric, None)
    hours = target.operating.hours
    due_at = target.within.due_at(hours, opened_at)
    return Deadline(
        level,
        severity,
        opened_at,
        metric,
        target,
        target.within.starts_at(hours, opened_at),
        target.goal_at(opened_at, due_at),
        due_at,
        target.within.explain(hours, opened_at, due_at),
    )


def _as_json(deadline: Deadline, offered: Deadline | None) -> dict[str, Any]:
    said = {
        "level": deadline.level.key,
        "severity": deadline.severity.number,
        "severity_key": deadline.severity.key,
        "severity_name": deadline.severity.name,
        "metric": deadline.metric,
        "covered": deadline.target is not None,
        "opened_at": _utc(deadline.opened_at),
        "starts_at": _utc(deadline.starts_at),
        "goal_at": _utc(deadline.goal_at),
        "due_at": _utc(deadline.due_at),
        "explanation": [
            {
                "from": _utc(stretch.start),
                "to": _utc(stretch.end),
                "counted_seconds": _number(stretch.counted.total_seconds()),
                "reason": stretch.reason,
            }
            for stretch in deadline.stretches
        ],
        "tzdata": trace.tzdata_version(),
    }
    if offered is not None:
        said["covered_by"] = {"level": offered.level.key, "due_at": _utc(offered.due_at)}
    return said


def _utc(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")


def _number(seconds: float) -> float:
    return int(seconds) if seconds == int(seconds) else seconds


def _as_text(deadline: Deadline, offered: Deadline | None, policy: Policy) -> Iterator[str]:
    severity = f"{deadline.severity.key} {deadline.severity.name}"
    if deadline.target is None or deadline.due_at is None:
        yield f"{deadline.level.name} makes no promise for severity {severity}: it is outside the level."
        if offered is not None and offered.due_at is not None:
            does = "acknowledge" if offered.metric == ACKNOWLEDGEMENT else "promise it"
        yield f"{offered.level.name} would {does} by {_dated(offered.due_at, policy)}."
        return
    target = deadline.target
    hours = f"{target.operating.name} hours"
    metric = target.metric.replace("_", " ")
    yield f"{deadline.level.name}, severity {severity}: {metric} within {target.within}, {hours}"
    yield f"  received  {_dated(deadline.opened_at, policy)}"
    if deadline.starts_at != deadline.opened_at and deadline.starts_at is not None:
        yield f"  starts    {_dated(deadline.starts_at, policy)}"
    if deadline.goal_at is not None:
        yield f"  goal      {_dated(deadline.goal_at, policy)}"
    yield f"  due       {_dated(deadline.due_at, policy)}"
    yield f"  {trace.line(deadline.stretches, policy.zone, policy.zone_label)}"


def _dated(at: datetime, policy: Policy) -> str:
    """``Mon 9 Mar 2026 15:30 CT (2026-03-09T20:30:00Z)``."""
    local = at.astimezone(zone(policy.zone))
    label = policy.zone_label or local.tzname()
    clock = local.time().isoformat("auto" if local.second or local.microsecond else "minutes")
    return f"{local:%a} {local.day} {local:%b %Y} {clock} {label} ({_utc(at)})"
