"""What the clock says: how long is left, that a promise was broken, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext, gettext_lazy

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
    ACKNOWLEDGEMENT: gettext_lazy("to answer the customer"),
    ASSIGNMENT: gettext_lazy("to assign it"),
    ARRIVAL: gettext_lazy("to be on site"),
    DIAGNOSIS: gettext_lazy("to say what is wrong"),
    WORKAROUND: gettext_lazy("to offer a workaround"),
    RESTORATION: gettext_lazy("to restore the service"),
    UPDATE: gettext_lazy("to send the next update"),
    RESOLUTION: gettext_lazy("to resolve it"),
    POST_INCIDENT_REPORT: gettext_lazy("to send the report after the incident"),
    ESCALATION_ANSWER: gettext_lazy("to answer the escalation"),
}
_NOT_DONE = {
    ACKNOWLEDGEMENT: gettext_lazy("Nobody has answered the customer"),
    UPDATE: gettext_lazy("The customer has had no update"),
    ASSIGNMENT: gettext_lazy("Nobody is assigned to it"),
    ARRIVAL: gettext_lazy("Nobody has arrived on site"),
    DIAGNOSIS: gettext_lazy("Nobody has said what is wrong"),
    WORKAROUND: gettext_lazy("No workaround was offered"),
    RESTORATION: gettext_lazy("The service has not been restored"),
    RESOLUTION: gettext_lazy("It has not been resolved"),
    POST_INCIDENT_REPORT: gettext_lazy("The report after the incident was not sent"),
    ESCALATION_ANSWER: gettext_lazy("The escalation has not been answered"),
}
_MISSED = {
    ACKNOWLEDGEMENT: gettext_lazy("not acknowledged"),
    UPDATE: gettext_lazy("no update"),
    ASSIGNMENT: gettext_lazy("not assigned"),
    ARRIVAL: gettext_lazy("nobody on site"),
    DIAGNOSIS: gettext_lazy("no diagnosis"),
    WORKAROUND: gettext_lazy("no workaround"),
    RESTORATION: gettext_lazy("not restored"),
    RESOLUTION: gettext_lazy("not resolved"),
    POST_INCIDENT_REPORT: gettext_lazy("no report"),
    ESCALATION_ANSWER: gettext_lazy("escalation not answered"),
}
_PASSED = {
    GOAL: gettext_lazy("the goal"),
    "1/2": gettext_lazy("half of the time"),
    "4/5": gettext_lazy("four fifths of the time"),
}

_WHAT_NOW = {
    DISTRIBUTION: gettext_lazy("You are on the escalation distribution: see to it that somebody answers now."),
    ASSIGNEE: gettext_lazy("You are the one it is assigned to: answer now. It is late, and it still counts."),
    MANAGERS: gettext_lazy("You manage the team of this account: see to it that somebody answers now."),
    ACCOUNT_EXECUTIVE: gettext_lazy("You own this escalation: answer it now."),
}


def warned(about: About, *, metric: str, due_at: datetime, left: timedelta, passed: Sequence[str]) -> Words:
    """To the assignee, or whoever is on call: how long is left (``left``, in operating time) and until when.

    ``passed`` are the marks that were passed since the last warning: ``goal`` and fractions of the window ("1/2").
    """
    marks = gettext(" and ").join(_mark(mark) for mark in passed)
    return Words(
        subject=about.headed(
            gettext("{left} left {to_do}").format(left=duration(left), to_do=_TO_DO[metric]),
            about.severity,
            one_line(about.account),
        ),
        text=paragraphs(
            gettext("{left} left {to_do}: until {due_at}.").format(
                left=duration(left), to_do=_TO_DO[metric], due_at=about.dated(due_at)
            ),
            gettext("Passed by now: {marks}.").format(marks=marks),
            _who_is_meant(about, metric),
            facts(about),
        ),
        urgency=ALARM,
    )


def breached(about: About, *, metric: str, due_at: datetime, told_as: str, may_be_escalated: bool) -> Words:
    """To one of those a breach is told to; ``told_as`` is their part in it, a role of ``core.escalation``."""
    return Words(
        subject=about.headed(
            gettext("BREACHED, {missed}").format(missed=_MISSED[metric]), about.severity, one_line(about.account)
        ),
        text=paragraphs(
            gettext("{not_done}, and the time promised for it is over: it was {due_at}.").format(
                not_done=_NOT_DONE[metric], due_at=about.dated(due_at)
            ),
            _what_now(about, told_as),
            _what_the_customer_may_do(metric, may_be_escalated),
            facts(about),
        ),
        urgency=ALARM,
    )


def became_eligible(about: About, *, metric: str, due_at: datetime) -> Words:
    """To the distribution: a breach of a lesser severity was raised to one that may be escalated."""
    return Words(
        subject=about.headed(gettext("May be escalated now"), about.severity, one_line(about.account)),
        text=paragraphs(
            gettext("{not_done}; the time promised for it was over at {due_at}.").format(
                not_done=_NOT_DONE[metric], due_at=about.dated(due_at)
            ),
            gettext("Since the severity was raised to {severity} the customer may escalate. {what_now}").format(
                severity=about.severity, what_now=_WHAT_NOW[DISTRIBUTION]
            ),
            facts(about),
        ),
        urgency=ALARM,
    )


def rung_reached(about: About, *, metric: str, due_at: datetime, rung: int) -> Words:
    """To those a further step of the ladder names: still unmet, so long after the breach."""
    return Words(
        subject=about.headed(
            gettext("STILL {missed}").format(missed=_MISSED[metric]),
            gettext("step {rung}").format(rung=rung),
            about.severity,
            one_line(about.account),
        ),
        text=paragraphs(
            gettext("{not_done}, long after the time promised for it: it was {due_at}.").format(
                not_done=_NOT_DONE[metric], due_at=about.dated(due_at)
            ),
            gettext(
                "This is step {rung} of the ladder that the policy sets: you are told because the steps "
                "before it did not help. Please see to it."
            ).format(rung=rung),
            facts(about),
        ),
        urgency=ALARM,
    )


def stands_too_long(about: About, *, received_at: datetime, rung: int, is_acknowledged: bool) -> Words:
    """To those a step of the ladder names that counts from the receipt: it still stands, breached or not."""
    if is_acknowledged:
        heading, still = gettext("STILL OPEN"), gettext("It is still open; it came at {received_at}.")
    else:
        heading, still = (
            gettext("STILL UNACKNOWLEDGED"),
            gettext("It is still unacknowledged; it came at {received_at}."),
        )
    step = gettext("step {rung}").format(rung=rung)
    return Words(
        subject=about.headed(heading, step, about.severity, one_line(about.account)),
        text=paragraphs(
            still.format(received_at=about.dated(received_at)),
            gettext(
                "This is step {rung} of the ladder that the policy sets for incidents that stand so long, whether a "
                "promise is broken or not. Please see to it."
            ).format(rung=rung),
            facts(about),
        ),
        urgency=ALARM,
    )


def _what_now(about: About, told_as: str) -> str:
    """What a reader is asked to do; where nobody has the incident, it is whoever is on call who reads it."""
    if told_as == ASSIGNEE and not about.assignee:
        return gettext("You are on call, and nobody has it: take it and answer now. It is late, and it still counts.")
    return str(_WHAT_NOW[told_as])


def _mark(passed: str) -> str:
    return str(_PASSED[passed]) if passed in _PASSED else gettext("{mark} of the time").format(mark=passed)


def _who_is_meant(about: About, metric: str) -> str:
    if about.assignee or metric == ESCALATION_ANSWER:
        return ""
    return gettext("Nobody is assigned: whoever reads this is asked to take it.")


def _what_the_customer_may_do(metric: str, may_be_escalated: bool) -> str:
    if metric == ESCALATION_ANSWER:
        return ""
    if may_be_escalated:
        return gettext("From now on the customer may escalate.")
    return gettext("At this severity the customer cannot escalate.")
