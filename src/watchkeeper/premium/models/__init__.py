"""The tables of the room, by what they hold."""

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
    "GroupedIncident",
    "IncidentGroup",
    "ReviewAct",
    "ReviewComment",
    "ReviewEdition",
    "ReviewFigures",
    "ReviewReminder",
    "ReviewWords",
    "ServiceReview",
]
