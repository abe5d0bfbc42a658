"""An escalation: to the one who owns it, and the answer back to the customer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext

from watchkeeper.notify.urgency import ALARM
from watchkeeper.notify.wording.about import About, facts, footer
from watchkeeper.notify.wording.composing import composed
from watchkeeper.notify.wording.words import Words, one_line, paragraphs, quoted


def escalated(about: About, *, by: str, reason: str, answer_due_at: datetime | None) -> Words:
    """To the account executive: who escalated, why, and by when it must be answered."""
    due = (
        gettext("Your answer is due by {answer_due_at}.").format(answer_due_at=about.dated(answer_due_at))
        if answer_due_at
        else ""
    )
    return Words(
        subject=about.headed("ESCALATED", about.severity, one_line(about.account)),
        text=paragraphs(
            gettext("{by} of {account} escalated this incident. It is yours to answer.").format(
                by=one_line(by), account=one_line(about.account)
            ),
            gettext("The reason given:\n{reason}").format(reason=quoted(reason))
            if reason.strip()
            else gettext("No reason was given."),
            due,
            facts(about),
        ),
        urgency=ALARM,
    )


def not_escalated(about: About, *, because: str) -> Words:
    """To a customer who escalated by mail: it was not, and why; what they wrote is kept."""
    return composed("not_escalated", {"because": because}, about=about, foot=footer(about))


def escalation_answered(about: About, *, by: str, message: str) -> Words:
    """To the customer: the answer to their escalation, with the name of who gave it."""
    values = {"by": by, "message": message}
    return composed("escalation_answered", values, about=about, foot=footer(about), is_automatic=False)
