"""The words of a policy on its pages: metrics and outcomes as people call them."""

from __future__ import annotations

from django import template

from watchkeeper.core.scorecard import BREACHED, EXCLUDED, MET, NOT_MEASURABLE, OPEN, OUTSIDE_LEVEL
from watchkeeper.ui.time_left import METRICS

register = template.Library()

_OUTCOMES = {
    MET: "met",
    BREACHED: "breached",
    OPEN: "still open",
    OUTSIDE_LEVEL: "nothing promised",
    NOT_MEASURABLE: "not measurable",
    EXCLUDED: "left out",
}


@register.filter
def metric_name(metric: str) -> str:
    """``acknowledgement`` as the heading of what is due."""
    return METRICS[metric]


@register.filter
def outcome_name(outcome: str) -> str:
    """How a commitment came out, in words."""
    return _OUTCOMES[outcome]
