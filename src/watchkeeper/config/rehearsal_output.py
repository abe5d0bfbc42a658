"""A rehearsal as text for a terminal, or as one JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from watchkeeper.core.policy import OperatingHours
from watchkeeper.core.rehearsal import Closure, Rehearsal, Window
from watchkeeper.core.rehearsal.words import day_of, moment_of, real_time
from watchkeeper.core.trace import tzdata_version
from watchkeeper.core.zones import local_time


def lines(rehearsal: Rehearsal) -> Iterator[str]:
    """Its odd days, its long closures, and the longest waits of each level."""
    first, last = rehearsal.period.first, rehearsal.period.last
    yield f"{rehearsal.policy.name}, {day_of(first)} {first.year} to {day_of(last)} {last.year}"
    yield from ("", "Odd days")
    for odd in rehearsal.days:
        title = f"{odd.kind}, {odd.name}" if odd.name else odd.kind
        yield f"  {f'{day_of(odd.day)} {odd.day.year}':15}  {title}"
        yield from (f"{'':19}{said}" for said in odd.says)
    if not rehearsal.days:
        yield "  none"
    yield from ("", "Closed for longer than in an ordinary week")
    yield from (f"  {_closure(closure, rehearsal)}" for closure in rehearsal.closures)
    if not rehearsal.closures:
        yield "  never"
    yield from ("", "The longest that a window takes in real time")
    for window in rehearsal.windows:
        yield from _window(window)


def _closure(closure: Closure, rehearsal: Rehearsal) -> str:
    begins, ends = (_moment(at, closure.calendar) for at in (closure.start, closure.end))
    longest = ", the longest" if closure == rehearsal.longest_closure else ""
    said = f"{real_time(closure.length)}, ordinarily at most {real_time(closure.ordinarily)}{longest}"
    return f"{closure.calendar.name}: {begins} to {ends}, {said}"


def _window(window: Window) -> Iterator[str]:
    target, when = window.target, f" ({window.when})" if window.when else ""
    promised = f"{target.metric.replace('_', ' ')} within {target.within}, {target.operating.name}"
    yield f"  {window.level.name}, {window.severity.name}{when}: {promised}"
    if window.longest is None or window.usually is None:
        yield "      it does not pass"
    elif window.is_odd:
        received, due = (_moment(at, target.operating) for at in window.longest)
        length, usually = real_time(window.longest.length), real_time(window.usually)
        yield f"      {window.begins_with} {received}, it ends {due}: {length}; usually at most {usually}"
    else:
        yield f"      at most {real_time(window.longest.length)}, as in an ordinary week"


def _moment(at: datetime, operating: OperatingHours) -> str:
    local = local_time(at, operating.zone)
    return f"{moment_of(local)} {operating.zone_label or operating.zone}"


def as_json(rehearsal: Rehearsal) -> dict[str, Any]:
    """The same as dictionaries, lists and texts; instants in UTC, lengths in seconds."""
    return {
        "policy": rehearsal.policy.name,
        "from": rehearsal.period.first.isoformat(),
        "to": rehearsal.period.last.isoformat(),
        "days": [{**odd._asdict(), "day": odd.day.isoformat()} for odd in rehearsal.days],
        "closures": [_closure_as_json(closure) for closure in rehearsal.closures],
        "windows": [_window_as_json(window) for window in rehearsal.windows],
        "tzdata": tzdata_version(),
    }


def _closure_as_json(closure: Closure) -> dict[str, Any]:
    return {
        "calendar": closure.calendar.name,
        "from": _utc(closure.start),
        "to": _utc(closure.end),
        "seconds": int(closure.length.total_seconds()),
        "ordinarily_seconds": int(closure.ordinarily.total_seconds()),
    }


def _window_as_json(window: Window) -> dict[str, Any]:
    target, longest = window.target, window.longest
    return {
        "level": window.level.key,
        "severity": window.severity.number,
        "severity_key": window.severity.key,
        "severity_name": window.severity.name,
        "metric": target.metric,
        "when": window.when,
        "within": str(target.within),
        "calendar": target.operating.name,
        "begun_at": _utc(longest.received) if longest else None,
        "due_at": _utc(longest.due) if longest else None,
        "seconds": int(longest.length.total_seconds()) if longest else None,
        "usually_seconds": int(window.usually.total_seconds()) if window.usually is not None else None,
    }


def _utc(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
