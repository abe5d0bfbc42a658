"""The timeline in words: each event with who and when, and where a time that is not the desk's comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any, NamedTuple

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from watchkeeper.core import survey
from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.core.standing import BY_TIME
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.disputed import subject_in, subject_said
from watchkeeper.incidents.importing import SOURCE
from watchkeeper.incidents.in_words import reason_said
from watchkeeper.incidents.models import TEAM_ONLY_KINDS, Event
from watchkeeper.incidents.moment import AT_THE_DESK
from watchkeeper.people.models import Person
from watchkeeper.ui.time_left import metric_in_a_sentence
from watchkeeper.ui.timeline import TimelineEntry
from watchkeeper.ui.translated import translated

_SOURCES = {
    AT_THE_DESK: "",
    "due": gettext_lazy("counts from the due time"),
    "mail": gettext_lazy("counts from when the mail arrived"),
    "quarantine": gettext_lazy("counts from when the mail arrived, which waited for a person"),
    SOURCE: gettext_lazy("counts from when another desk’s log says it was"),
}
_PASSED = {
    "goal": gettext_lazy("the goal"),
    "1/2": gettext_lazy("half of the window"),
    "4/5": gettext_lazy("four fifths of the window"),
}
_CHOSEN_BY = {
    "account": gettext_lazy("chosen by the account’s default"),
    "policy": gettext_lazy("chosen by the policy’s default"),
    SOURCE: gettext_lazy("as another desk’s log says"),
}


class Names(NamedTuple):
    """The names that an event's data refer to: of severities by the policy, of people by their keys."""

    policy: Policy
    people: Mapping[int, str]

    def severity(self, number: int) -> str:
        return self.policy.severity_numbered(number).name

    def person(self, key: object) -> str:
        return self.people.get(key, gettext("somebody who left")) if isinstance(key, int) else gettext("nobody")


@dataclass(frozen=True, slots=True)
class Telling:
    """How a kind of event is told: what was done, the symbol and tone beside it, what is added beneath."""

    what: Any
    icon: str = "dot"
    tone: str = "quiet"
    detail: Callable[[Event, Names], str] = lambda event, names: reason_said(str(event.data.get("reason", "")))

    def entry(self, event: Event, names: Names) -> TimelineEntry:
        counts_elsewhere = event.at != event.recorded_at or event.source != AT_THE_DESK
        return TimelineEntry(
            at=event.at,
            what=self.what(event, names) if isinstance(self.what, FunctionType) else str(self.what),
            who=Actor(event.side, event.person, event.token).name,
            icon=self.icon,
            tone=self.tone,
            detail=self.detail(event, names),
            recorded_at=event.recorded_at if counts_elsewhere else None,
            source=_source(event.source) if counts_elsewhere else "",
            is_internal=event.kind in TEAM_ONLY_KINDS,
        )


def _source(name: str) -> str:
    return str(_SOURCES[name]) if name in _SOURCES else gettext("time from: {source}").format(source=name)


def history_of(events: Sequence[Event], *, policy: Policy) -> list[TimelineEntry]:
    """Every event as an entry, in the order given."""
    names = Names(policy, _people_named_in(events))
    return [_TELLINGS[event.kind].entry(event, names) for event in events]


def _people_named_in(events: Sequence[Event]) -> dict[int, str]:
    keys = {event.data.get(name) for event in events for name in ("assignee", "person", "taken_from")}
    return dict(Person.objects.filter(pk__in=keys - {None}).values_list("pk", "name"))


def _reported(event: Event, names: Names) -> str:
    return gettext("reported this at {severity}").format(severity=names.severity(event.data["severity"]))


def _why_this_severity(event: Event, names: Names) -> str:
    said = [str(_CHOSEN_BY.get(event.data.get("severity_from", ""), ""))]
    if event.data.get("promise") is None:
        said.append(gettext("no entitlement on record"))
    if event.data.get("is_assumed"):
        said.append(gettext("no entitlement was on record then, and this promise was assumed"))
    if "imported" in event.data:
        words = gettext("{key} at {source}, line {line} of {file}")
        said.append(words.format(**event.data["imported"]))
    return "; ".join(filter(None, said))


