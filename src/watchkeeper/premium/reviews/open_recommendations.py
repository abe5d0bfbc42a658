"""The recommendations that a review brings up: those that the account has been given and not decided or done."""

from __future__ import annotations

from typing import NamedTuple

from watchkeeper.people.models import Account


class OpenRecommendation(NamedTuple):
    """One of them in plain words; ``due_on`` is an ISO date, empty where none is set."""

    title: str
    kind: str
    state: str
    due_on: str = ""


def open_recommendations(account: Account) -> list[OpenRecommendation]:
    """Those that are open now, what is due first."""
    return []
