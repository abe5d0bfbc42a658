"""The promise in words: to the customer as what they may expect, to the team as what they have to keep."""

from __future__ import annotations

from watchkeeper.notify.wording.about import About, NoEntitlement, OutsideTheLevel, Promise, Promised, listed
from watchkeeper.notify.wording.words import one_line


def to_the_customer(promise: Promise, about: About) -> str:
    """What the customer may expect, or honestly that nothing is promised, and what would have promised it."""
    match promise:
        case Promised(due_at=due_at, explanation=explanation):
            return f"A person will answer by {about.dated(due_at)}." + _counted(explanation)
        case OutsideTheLevel(covered_by=covered_by):
            would = f" {listed(covered_by)} would cover it." if covered_by else ""
            return (
                f"Severity {about.severity} is outside your support level, {about.level}: we keep your report and work "
                f"on it, but no time is promised for an answer.{would}"
            )
        case NoEntitlement():
            return (
                f"We found neither a licence nor an agreement on record for {one_line(about.account)}: we keep your "
                "report and work on it, but no time is promised for an answer. Your account executive can put this "
                "right."
            )


def to_the_team(promise: Promise, about: About) -> str:
    """By when somebody must have answered, or why there is no such time."""
    match promise:
        case Promised(due_at=due_at, explanation=explanation):
            return f"To be acknowledged by {about.dated(due_at)}." + _counted(explanation)
        case OutsideTheLevel():
            return f"No time is promised: {about.severity} is outside the level {about.level}."
        case NoEntitlement():
            return f"No time is promised: no entitlement of {one_line(about.account)} is on record."


def _counted(explanation: str) -> str:
    return f"\nCounted: {one_line(explanation)}" if explanation else ""
