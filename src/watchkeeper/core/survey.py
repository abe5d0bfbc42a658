"""The one question that a customer is asked when an incident is over, its answers, and until when it is open.

It is asked where a solution was confirmed or the incident closed; who took a report back, or reads on in another
incident, is asked nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from watchkeeper.core import timeline as t
from watchkeeper.core.facts import Facts
from watchkeeper.core.said import Said, sentence

QUESTION = sentence("How was it?")
ANSWERS: Mapping[int, Said] = {
    5: sentence("Very good"),
    4: sentence("Good"),
    3: sentence("Fair"),
    2: sentence("Bad"),
    1: sentence("Very bad"),
}
"""What can be answered, by its score."""

OPEN_FOR = timedelta(days=30)
"""How long after the end an answer can be given, and changed."""

_ASKED_AFTER = frozenset({t.CONFIRMED, t.CLOSED})


def open_until(facts: Facts) -> datetime | None:
    """Until when the question can be answered; ``None`` where it is not asked, or not yet."""
    if facts.ended_at is None or facts.ended_by not in _ASKED_AFTER:
        return None
    return facts.ended_at + OPEN_FOR


def is_open(facts: Facts, now: datetime) -> bool:
    """Whether the question can be answered at ``now``, the last instant included."""
    until = open_until(facts)
    return until is not None and now <= until
