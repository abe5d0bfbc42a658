"""The timeline of an incident: its append-only events, in the order they were recorded.

Each kind is a word in the past tense; what a verb does is told by the event it leaves behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

REPORTED = "reported"
DISPATCHED = "dispatched"
ACKNOWLEDGED = "acknowledged"
REPLIED = "replied"  # the team's public message; ``reached`` names a metric that it says is met
ANSWERED = "answered"  # the customer's message
ASKED = "asked"  # the team's public question: it starts a pause
NOTED = "noted"
ATTACHED = "attached"
CLASSIFIED = "classified"
RESUMED = "resumed"
ESCALATED = "escalated"
ESCALATION_JOINED = "escalation_joined"
ESCALATION_ANSWERED = "escalation_answered"
ESCALATION_ENDED = "escalation_ended"
RESOLVED = "resolved"
CONFIRMED = "confirmed"
REOPENED = "reopened"
CLOSED = "closed"
WITHDRAWN = "withdrawn"
RECOVERED = "recovered"
MERGED = "merged"  # on the younger: it went into another
ABSORBED = "absorbed"  # on the older: it took another in
LINKED = "linked"  # to another; ``under`` names that one as its parent, and ``apart`` says that it is none any more
REPORT_PUBLISHED = "report_published"  # the report after the incident; published again it corrects
SENDER_CONFIRMED = "sender_confirmed"  # a report without proof of its sender is theirs
CALL_LOGGED = "call_logged"
PROMISE_APPLIED = "promise_applied"
EXCLUDED = "excluded"
REDACTED = "redacted"
JOIN_ASKED = "join_asked"  # somebody of the account wants to follow it
TAKEN_BACK = "taken_back"  # ``event`` is the number of a message of the team that was taken back before it left
JOINED = "joined"  # a participant
LEFT = "left"
WARNED = "warned"
BREACHED = "breached"
BECAME_ELIGIBLE = "became_eligible"
RUNG_REACHED = "rung_reached"
DISPUTED = "disputed"  # the customer contests what ``about``, ``metric`` and ``nth`` name
DISPUTE_ANSWERED = "dispute_answered"  # the vendor's answer to it: ``upheld`` or not
RATED = "rated"  # the customer's answer to the question of ``survey``; the newest of a person holds

TEAM_SPOKE = frozenset({ACKNOWLEDGED, REPLIED, ASKED, RESOLVED, MERGED})
"""The team's public messages to the customer: each acknowledges, and each is an update."""


class Event(NamedTuple):
    """One event. ``at`` is when it counts, ``recorded_at`` the database's clock; both aware and in UTC.

    ``data`` holds what the kind needs, never the content of a message: ``severity`` (its number),
    ``promise`` (a key of the promises given to the fold), ``metric`` and ``nth`` of a commitment, ``reason``.
    """

    kind: str
    at: datetime
    recorded_at: datetime
    data: Mapping[str, Any]


def without_taken_back(timeline: Iterable[Event]) -> list[Event]:
    """A timeline without the messages that were taken back, and without the taking back: as if they had not been.

    An event's number is its place on the whole timeline, from 1; ask of what was left out of one only before.
    """
    events = list(timeline)
    gone = {event.data["event"] for event in events if event.kind == TAKEN_BACK}
    if not gone:
        return events
    return [event for number, event in enumerate(events, 1) if number not in gone and event.kind != TAKEN_BACK]
