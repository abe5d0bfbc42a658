"""The recommendations that a review brings up: those that the account has been given and not decided or done."""

from __future__ import annotations

from typing import Any, NamedTuple

from watchkeeper.people.models import Account
from watchkeeper.premium.models import Recommendation


class OpenRecommendation(NamedTuple):
    """One of them, as a review keeps it: ``kind`` and ``state`` are words as ``ui.translated.kept`` makes them, so that
    each reader has them in their language; ``due_on`` is an ISO date, empty where none is set."""

    title: str
    kind: Any
    state: Any
    due_on: str = ""


def open_recommendations(account: Account) -> list[OpenRecommendation]:
    """Those that are open now, what is due first."""
    rows = Recommendation.objects.filter(account=account).awaited().order_by("due_on", "pk")
    return [
        OpenRecommendation(row.title, str(row.get_kind_display()), str(row.get_state_display()), row.due_on.isoformat())
        for row in rows
    ]
