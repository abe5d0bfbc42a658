"""The timeline in words: each event with who and when, and where a time that is not the desk's comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from watchkeeper.core import survey
from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.core.standing import BY_TIME
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.models import TEAM_ONLY_KINDS, Event
from watchkeeper.incidents.moment import AT_THE_DESK
from watchkeeper.people.models import Person
from watchkeeper.ui.time_left import METRICS
from watchkeeper.ui.timeline import TimelineEntry

_SOURCES = {"due": "counts from the due time", AT_THE_DESK: ""}
_PASSED = {"goal": "the goal", "1/2": "half of the window", "4/5": "four fifths of the window"}
_CHOSEN_BY = {"account": "chosen by the account’s default", "policy": "chosen by the policy’s default"}


class Names(NamedTuple):
    """The names that an event's data refer to: of severities by the policy, of people by their keys."""

    policy: Policy
    people: Mapping[int, str]

    def severity(self, number: int) -> str:
        return self.policy.severity_numbered(number).name

    def person(self, key: object) -> str:
        return self.people.get(key, "somebody who left") if isinstance(key, int) else "nobody"


@dataclass(frozen=True, slots=True)
class Telling:
    """How a kind of event is told: what was done, the symbol and tone beside it, what is added beneath."""

    what: str | Callable[[Event, Names], str]
    icon: str = "dot"
    tone: str = "quiet"
    detail: Callable[[Event, Names], str] = lambda event, names: str(event.data.get("reason", ""))

    def entry(self, event: Event, names: Names) -> TimelineEntry:
        counts_elsewhere = event.at != event.recorded_at or event.source != AT_THE_DESK
        return TimelineEntry(
            at=event.at,
            what=self.what if isinstance(self.what, str) else self.what(event, names),
            who=Actor(event.side, event.person, event.token).name,
            icon=self.icon,
            tone=self.tone,
            detail=self.detail(event, names),
            recorded_at=event.recorded_at if counts_elsewhere else None,
            source=_SOURCES.get(event.source, f"time from: {event.source}") if counts_elsewhere else "",
            is_internal=event.kind in TEAM_ONLY_KINDS,
        )


def history_of(events: Sequence[Event], *, policy: Policy) -> list[TimelineEntry]:
    """Every event as an entry, in the order given."""
    names = Names(policy, _people_named_in(events))
    return [_TELLINGS[event.kind].entry(event, names) for event in events]


def _people_named_in(events: Sequence[Event]) -> dict[int, str]:
    keys = {event.data.get(name) for event in events for name in ("assignee", "person", "taken_from")}
    return dict(Person.objects.filter(pk__in=keys - {None}).values_list("pk", "name"))


def _reported(event: Event, names: Names) -> str:
    return f"reported this at {names.severity(event.data['severity'])}"


def _why_this_severity(event: Event, names: Names) -> str:
    said = [_CHOSEN_BY.get(event.data.get("severity_from", ""), "")]
    if event.data.get("promise") is None:
        said.append("no entitlement on record")
    return "; ".join(filter(None, said))


def _classified(event: Event, names: Names) -> str:
    if "severity" not in event.data:
        subject = (event.data.get(name) for name in ("product", "component", "environment"))
        return f"said what it is about: {', '.join(filter(None, subject)) or 'nothing in particular'}"
    before, after = event.data["severity_before"], event.data["severity"]
    how = "raised" if after < before else "lowered"
    if "takes_back" in event.data:
        return f"took back the change of severity: {names.severity(after)} again, not {names.severity(before)}"
    return f"{how} the severity from {names.severity(before)} to {names.severity(after)}"


def _dispatched(event: Event, names: Names) -> str:
    if "takes_back" not in event.data:
        return f"dispatched it to {names.person(event.data['assignee'])}"
    back = event.data["assignee"]
    now = f"{names.person(back)} has it again" if back is not None else "it is nobody’s again"
    return f"took back the dispatch to {names.person(event.data['taken_from'])}: {now}"


def _commitment(event: Event) -> str:
    metric = METRICS[event.data["metric"]].lower()
    return metric if event.data["nth"] == 1 else f"{metric} {event.data['nth']}"


def _warned(event: Event, names: Names) -> str:
    passed = [_PASSED.get(name, name) for name in event.data["passed"]]
    return f"warned: {' and '.join(passed)} passed ({_commitment(event)})"


def _breached(event: Event, names: Names) -> str:
    return f"found the promise breached: {_commitment(event)} at {names.severity(event.data['severity'])}"


