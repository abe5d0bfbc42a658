"""The timeline of an incident in words for the customer: the team's own business is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy

from watchkeeper.core import timeline as t
from watchkeeper.core.policy import Policy
from watchkeeper.incidents.actor import Actor
from watchkeeper.incidents.disputed import subject_in, subject_said
from watchkeeper.incidents.importing import SOURCE
from watchkeeper.incidents.in_words import reason_said
from watchkeeper.incidents.models import Event, Incident
from watchkeeper.people.models import Person
from watchkeeper.ui.time_left import METRICS
from watchkeeper.ui.timeline import TimelineEntry


class _Words(NamedTuple):
    """``what`` is a text in the language of the page, or says it of an event."""

    icon: str
    tone: str
    what: Any
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
        what=words.what(event, policy, names) if callable(words.what) else str(words.what),
        who=_who(event),
        icon=words.icon,
        tone=words.tone,
        detail=reason_said(str(event.data.get("reason", ""))) if words.shows_reason else "",
        recorded_at=event.recorded_at if is_later else None,
        source=str(_SOURCES.get(event.source, event.source)) if is_later else "",
    )


_SOURCES = {
    "due": gettext_lazy("Counts at the due time"),
    "demo": gettext_lazy("Part of the demo"),
    SOURCE: gettext_lazy("From another desk’s log"),
}


def _who(event: Event) -> str:
    is_nobody = event.person is None and event.token is None and event.source != SOURCE
    return "" if is_nobody else Actor(event.side, event.person, event.token).name


def _names_in(events: Sequence[Event]) -> dict[int, str]:
    keys = {event.data["person"] for event in events if event.kind in (t.JOINED, t.LEFT)}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _reported(event: Event, policy: Policy, _names: dict[int, str]) -> str:
    chosen = {
        "account": gettext("reported this at {severity}, the severity your account reports at"),
        "policy": gettext("reported this at {severity}, as no severity was given"),
    }
    words = chosen.get(event.data.get("severity_from", ""), gettext("reported this at {severity}"))
    return words.format(severity=policy.severity_numbered(event.data["severity"]).name)


def _classified(event: Event, policy: Policy, _names: dict[int, str]) -> str:
    if "severity" not in event.data:
        about = (event.data.get(field) for field in ("product", "component", "environment"))
        said = ", ".join(filter(None, about)) or gettext("nothing in particular")
        return gettext("said what it is about: {about}").format(about=said)
    before, after = event.data["severity_before"], event.data["severity"]
    if "takes_back" in event.data:
        words = gettext("took back the change of severity: it is {severity} again")
        return words.format(severity=policy.severity_numbered(after).name)
    if after < before:
        words = gettext("raised the severity from {old} to {new}")
    else:
        words = gettext("lowered the severity from {old} to {new}")
    return words.format(old=policy.severity_numbered(before).name, new=policy.severity_numbered(after).name)


def _report_published(event: Event, _policy: Policy, _names: dict[int, str]) -> str:
    version = event.data["version"]
    if version > 1:
        return gettext("published the report after the incident, version {version}").format(version=version)
    return gettext("published the report after the incident")


def _disputed(event: Event, _policy: Policy, _names: dict[int, str]) -> str:
    return gettext("contested {about}").format(about=subject_said(subject_in(event.data)))


def _dispute_answered(event: Event, _policy: Policy, _names: dict[int, str]) -> str:
    words = gettext("upheld what was contested: {about}")
    if not event.data["upheld"]:
        words = gettext("declined what was contested: {about}")
    return words.format(about=subject_said(subject_in(event.data)))


def _breached(event: Event, _policy: Policy, _names: dict[int, str]) -> str:
    return gettext("{metric}: the promised time passed").format(metric=METRICS[event.data["metric"]])


def _merged(event: Event, _policy: Policy, _names: dict[int, str]) -> str:
    return gettext("merged it into {incident}").format(incident=event.data["into"])


def _absorbed(event: Event, _policy: Policy, _names: dict[int, str]) -> str:
    return gettext("took {incident} into this one").format(incident=event.data["younger"])


def _joined(event: Event, _policy: Policy, names: dict[int, str]) -> str:
    return gettext("let {person} follow this").format(person=_name(event, names))


def _left(event: Event, _policy: Policy, names: dict[int, str]) -> str:
    if event.data["person"] == event.person_id:
        return pgettext("what somebody did", "follows this no longer")
    return gettext("let {person} follow this no longer").format(person=_name(event, names))


def _name(event: Event, names: dict[int, str]) -> str:
    return names.get(event.data["person"]) or gettext("somebody")


WORDS = {
    t.REPORTED: _Words("plus", "info", _reported),
    t.ACKNOWLEDGED: _Words("check", "ok", pgettext_lazy("what somebody did", "acknowledged")),
    t.REPLIED: _Words("reply", "quiet", pgettext_lazy("what somebody did", "replied")),
    t.ANSWERED: _Words("reply", "quiet", pgettext_lazy("what somebody did", "answered")),
    t.ASKED: _Words("waiting", "info", pgettext_lazy("what somebody did", "asked you a question")),
    t.ATTACHED: _Words("attachment", "quiet", pgettext_lazy("what somebody did", "attached files")),
    t.CLASSIFIED: _Words("levels", "info", _classified, shows_reason=True),
    t.RESUMED: _Words("refresh", "quiet", pgettext_lazy("what somebody did", "went on without waiting")),
    t.ESCALATED: _Words("escalate", "warn", pgettext_lazy("what somebody did", "escalated")),
    t.ESCALATION_JOINED: _Words("escalate", "warn", pgettext_lazy("what somebody did", "joined the escalation")),
    t.ESCALATION_ANSWERED: _Words("reply", "ok", pgettext_lazy("what somebody did", "answered the escalation")),
    t.ESCALATION_ENDED: _Words(
        "check", "quiet", pgettext_lazy("what somebody did", "ended the escalation"), shows_reason=True
    ),
    t.RESOLVED: _Words("resolved", "ok", pgettext_lazy("what somebody did", "resolved it")),
    t.REPORT_PUBLISHED: _Words("document", "info", _report_published),
    t.CONFIRMED: _Words("closed", "ok", pgettext_lazy("what somebody did", "confirmed that it is solved")),
    t.REOPENED: _Words("refresh", "warn", pgettext_lazy("what somebody did", "reopened it")),
    t.CLOSED: _Words("closed", "quiet", gettext_lazy("Closed"), shows_reason=True),
    t.WITHDRAWN: _Words("closed", "quiet", pgettext_lazy("what somebody did", "took the report back")),
    t.RECOVERED: _Words("resolved", "ok", gettext_lazy("The alert recovered")),
    t.MERGED: _Words("link", "quiet", _merged),
    t.ABSORBED: _Words("link", "quiet", _absorbed),
    t.CALL_LOGGED: _Words("phone", "quiet", pgettext_lazy("what somebody did", "wrote down a telephone call")),
    t.PROMISE_APPLIED: _Words(
        "document", "info", pgettext_lazy("what somebody did", "applied your newer terms"), shows_reason=True
    ),
    t.REDACTED: _Words(
        "lock", "quiet", pgettext_lazy("what somebody did", "erased something that should not stand here")
    ),
    t.JOINED: _Words("person", "quiet", _joined),
    t.SENDER_CONFIRMED: _Words("check", "ok", pgettext_lazy("what somebody did", "confirmed who sent the report")),
    t.LEFT: _Words("exit", "quiet", _left),
    t.JOIN_ASKED: _Words("person", "quiet", pgettext_lazy("what somebody did", "asked to follow this")),
    t.BREACHED: _Words("breach", "breach", _breached),
    t.DISPUTED: _Words("warning", "warn", _disputed),
    t.DISPUTE_ANSWERED: _Words("reply", "info", _dispute_answered),
}
"""Every kind that a customer may know of."""
