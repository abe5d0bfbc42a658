"""What came of one attempt to hand a notice over."""

from __future__ import annotations

from dataclasses import dataclass

ACCEPTED = "accepted"
PUT_OFF = "put_off"
UNCLEAR = "unclear"
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """``outcome`` is one of the four above; ``text`` is what the other side said, or what happened instead."""

    outcome: str
    text: str


def accepted(text: str) -> Answer:
    """The other side took it over, in so many words: the only success there is."""
    return Answer(ACCEPTED, text)


def put_off(text: str) -> Answer:
    """It was not taken over, and may be at another time."""
    return Answer(PUT_OFF, text)


def unclear(text: str) -> Answer:
    """All of it was given, and the line was lost before the answer: the repeat carries the same id."""
    return Answer(UNCLEAR, text)


def refused(text: str) -> Answer:
    """It will never be taken over as it is."""
    return Answer(REFUSED, text)
