"""What a reporter reads beside each severity: its definition and the dated promise, or honestly that there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SeverityCard:
    """One severity to choose. ``value`` is the form field's choice.

    ``due_at`` is when an answer would be due if the report were sent now, ``None`` outside the level; then
    ``words`` says so and which level would cover it. Inside the level ``words`` may add the window ("within 12 h").
    """

    value: str
    number: int
    name: str
    definition: str
    due_at: datetime | None = None
    words: str = ""
