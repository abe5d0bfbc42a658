"""What the timeline says of an incident in a few lines: what a report begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext

from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import Event
from watchkeeper.ui.moments import DeskZone, written
from watchkeeper.ui.time_left import METRICS


class Milestone(NamedTuple):
    """What happened, and when, in the zone of the policy."""

    at: datetime
    when: str
    what: str


def record_of(events: Iterable[Event], policy: Policy) -> list[Milestone]:
    """The milestones among events, which come in the order they were recorded."""
    desk = DeskZone(policy.zone, policy.zone_label or policy.zone)
    found = []
    is_acknowledged = False
    for event in events:
        if event.kind in t.TEAM_SPOKE and not is_acknowledged:
            is_acknowledged = True
            found.append((event.at, _by(gettext("Acknowledged by {person}"), event)))
        tell = _TOLD.get(event.kind)
        if tell is not None and (what := tell(event, policy)):
            found.append((event.at, what))
    return [Milestone(at, _when(at, desk), what) for at, what in sorted(found, key=lambda each: each[0])]


def as_markdown(record: Iterable[Milestone]) -> str:
    """The record as a list to go on writing in."""
    return "\n".join(f"- {each.when}: {each.what}" for each in record)


def _when(at: datetime, desk: DeskZone) -> str:
    return f"{written(at, 'day', desk)}, {written(at, 'clock', desk)} {desk.label}"


def _who(event: Event) -> str:
    return Actor(event.side, event.person, event.token).name


def _by(words: str, event: Event) -> str:
    return words.format(person=_who(event))


def _reported(event: Event, policy: Policy) -> str:
    severity = policy.severity_numbered(event.data["severity"]).name
    return gettext("Received from {person} at {severity}").format(person=_who(event), severity=severity)


def _classified(event: Event, policy: Policy) -> str:
    before, after = event.data.get("severity_before"), event.data.get("severity")
    if after is None or before == after:
        return ""
    is_raised, names = after < before, [policy.severity_numbered(number).name for number in (before, after)]
    words = (
        gettext("Severity raised from {old} to {new}") if is_raised else gettext("Severity lowered from {old} to {new}")
    )
    return words.format(old=names[0], new=names[1])


def _replied(event: Event, _policy: Policy) -> str:
    reached = event.data.get("reached")
    return gettext("{metric} reached").format(metric=METRICS[reached]) if reached else ""


def _breached(event: Event, _policy: Policy) -> str:
    return gettext("{metric}: the promised time passed").format(metric=METRICS[event.data["metric"]])


_TOLD: dict[str, Callable[[Event, Policy], str]] = {
    t.REPORTED: _reported,
    t.CLASSIFIED: _classified,
    t.ABSORBED: _classified,
    t.REPLIED: _replied,
    t.BREACHED: _breached,
    t.ESCALATED: lambda event, _policy: _by(gettext("Escalated by {person}"), event),
    t.ESCALATION_ANSWERED: lambda event, _policy: _by(gettext("Escalation answered by {person}"), event),
    t.ESCALATION_ENDED: lambda event, _policy: gettext("Escalation ended"),
    t.RESOLVED: lambda event, _policy: _by(gettext("Resolved by {person}"), event),
    t.RECOVERED: lambda event, _policy: gettext("The alert recovered"),
    t.REOPENED: lambda event, _policy: _by(gettext("Reopened by {person}"), event),
    t.CONFIRMED: lambda event, _policy: _by(gettext("Confirmed as solved by {person}"), event),
    t.CLOSED: lambda event, _policy: gettext("Closed"),
}
