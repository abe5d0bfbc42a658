"""The timeline of an incident in words for the customer: the team's own business is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.people.models import Person
from watchkeeper.ui.time_left import METRICS
from watchkeeper.ui.timeline import TimelineEntry


class _Words(NamedTuple):
    icon: str
    tone: str
    what: str | Callable[[Event, Policy, dict[int, str]], str]
    shows_reason: bool = False


def happened(incident: Incident, policy: Policy) -> list[TimelineEntry]:
    """Every event the customer may know of, the oldest first. Two queries at most."""
    events = list(incident.events.known_to_customers().select_related("person", "token").order_by("number"))
    names = _names_in(events)
    return [_entry(event, policy, names) for event in events]


def _entry(event: Event, policy: Policy, names: dict[int, str]) -> TimelineEntry:
    words = WORDS[event.kind]
    is_later = event.recorded_at != event.at
    return TimelineEntry(
        at=event.at,
        what=words.what if isinstance(words.what, str) else words.what(event, policy, names),
        who=_who(event),
        icon=words.icon,
        tone=words.tone,
        detail=str(event.data.get("reason", "")) if words.shows_reason else "",
        recorded_at=event.recorded_at if is_later else None,
        source=_SOURCES.get(event.source, event.source) if is_later else "",
    )


_SOURCES = {"due": "Counts at the due time", "demo": "Part of the demo"}


def _who(event: Event) -> str:
    if event.person is not None:
        return event.person.name
    return event.token.name if event.token is not None else ""


def _names_in(events: Sequence[Event]) -> dict[int, str]:
    keys = {event.data["person"] for event in events if event.kind in (t.JOINED, t.LEFT)}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _reported(event: Event, policy: Policy, _names: dict[int, str]) -> str:
    chosen = {"account": ", the severity your account reports at", "policy": ", as no severity was given"}
    severity = policy.severity_numbered(event.data["severity"]).name
    return f"reported this at {severity}{chosen.get(event.data.get('severity_from', ''), '')}"


def _classified(event: Event, policy: Policy, _names: dict[int, str]) -> str:
    if "severity" not in event.data:
        about = (event.data.get(field) for field in ("product", "component", "environment"))
        return f"said what it is about: {', '.join(filter(None, about)) or 'nothing in particular'}"
    before, after = event.data["severity_before"], event.data["severity"]
    if "takes_back" in event.data:
        return f"took back the change of severity: it is {policy.severity_numbered(after).name} again"
    verb = "raised" if after < before else "lowered"
    return f"{verb} the severity from {policy.severity_numbered(before).name} to {policy.severity_numbered(after).name}"


def _report_published(event: Event, _policy: Policy, _names: dict[int, str]) -> str:
    version = event.data["version"]
    return f"published the report after the incident{f', version {version}' if version > 1 else ''}"


def _breached(event: Event, _policy: Policy, _names: dict[int, str]) -> str:
    return f"{METRICS[event.data['metric']]}: the promised time passed"


def _named(words: str) -> Callable[[Event, Policy, dict[int, str]], str]:
    return lambda event, _policy, names: words.format(names.get(event.data["person"], "somebody"))


def _left(event: Event, _policy: Policy, names: dict[int, str]) -> str:
    if event.data["person"] == event.person_id:
        return "follows this no longer"
    return f"let {names.get(event.data['person'], 'somebody')} follow this no longer"


WORDS = {
    t.REPORTED: _Words("plus", "info", _reported),
    t.ACKNOWLEDGED: _Words("check", "ok", "acknowledged"),
    t.REPLIED: _Words("reply", "quiet", "replied"),
    t.ANSWERED: _Words("reply", "quiet", "answered"),
    t.ASKED: _Words("waiting", "info", "asked you a question"),
    t.ATTACHED: _Words("attachment", "quiet", "attached files"),
    t.CLASSIFIED: _Words("levels", "info", _classified, shows_reason=True),
    t.RESUMED: _Words("refresh", "quiet", "went on without waiting"),
    t.ESCALATED: _Words("escalate", "warn", "escalated"),
    t.ESCALATION_JOINED: _Words("escalate", "warn", "joined the escalation"),
    t.ESCALATION_ANSWERED: _Words("reply", "ok", "answered the escalation"),
    t.ESCALATION_ENDED: _Words("check", "quiet", "ended the escalation", shows_reason=True),
    t.RESOLVED: _Words("resolved", "ok", "resolved it"),
    t.REPORT_PUBLISHED: _Words("document", "info", _report_published),
    t.CONFIRMED: _Words("closed", "ok", "confirmed that it is solved"),
    t.REOPENED: _Words("refresh", "warn", "reopened it"),
    t.CLOSED: _Words("closed", "quiet", "Closed", shows_reason=True),
    t.WITHDRAWN: _Words("closed", "quiet", "took the report back"),
    t.RECOVERED: _Words("resolved", "ok", "The alert recovered"),
    t.MERGED: _Words("link", "quiet", lambda event, _p, _n: f"merged it into {event.data['into']}"),
    t.ABSORBED: _Words("link", "quiet", lambda event, _p, _n: f"took {event.data['younger']} into this one"),
    t.CALL_LOGGED: _Words("phone", "quiet", "wrote down a telephone call"),
    t.PROMISE_APPLIED: _Words("document", "info", "applied your newer terms", shows_reason=True),
    t.REDACTED: _Words("lock", "quiet", "erased something that should not stand here"),
    t.JOINED: _Words("person", "quiet", _named("let {} follow this")),
    t.LEFT: _Words("exit", "quiet", _left),
    t.JOIN_ASKED: _Words("person", "quiet", "asked to follow this"),
    t.BREACHED: _Words("breach", "breach", _breached),
}
"""Every kind that a customer may know of."""
