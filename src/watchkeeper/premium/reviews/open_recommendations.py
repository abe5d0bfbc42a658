"""The recommendations that a review brings up: those that the account has been given and not decided or done."""

from __future__ import annotations

from typing import Any, NamedTuple

from watchkeeper.core.said import sentence
from watchkeeper.people.models import Account
from watchkeeper.premium.models import Recommendation
from watchkeeper.premium.models.guidance import Kind
from watchkeeper.ui.translated import kept


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
        OpenRecommendation(row.title, kept(_KINDS[row.kind]), kept(_STATES[row.state]), row.due_on.isoformat())
        for row in rows
    ]


_KINDS = {
    Kind.PROACTIVE_GUIDANCE: sentence("Proactive guidance"),
    Kind.STRATEGIC_INSIGHT: sentence("Strategic insight"),
    Kind.PERFORMANCE_OPTIMISATION: sentence("Performance optimisation"),
}
_STATES = {
    Recommendation.State.SENT: sentence("to be decided"),
    Recommendation.State.ACCEPTED: sentence("accepted"),
}
