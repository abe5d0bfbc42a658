"""What a customer contests, and what a manager answered: both stand on the record, and neither changes an outcome."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

SEVERITY = "severity"
EXCLUSION = "exclusion"
A_MET = "met"
SUBJECTS = (SEVERITY, EXCLUSION, A_MET)
"""What can be contested: how severe an incident is, that a commitment was left out, that one counts as met."""

OPEN = "open"
UPHELD = "upheld"
DECLINED = "declined"
STANDINGS = (OPEN, UPHELD, DECLINED)


class Subject(NamedTuple):
    """What a dispute is about; a severity is that of the whole incident, and names no commitment."""

    about: str
    metric: str = ""
    nth: int = 0


class Dispute(NamedTuple):
    """One dispute: opened, and answered with ``upheld`` or ``declined`` or not yet."""

    subject: Subject
    opened_at: datetime
    standing: str = OPEN
    answered_at: datetime | None = None

    def concerns(self, metric: str, nth: int) -> bool:
        """Whether it is about this commitment, or about the severity of the incident it belongs to."""
        return self.subject.about == SEVERITY or self.subject[1:] == (metric, nth)


def open_about(disputes: Iterable[Dispute], subject: Subject) -> Dispute | None:
    """The dispute about a subject that nobody has answered yet."""
    return next((each for each in disputes if each.subject == subject and each.standing == OPEN), None)


def standing_about(disputes: Iterable[Dispute], metric: str, nth: int) -> str:
    """How a commitment is disputed: open as long as anything about it is, else as the latest was answered, or not at
    all, which is empty."""
    standings = [each.standing for each in disputes if each.concerns(metric, nth)]
    if not standings:
        return ""
    return OPEN if OPEN in standings else standings[-1]