def _classified(event: Event, names: Names) -> str:
    if "severity" not in event.data:
        subject = ", ".join(filter(None, (event.data.get(name) for name in ("product", "component", "environment"))))
        return gettext("said what it is about: {subject}").format(subject=subject or gettext("nothing in particular"))
    before, after = event.data["severity_before"], event.data["severity"]
    if "takes_back" in event.data:
        words = gettext("took back the change of severity: {after} again, not {before}")
    elif after < before:
        words = gettext("raised the severity from {before} to {after}")
    else:
        words = gettext("lowered the severity from {before} to {after}")
    return words.format(before=names.severity(before), after=names.severity(after))


def _dispatched(event: Event, names: Names) -> str:
    assignee = event.data["assignee"]
    if "takes_back" not in event.data:
        return gettext("dispatched it to {person}").format(person=names.person(assignee))
    taken_from = names.person(event.data["taken_from"])
    if assignee is None:
        return gettext("took back the dispatch to {person}: it is nobody’s again").format(person=taken_from)
    words = gettext("took back the dispatch to {person}: {before} has it again")
    return words.format(person=taken_from, before=names.person(assignee))


def _commitment(event: Event) -> str:
    metric = metric_in_a_sentence(event.data["metric"])
    return metric if event.data["nth"] == 1 else f"{metric} {event.data['nth']}"


def _warned(event: Event, names: Names) -> str:
    passed = gettext(" and ").join(str(_PASSED.get(name, name)) for name in event.data["passed"])
    return gettext("warned: {passed} passed ({commitment})").format(passed=passed, commitment=_commitment(event))


def _breached(event: Event, names: Names) -> str:
    words = gettext("found the promise breached: {commitment} at {severity}")
    return words.format(commitment=_commitment(event), severity=names.severity(event.data["severity"]))


def _may_be_escalated(event: Event, names: Names) -> str:
    return gettext("the customer may escalate") if event.data["eligible"] else gettext("not eligible for escalation")


def _became_eligible(event: Event, names: Names) -> str:
    if _is_by_time(event):
        return gettext("made it eligible for escalation: it stands so long")
    return gettext("made it eligible for escalation: its severity was raised")


def _rung_reached(event: Event, names: Names) -> str:
    about = gettext("it stands so long") if _is_by_time(event) else _commitment(event)
    return gettext("took step {rung} of the ladder: {about}").format(rung=event.data["rung"], about=about)


def _is_by_time(event: Event) -> bool:
    return (event.data["metric"], event.data["nth"]) == BY_TIME


def _absorbed(event: Event, names: Names) -> str:
    before, after = event.data["severity_before"], event.data["severity"]
    if after == before:
        return gettext("merged {younger} into this").format(younger=event.data["younger"])
    words = gettext("merged {younger} into this, and rose to {severity}")
    return words.format(younger=event.data["younger"], severity=names.severity(after))


def _linked(event: Event, names: Names) -> str:
    if "under" in event.data:
        words = gettext("made it part of the outage {other}")
    elif "over" in event.data:
        words = gettext("made {other} part of this outage")
    elif event.data.get("apart"):
        words = gettext("made it and {other} parts of one outage no more")
    else:
        words = gettext("linked it to {other}")
    return words.format(other=event.data["to"])


def _said_below(event: Event, names: Names) -> str:
    words = gettext("said on the outage {incident}, to all of it")
    return words.format(incident=event.data["said_on"]) if "said_on" in event.data else ""


def _promise_applied(event: Event, names: Names) -> str:
    if event.data.get("supersedes"):
        return gettext("let the promise of now replace the earlier ones")
    return gettext("applied a new promise; the earliest due time holds")


def _left(event: Event, names: Names) -> str:
    if event.data["person"] == event.person_id:
        return gettext("follows it no longer")
    return gettext("removed {person} as a participant").format(person=names.person(event.data["person"]))


def _joined(event: Event, names: Names) -> str:
    return gettext("added {person} as a participant").format(person=names.person(event.data["person"]))


def _merged(event: Event, names: Names) -> str:
    return gettext("merged it into {older}").format(older=event.data["into"])


def _excluded(event: Event, names: Names) -> str:
    return gettext("left out of attainment: {commitment}").format(commitment=_commitment(event))


