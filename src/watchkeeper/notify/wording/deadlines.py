"""What the clock says: how long is left, that a promise was broken, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from watchkeeper.core.escalation import GOAL
from watchkeeper.core.policy import (
    ACCOUNT_EXECUTIVE,
    ACKNOWLEDGEMENT,
    ARRIVAL,
    ASSIGNEE,
    ASSIGNMENT,
    DIAGNOSIS,
    DISTRIBUTION,
    ESCALATION_ANSWER,
    MANAGERS,
    POST_INCIDENT_REPORT,
    RESOLUTION,
    RESTORATION,
    UPDATE,
    WORKAROUND,
)
from watchkeeper.notify.urgency import ALARM
from watchkeeper.notify.wording.about import About, facts
from watchkeeper.notify.wording.words import Words, one_line, paragraphs
from watchkeeper.ui.moments import duration

_TO_DO = {
    ACKNOWLEDGEMENT: "to answer the customer",
    ASSIGNMENT: "to assign it",
    ARRIVAL: "to be on site",
    DIAGNOSIS: "to say what is wrong",
    WORKAROUND: "to offer a workaround",
    RESTORATION: "to restore the service",
    UPDATE: "to send the next update",
    RESOLUTION: "to resolve it",
    POST_INCIDENT_REPORT: "to send the report after the incident",
    ESCALATION_ANSWER: "to answer the escalation",
}
_NOT_DONE = {
    ACKNOWLEDGEMENT: "Nobody has answered the customer",
    UPDATE: "The customer has had no update",
    ASSIGNMENT: "Nobody is assigned to it",
    ARRIVAL: "Nobody has arrived on site",
    DIAGNOSIS: "Nobody has said what is wrong",
    WORKAROUND: "No workaround was offered",
    RESTORATION: "The service has not been restored",
    RESOLUTION: "It has not been resolved",
    POST_INCIDENT_REPORT: "The report after the incident was not sent",
    ESCALATION_ANSWER: "The escalation has not been answered",
}
_MISSED = {
    ACKNOWLEDGEMENT: "not acknowledged",
    UPDATE: "no update",
    ASSIGNMENT: "not assigned",
    ARRIVAL: "nobody on site",
    DIAGNOSIS: "no diagnosis",
    WORKAROUND: "no workaround",
    RESTORATION: "not restored",
    RESOLUTION: "not resolved",
    POST_INCIDENT_REPORT: "no report",
    ESCALATION_ANSWER: "escalation not answered",
}
_PASSED = {GOAL: "the goal", "1/2": "half of the time", "4/5": "four fifths of the time"}

_WHAT_NOW = {
    DISTRIBUTION: "You are on the escalation distribution: see to it that somebody answers now.",
    ASSIGNEE: "You are the one it is assigned to: answer now. It is late, and it still counts.",
    MANAGERS: "You manage the team of this account: see to it that somebody answers now.",
    ACCOUNT_EXECUTIVE: "You own this escalation: answer it now.",
}


def warned(about: About, *, metric: str, due_at: datetime, left: timedelta, passed: Sequence[str]) -> Words:
    """To the assignee, or whoever is on call: how long is left (``left``, in operating time) and until when.

    ``passed`` are the marks that were passed since the last warning: ``goal`` and fractions of the window ("1/2").
    """
    marks = " and ".join(_PASSED.get(mark, f"{mark} of the time") for mark in passed)
    return Words(
        subject=about.headed(f"{duration(left)} left {_TO_DO[metric]}", about.severity, one_line(about.account)),
        text=paragraphs(
            f"{duration(left)} left {_TO_DO[metric]}: until {about.dated(due_at)}.",
            f"Passed by now: {marks}.",
            _who_is_meant(about, metric),
            facts(about),
        ),
        urgency=ALARM,
    )


def breached(about: About, *, metric: str, due_at: datetime, told_as: str, may_be_escalated: bool) -> Words:
    """To one of those a breach is told to; ``told_as`` is their part in it, a role of ``core.escalation``."""
    return Words(
        subject=about.headed(f"BREACHED, {_MISSED[metric]}", about.severity, one_line(about.account)),
        text=paragraphs(
            f"{_NOT_DONE[metric]}, and the time promised for it is over: it was {about.dated(due_at)}.",
            _WHAT_NOW[told_as],
            _what_the_customer_may_do(metric, may_be_escalated),
            facts(about),
        ),
        urgency=ALARM,
    )


def became_eligible(about: About, *, metric: str, due_at: datetime) -> Words:
    """To the distribution: a breach of a lesser severity was raised to one that may be escalated."""
    return Words(
        subject=about.headed("May be escalated now", about.severity, one_line(about.account)),
        text=paragraphs(
            f"{_NOT_DONE[metric]}; the time promised for it was over at {about.dated(due_at)}.",
            f"Since the severity was raised to {about.severity} the customer may escalate. {_WHAT_NOW[DISTRIBUTION]}",
            facts(about),
        ),
        urgency=ALARM,
    )


def rung_reached(about: About, *, metric: str, due_at: datetime, rung: int) -> Words:
    """To those a further step of the ladder names: still unmet, so long after the breach."""
    return Words(
        subject=about.headed(f"STILL {_MISSED[metric]}", f"step {rung}", about.severity, one_line(about.account)),
        text=paragraphs(
            f"{_NOT_DONE[metric]}, long after the time promised for it: it was {about.dated(due_at)}.",
            f"This is step {rung} of the ladder that the policy sets: you are told because the steps before it did "
            "not help. Please see to it.",
            facts(about),
        ),
        urgency=ALARM,
    )


def stands_too_long(about: About, *, received_at: datetime, rung: int, is_acknowledged: bool) -> Words:
    """To those a step of the ladder names that counts from the receipt: it still stands, breached or not."""
    still = "is still open" if is_acknowledged else "is still unacknowledged"
    return Words(
        subject=about.headed(
            still.removeprefix("is ").upper(), f"step {rung}", about.severity, one_line(about.account)
        ),
        text=paragraphs(
            f"It {still}; it came at {about.dated(received_at)}.",
            f"This is step {rung} of the ladder that the policy sets for incidents that stand so long, whether a "
            "promise is broken or not. Please see to it.",
            facts(about),
        ),
        urgency=ALARM,
    )


def _who_is_meant(about: About, metric: str) -> str:
    if about.assignee or metric == ESCALATION_ANSWER:
        return ""
    return "Nobody is assigned: whoever reads this is asked to take it."


def _what_the_customer_may_do(metric: str, may_be_escalated: bool) -> str:
    if metric == ESCALATION_ANSWER:
        return ""
    if may_be_escalated:
        return "From now on the customer may escalate."
    return "At this severity the customer cannot escalate."
