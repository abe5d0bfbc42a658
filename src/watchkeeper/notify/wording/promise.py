"""The promise in words: to the customer as what they may expect, to the team as what they have to keep."""

from __future__ import annotations

from django.utils.translation import gettext

from watchkeeper.notify.wording.about import About, NoEntitlement, OutsideTheLevel, Promise, Promised, listed
from watchkeeper.notify.wording.words import one_line


def to_the_customer(promise: Promise, about: About) -> str:
    """What the customer may expect, or honestly that nothing is promised, and what would have promised it."""
    match promise:
        case Promised(due_at=due_at, explanation=explanation):
            return gettext("A person will answer by {due_at}.").format(due_at=about.dated(due_at)) + _counted(
                explanation
            )
        case OutsideTheLevel(covered_by=covered_by):
            would = gettext(" {covered_by} would cover it.").format(covered_by=listed(covered_by)) if covered_by else ""
            return gettext(
                "Severity {severity} is outside your support level, {level}: we keep your report and work on "
                "it, but no time is promised for an answer.{would}"
            ).format(severity=about.severity, level=about.level, would=would)
        case NoEntitlement():
            return gettext(
                "We found neither a licence nor an agreement on record for {account}: we keep your report "
                "and work on it, but no time is promised for an answer. Your account executive can put this "
                "right."
            ).format(account=one_line(about.account))


def to_the_team(promise: Promise, about: About) -> str:
    """By when somebody must have answered, or why there is no such time."""
    match promise:
        case Promised(due_at=due_at, explanation=explanation):
            return gettext("To be acknowledged by {due_at}.").format(due_at=about.dated(due_at)) + _counted(explanation)
        case OutsideTheLevel():
            return gettext("No time is promised: {severity} is outside the level {level}.").format(
                severity=about.severity, level=about.level
            )
        case NoEntitlement():
            return gettext("No time is promised: no entitlement of {account} is on record.").format(
                account=one_line(about.account)
            )


def _counted(explanation: str) -> str:
    return gettext("\nCounted: {explanation}").format(explanation=one_line(explanation)) if explanation else ""