def _disputed(event: Event, names: Names) -> str:
    return gettext("contested {about}").format(about=subject_said(subject_in(event.data)))


def _dispute_answered(event: Event, names: Names) -> str:
    words = gettext("upheld what was contested: {about}")
    if not event.data["upheld"]:
        words = gettext("declined what was contested: {about}")
    return words.format(about=subject_said(subject_in(event.data)))


def _report_published(event: Event, names: Names) -> str:
    return gettext("published the report after the incident, version {number}").format(number=event.data["version"])


def _rated(event: Event, names: Names) -> str:
    return gettext("said how it was: {answer}").format(answer=translated(survey.ANSWERS[event.data["score"]]))


_TELLINGS = {
    t.REPORTED: Telling(_reported, "plus", "info", _why_this_severity),
    t.DISPATCHED: Telling(_dispatched, "assign"),
    t.ACKNOWLEDGED: Telling(pgettext_lazy("what somebody did", "acknowledged"), "check", "ok"),
    t.REPLIED: Telling(pgettext_lazy("what somebody did", "replied"), "reply", "info", _said_below),
    t.ANSWERED: Telling(pgettext_lazy("what somebody did", "answered"), "reply"),
    t.ASKED: Telling(gettext_lazy("asked the customer; updates and resolution stand still"), "waiting", "warn"),
    t.NOTED: Telling(gettext_lazy("wrote a note"), "note"),
    t.ATTACHED: Telling(gettext_lazy("attached a file"), "attachment"),
    t.CLASSIFIED: Telling(_classified, "raise"),
    t.RESUMED: Telling(gettext_lazy("stopped waiting for the customer"), "clock"),
    t.ESCALATED: Telling(pgettext_lazy("what somebody did", "escalated"), "escalate", "breach"),
    t.ESCALATION_JOINED: Telling(gettext_lazy("joined the escalation"), "escalate", "breach"),
    t.ESCALATION_ANSWERED: Telling(gettext_lazy("answered the escalation"), "reply", "ok"),
    t.ESCALATION_ENDED: Telling(gettext_lazy("ended the escalation"), "check", "ok"),
    t.RESOLVED: Telling(gettext_lazy("resolved it"), "resolved", "ok", _said_below),
    t.CONFIRMED: Telling(gettext_lazy("confirmed that it is solved"), "check", "ok"),
    t.REOPENED: Telling(gettext_lazy("reopened it"), "refresh", "warn"),
    t.CLOSED: Telling(gettext_lazy("closed it"), "closed"),
    t.WITHDRAWN: Telling(gettext_lazy("withdrew the report"), "minus"),
    t.RECOVERED: Telling(gettext_lazy("told that the alert recovered"), "check"),
    t.MERGED: Telling(_merged, "link"),
    t.ABSORBED: Telling(_absorbed, "link"),
    t.LINKED: Telling(_linked, "link"),
    t.CALL_LOGGED: Telling(gettext_lazy("logged a call"), "phone"),
    t.PROMISE_APPLIED: Telling(_promise_applied, "document", "info"),
    t.EXCLUDED: Telling(_excluded, "minus", "warn"),
    t.DISPUTED: Telling(_disputed, "warning", "warn"),
    t.DISPUTE_ANSWERED: Telling(_dispute_answered, "reply", "info"),
    t.TAKEN_BACK: Telling(gettext_lazy("took it back before it left; it counts for nothing"), "undo", "warn"),
    t.REDACTED: Telling(gettext_lazy("erased something that was said"), "lock", "warn"),
    t.JOINED: Telling(_joined, "people"),
    t.SENDER_CONFIRMED: Telling(gettext_lazy("confirmed whom it is from"), "check", "ok"),
    t.LEFT: Telling(_left, "people"),
    t.JOIN_ASKED: Telling(gettext_lazy("asked to follow it"), "people"),
    t.WARNED: Telling(_warned, "bell", "warn"),
    t.BREACHED: Telling(_breached, "breach", "breach", _may_be_escalated),
    t.BECAME_ELIGIBLE: Telling(_became_eligible, "raise", "warn"),
    t.REPORT_PUBLISHED: Telling(_report_published, "document", "info"),
    t.RATED: Telling(_rated, "check"),
    t.RUNG_REACHED: Telling(_rung_reached, "bell", "warn"),
}
