"""To those who have to act: an incident that is new, theirs, or more severe than it was."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext

from watchkeeper.notify.urgency import ALARM
from watchkeeper.notify.wording import promise as promises
from watchkeeper.notify.wording.about import About, Promise, facts
from watchkeeper.notify.wording.words import Words, excerpt, one_line, paragraphs, quoted


def reported(about: About, *, by: str, message: str, promise: Promise) -> Words:
    """To whoever is on call, or the desk: somebody reported something."""
    return Words(
        subject=about.headed(pgettext("a report that is", "New"), about.severity, one_line(about.account)),
        text=paragraphs(
            gettext("{by} reported:").format(by=one_line(by)),
            quoted(excerpt(message)),
            promises.to_the_team(promise, about),
            facts(about),
        ),
        urgency=ALARM,
    )


def dispatched(about: About, *, by: str, promise: Promise) -> Words:
    """To the assignee: it is theirs now."""
    return Words(
        subject=about.headed(gettext("Yours"), about.severity, one_line(about.account)),
        text=paragraphs(
            gettext("{by} assigned this incident to you.").format(by=one_line(by)),
            promises.to_the_team(promise, about),
            _by_mail() if about.takes_answers else "",
            facts(about),
        ),
        urgency=ALARM,
    )


def _by_mail() -> str:
    return gettext(
        "An answer to this mail is a reply to the customer. Where its first line is Resolve, it resolves the incident; "
        "a line such as Severity: 2 at the top changes the severity."
    )


def dispatch_taken_back(about: About, *, by: str) -> Words:
    """To who was the assignee by mistake: it is not theirs."""
    now = (
        gettext("{assignee} has it again.").format(assignee=one_line(about.assignee))
        if about.assignee
        else gettext("It is nobody's again.")
    )
    return Words(
        subject=about.headed(gettext("No longer yours"), about.severity, one_line(about.account)),
        text=paragraphs(
            gettext("{by} took back that this incident was assigned to you. {now}").format(by=one_line(by), now=now),
            facts(about),
        ),
        urgency=ALARM,
    )


def raised(about: About, *, by: str, old: str, reason: str, promise: Promise | None) -> Words:
    """To the assignee and whoever is on call, at once; ``promise`` is ``None`` where it was kept already."""
    return Words(
        subject=about.headed(gettext("Raised to {severity}").format(severity=about.severity), one_line(about.account)),
        text=paragraphs(
            gettext("{by} raised the severity from {old} to {severity}.").format(
                by=one_line(by), old=old, severity=about.severity
            ),
            gettext("The reason given:\n{reason}").format(reason=quoted(reason)),
            promises.to_the_team(promise, about) if promise else gettext("It has been acknowledged already."),
            facts(about),
        ),
        urgency=ALARM,
    )
