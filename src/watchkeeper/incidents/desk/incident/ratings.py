"""What the customer's people answered when they were asked how it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from watchkeeper.core import survey
from watchkeeper.core import timeline as t
from watchkeeper.incidents.models import Event
from watchkeeper.ui.translated import translated

_TONES = {5: "ok", 4: "ok", 3: "quiet", 2: "warn", 1: "breach"}


class Rating(NamedTuple):
    """One person's answer. ``number`` is that of its event, where the remark stands if there is one."""

    by: str
    words: str
    tone: str
    at: datetime
    number: int
    has_remark: bool


def ratings_in(events: Iterable[Event]) -> list[Rating]:
    """The newest answer of each person, from events of which the newest stand first."""
    given = {}
    for event in events:
        if event.kind == t.RATED:
            given.setdefault(event.person_id, event)
    return [_rating(event) for event in given.values()]


def _rating(event: Event) -> Rating:
    score = event.data["score"]
    name = event.person.name if event.person else ""
    return Rating(
        name, translated(survey.ANSWERS[score]), _TONES[score], event.at, event.number, bool(event.content_digest)
    )
