"""The tables of this room."""

from watchkeeper.premium.models.guidance import Proposal, Recommendation, RecommendationEvent

__all__ = ["Proposal", "Recommendation", "RecommendationEvent"]
