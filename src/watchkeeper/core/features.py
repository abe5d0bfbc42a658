"""Which of the features that a level or an SLA names the desk itself keeps; every other one is only shown.

A policy names features in its own words. Those below are understood whatever their case, hyphens and spelling
(``Performance-optimisation recommendations``); what is not among them is published and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

SERVICE_REVIEWS = "service reviews"
PROACTIVE_GUIDANCE = "proactive guidance"
STRATEGIC_INSIGHTS = "strategic insights"
PERFORMANCE_OPTIMIZATION = "performance optimization recommendations"
ONGOING_SUPPORT = "ongoing support"
FEATURES = (SERVICE_REVIEWS, PROACTIVE_GUIDANCE, STRATEGIC_INSIGHTS, PERFORMANCE_OPTIMIZATION, ONGOING_SUPPORT)
"""What the desk keeps for an account that holds it."""

MONTHLY_SERVICE_REVIEWS = "monthly service reviews"
QUARTERLY_SERVICE_REVIEWS = "quarterly service reviews"

BROUGHT_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        SERVICE_REVIEWS: frozenset({SERVICE_REVIEWS}),
        QUARTERLY_SERVICE_REVIEWS: frozenset({SERVICE_REVIEWS}),
        MONTHLY_SERVICE_REVIEWS: frozenset({SERVICE_REVIEWS}),
        PROACTIVE_GUIDANCE: frozenset({PROACTIVE_GUIDANCE}),
        STRATEGIC_INSIGHTS: frozenset({STRATEGIC_INSIGHTS, SERVICE_REVIEWS}),
        PERFORMANCE_OPTIMIZATION: frozenset({PERFORMANCE_OPTIMIZATION}),
        ONGOING_SUPPORT: frozenset({ONGOING_SUPPORT}),
    }
)
"""The words a policy may use, and what each of them brings."""

MONTH, QUARTER = "month", "quarter"


def features_in(words: Iterable[str]) -> frozenset[str]:
    """What of ``FEATURES`` these words of a policy bring."""
    return frozenset().union(*(BROUGHT_BY.get(as_understood(word), frozenset()) for word in words))


def reviewed_each(words: Iterable[str]) -> str:
    """How long a period a service review is about: a month where the words say so, else a quarter."""
    return MONTH if MONTHLY_SERVICE_REVIEWS in map(as_understood, words) else QUARTER


def as_understood(word: str) -> str:
    """A feature's word without what makes no difference: ``Strategic  Insights`` is ``strategic insights``."""
    return " ".join(word.casefold().replace("-", " ").split()).replace("optimis", "optimiz")
