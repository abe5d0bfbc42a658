"""The tables of the room, by what they hold."""

from watchkeeper.premium.models.guidance import Proposal, Recommendation, RecommendationEvent
from watchkeeper.premium.models.places import AnnouncedChange, RunBookNote
from watchkeeper.premium.models.reviews import (
    GroupedIncident,
    IncidentGroup,
    ReviewAct,
    ReviewComment,
    ReviewEdition,
    ReviewFigures,
    ReviewReminder,
    ReviewWords,
    ServiceReview,
)

__all__ = [
    "AnnouncedChange",
    "GroupedIncident",
    "IncidentGroup",
    "Proposal",
    "Recommendation",
    "RecommendationEvent",
    "ReviewAct",
    "ReviewComment",
    "ReviewEdition",
    "ReviewFigures",
    "ReviewReminder",
    "ReviewWords",
    "RunBookNote",
    "ServiceReview",
]
