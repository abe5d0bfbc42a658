"""The tables of this room."""

from watchkeeper.premium.models.guidance import Proposal, Recommendation, RecommendationEvent
from watchkeeper.premium.models.places import AnnouncedChange, RunBookNote

__all__ = ["AnnouncedChange", "Proposal", "Recommendation", "RecommendationEvent", "RunBookNote"]
