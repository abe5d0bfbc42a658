"""How a clock counts, in one place to import from: when a window ends, how much of it has passed, and why.

Spans are half-open and in UTC. An opening at local time L is the first instant whose local time is at or after L; a
closing at L is the end of the last instants whose local time is before L. Every function takes the hours first.
"""

from watchkeeper.core.counting import (
    BackwardsInterval,
    NegativeWindow,
    counted,
    due_at,
    elapsed_due_at,
    starts_at,
)
from watchkeeper.core.date_rules import (
    business_day_begins_at,
    business_days_by_due_at,
    business_days_due_at,
    business_days_until_closing_due_at,
    calendar_days_due_at,
)
from watchkeeper.core.explanation import Stretch, explain, explain_elapsed
from watchkeeper.core.instants import NaiveInstant
from watchkeeper.core.openings import NeverDue, OutsideTheCalendar

__all__ = [
    "BackwardsInterval",
    "NaiveInstant",
    "NegativeWindow",
    "NeverDue",
    "OutsideTheCalendar",
    "Stretch",
    "business_day_begins_at",
    "business_days_by_due_at",
    "business_days_due_at",
    "business_days_until_closing_due_at",
    "calendar_days_due_at",
    "counted",
    "due_at",
    "elapsed_due_at",
    "explain",
    "explain_elapsed",
    "starts_at",
]