def _may_be_escalated(event: Event, names: Names) -> str:
    return "the customer may escalate" if event.data["eligible"] else "not eligible for escalation"


def _became_eligible(event: Event, names: Names) -> str:
    why = "it stands so long" if _is_by_time(event) else "its severity was raised"
    return f"made it eligible for escalation: {why}"


def _rung_reached(event: Event, names: Names) -> str:
    about = "it stands so long" if _is_by_time(event) else _commitment(event)
    return f"took step {event.data['rung']} of the ladder: {about}"


def _is_by_time(event: Event) -> bool:
    return (event.data["metric"], event.data["nth"]) == BY_TIME


def _absorbed(event: Event, names: Names) -> str:
    before, after = event.data["severity_before"], event.data["severity"]
    raised = f", and rose to {names.severity(after)}" if after < before else ""
    return f"merged {event.data['younger']} into this{raised}"


def _promise_applied(event: Event, names: Names) -> str:
    how = "let the promise of now replace the earlier ones" if event.data.get("supersedes") else "applied a new promise"
    return f"{how}; the earliest due time holds" if not event.data.get("supersedes") else how


def _left(event: Event, names: Names) -> str:
    if event.data["person"] == event.person_id:
        return "follows it no longer"
    return f"removed {names.person(event.data['person'])} as a participant"


_TELLINGS = {
    t.REPORTED: Telling(_reported, "plus", "info", _why_this_severity),
    t.DISPATCHED: Telling(_dispatched, "assign"),
    t.ACKNOWLEDGED: Telling("acknowledged", "check", "ok"),
    t.REPLIED: Telling("replied", "reply", "info"),
    t.ANSWERED: Telling("answered", "reply"),
    t.ASKED: Telling("asked the customer; updates and resolution stand still", "waiting", "warn"),
    t.NOTED: Telling("wrote a note", "note"),
    t.ATTACHED: Telling("attached a file", "attachment"),
    t.CLASSIFIED: Telling(_classified, "raise"),
    t.RESUMED: Telling("stopped waiting for the customer", "clock"),
    t.ESCALATED: Telling("escalated", "escalate", "breach"),
    t.ESCALATION_JOINED: Telling("joined the escalation", "escalate", "breach"),
    t.ESCALATION_ANSWERED: Telling("answered the escalation", "reply", "ok"),
    t.ESCALATION_ENDED: Telling("ended the escalation", "check", "ok"),
    t.RESOLVED: Telling("resolved it", "resolved", "ok"),
    t.CONFIRMED: Telling("confirmed that it is solved", "check", "ok"),
    t.REOPENED: Telling("reopened it", "refresh", "warn"),
    t.CLOSED: Telling("closed it", "closed"),
    t.WITHDRAWN: Telling("withdrew the report", "minus"),
    t.RECOVERED: Telling("told that the alert recovered", "check"),
    t.MERGED: Telling(lambda event, names: f"merged it into {event.data['into']}", "link"),
    t.ABSORBED: Telling(_absorbed, "link"),
    t.LINKED: Telling(lambda event, names: f"linked it to {event.data['to']}", "link"),
    t.CALL_LOGGED: Telling("logged a call", "phone"),
    t.PROMISE_APPLIED: Telling(_promise_applied, "document", "info"),
    t.EXCLUDED: Telling(lambda event, names: f"left out of attainment: {_commitment(event)}", "minus", "warn"),
    t.TAKEN_BACK: Telling("took it back before it left; it counts for nothing", "undo", "warn"),
    t.REDACTED: Telling("erased something that was said", "lock", "warn"),
    t.JOINED: Telling(lambda event, names: f"added {names.person(event.data['person'])} as a participant", "people"),
    t.LEFT: Telling(_left, "people"),
    t.JOIN_ASKED: Telling("asked to follow it", "people"),
    t.WARNED: Telling(_warned, "bell", "warn"),
    t.BREACHED: Telling(_breached, "breach", "breach", _may_be_escalated),
    t.BECAME_ELIGIBLE: Telling(_became_eligible, "raise", "warn"),
    t.REPORT_PUBLISHED: Telling(
        lambda event, names: f"published the report after the incident, version {event.data['version']}",
        "document",
        "info",
    ),
    t.RATED: Telling(lambda event, names: f"said how it was: {survey.ANSWERS[event.data['score']]}", "check"),
    t.RUNG_REACHED: Telling(_rung_reached, "bell", "warn"),
}
